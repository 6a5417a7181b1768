/** Settings of a photo camera. */
import { z } from 'zod';
import { deviceSettings } from '../device-settings.ts';
import { v4l2SourceSettings } from '../transport/v4l2-settings.ts';

export const v4l2PhotoSettings = z.strictObject({
  ...deviceSettings,
  kind: z.literal('photo-camera'),
  /** A camera that Linux drives, e.g. a UVC camera on USB. */
  driver: z.literal('v4l2'),
  ...v4l2SourceSettings,
});

export type V4l2PhotoSettings = z.infer<typeof v4l2PhotoSettings>;
