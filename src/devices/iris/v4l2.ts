/**
 * The driver of a near-infrared camera that Linux drives (V4L2). It cannot tell a left eye from a right one; who asks
 * for an eye says to the resident which one to show.
 */
import type { WireTrace } from '../transport/trace.ts';
import { createVideoCamera } from '../transport/video-camera.ts';
import type { IrisCamera, IrisFrame } from './port.ts';
import type { V4l2IrisSettings } from './settings.ts';

const DPI_UNKNOWN = 0;

/** Failures: CAMERA-…. */
export function createV4l2IrisCamera(settings: V4l2IrisSettings, wire?: WireTrace): IrisCamera {
  const camera = createVideoCamera<IrisFrame>(
    settings,
    1,
    (picture) => ({ image: { ...picture, dpi: DPI_UNKNOWN } }),
    wire,
  );
  return {
    id: settings.id,
    traits: { live: true, bothEyes: false },
    acquire: (_want, signal) => camera.frames(signal),
    check: camera.check,
    heartbeat: camera.heartbeat,
    close: camera.close,
  };
}
