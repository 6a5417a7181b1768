/** The driver of a colour camera that Linux drives (V4L2). */
import type { WireTrace } from '../transport/trace.ts';
import { createVideoCamera } from '../transport/video-camera.ts';
import type { PhotoCamera, PhotoFrame } from './port.ts';
import type { V4l2PhotoSettings } from './settings.ts';

/** Failures: CAMERA-…. */
export function createV4l2PhotoCamera(settings: V4l2PhotoSettings, wire?: WireTrace): PhotoCamera {
  const camera = createVideoCamera<PhotoFrame>(settings, 3, (image) => ({ image }), wire);
  return {
    id: settings.id,
    traits: { live: true },
    acquire: (_want, signal) => camera.frames(signal),
    check: camera.check,
    heartbeat: camera.heartbeat,
    close: camera.close,
  };
}
