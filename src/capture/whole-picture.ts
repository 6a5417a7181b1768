/** Papers (the family card), and face and hands with an exception: the sharpest of some pictures, kept whole. */
import type { PhotoCamera, PhotoFrame } from '../devices/photo-camera/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { Collection } from './collection.ts';
import type { Captured, Capturing } from './events.ts';
import { pictureOf } from './photo.ts';
import type { CapturePolicy } from './settings.ts';
import { watch } from './watch.ts';

/** Whether a picture of papers can be read is for the operator to see. */
const THRESHOLD = 0;

/**
 * To be started when what is to be seen lies there.
 * @returns CAPTURE-CANCELLED; CAPTURE-CAMERA-UNSUITABLE for papers before a certified face camera; PHOTO-TOO-DARK;
 *   CAMERA-…, SBI-…; FACE-IMAGE-RECORD-INVALID, FACE-IMAGE-UNREADABLE
 */
export async function captureWhole(
  camera: PhotoCamera,
  kind: 'document' | 'exception-photo',
  { frames }: CapturePolicy['document'],
  capturing: Capturing,
): Promise<Result<Captured>> {
  if (kind === 'document' && !camera.traits.live) return fail('CAPTURE-CAMERA-UNSUITABLE', camera.id);
  const { biometrics, show, tell } = capturing;
  tell({ type: 'awaited', places: [{}] });
  const watched = await watch(
    (signal) => camera.acquire({ subject: kind === 'document' ? 'face' : 'face-and-hands' }, signal),
    async (frame: PhotoFrame) => {
      const picture = await pictureOf(frame, capturing);
      if (!picture.ok) return picture;
      const image = picture.value;
      show(() => biometrics.preview(image));
      const assessed = await biometrics.assessWhole(image);
      if (!assessed.ok) return assessed;
      const { score, reasons } = assessed.value;
      return ok({ quality: score, reasons, value: reasons.length === 0 ? image : undefined });
    },
    { threshold: THRESHOLD, bestOf: camera.traits.live ? frames : 1, frames },
    capturing,
    (reason) => tell({ type: 'feedback', reason }),
  );
  if (!watched.ok) return watched;
  const { best, captures } = watched.value;
  const collection = new Collection({ kind, device: camera.id, threshold: THRESHOLD }, capturing);
  const offered = await collection.offer(
    {},
    {
      ...best,
      async make() {
        const record = await biometrics.keepPicture(best.value);
        return record.ok ? ok({ record: record.value }) : record;
      },
    },
    captures,
  );
  return offered.ok ? collection.captured('CAPTURE-CANCELLED') : offered;
}
