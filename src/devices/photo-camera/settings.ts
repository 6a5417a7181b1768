/** Settings of a photo camera. */
import { z } from 'zod';
import { IDENTIFIER, IDENTIFIER_IN_WORDS } from '../../rules/identifier.ts';
import { v4l2SourceSettings } from '../transport/v4l2-settings.ts';

export const v4l2PhotoSettings = z.strictObject({
  id: z.string().regex(IDENTIFIER, IDENTIFIER_IN_WORDS),
  kind: z.literal('photo-camera'),
  /** A camera that Linux drives, e.g. a UVC camera on USB. */
  driver: z.literal('v4l2'),
  ...v4l2SourceSettings,
  /** The bench emulates this camera: makes a FIFO at `port`; with `"input": "file"`. */
  virtual: z.boolean().optional(),
  /** The relay of the panel that switches its power. */
  relay: z.string().min(1).optional(),
});

export type V4l2PhotoSettings = z.infer<typeof v4l2PhotoSettings>;
