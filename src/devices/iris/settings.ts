/** Settings of an iris camera. */
import { z } from 'zod';
import { deviceSettings } from '../device-settings.ts';
import { v4l2SourceSettings } from '../transport/v4l2-settings.ts';

export const v4l2IrisSettings = z.strictObject({
  ...deviceSettings,
  kind: z.literal('iris-camera'),
  /** A near-infrared camera that Linux drives, e.g. a UVC camera on USB; it sees one eye at a time. */
  driver: z.literal('v4l2'),
  ...v4l2SourceSettings,
});

export type V4l2IrisSettings = z.infer<typeof v4l2IrisSettings>;
