/** What the settings of every V4L2 camera have in common. */
import { z } from 'zod';

export const v4l2SourceSettings = {
  /** E.g. `/dev/v4l/by-id/…-video-index0`, which stays the same whatever else is plugged in. */
  port: z.string().min(1),
  /**
   * `file`: the same frames one behind the other, read from a FIFO or a regular file instead: the bench, and trials on
   * machines without the camera. A virtual camera needs it: it makes a FIFO at `port`.
   */
  input: z.enum(['v4l2', 'file']).default('v4l2'),
  /** The V4L2 pixel format. Y8 is what makers call GREY. */
  format: z.enum(['GREY', 'Y8', 'YUYV', 'MJPG']),
  /** Pixels. */
  width: z.int().min(160).max(4_096),
  height: z.int().min(120).max(4_096),
  /** Fewer cost less of the processor; guidance on the screen wants five. */
  framesPerSecond: z.int().min(3).max(60).default(10),
};
