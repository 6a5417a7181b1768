/** The resident's photo: the best of several pictures before the cloth that the rule asks for. */
import type { PhotoCamera, PhotoFrame } from '../devices/photo-camera/port.ts';
import { ok, type Result } from '../failures/failure.ts';
import type { PhotoBackground } from '../rules/photo-background.ts';
import { askUntilGood } from './ask.ts';
import { Collection } from './collection.ts';
import type { Captured, Capturing } from './events.ts';
import type { CapturePolicy } from './settings.ts';
import { watch } from './watch.ts';

/**
 * @param background as the rule asks (rules/photo-background.ts); null: waived
 * @returns CAPTURE-CANCELLED; PHOTO-… where no head was ever where it should be; CAMERA-…, SBI-…;
 *   FACE-IMAGE-RECORD-INVALID, FACE-IMAGE-UNREADABLE
 */
export async function capturePhoto(
  camera: PhotoCamera,
  background: PhotoBackground | null,
  policy: CapturePolicy['photo'],
  capturing: Capturing,
): Promise<Result<Captured>> {
  const collection = new Collection(
    { kind: 'photo', device: camera.id, threshold: policy.threshold },
    capturing,
  );
  const done = camera.traits.live
    ? await watchFace(camera, background, policy, collection, capturing)
    : await askFace(camera, background, policy.tries, collection, capturing);
  return done.ok ? collection.captured('PHOTO-NO-HEAD') : done;
}

async function watchFace(
  camera: PhotoCamera,
  background: PhotoBackground | null,
  policy: CapturePolicy['photo'],
  collection: Collection,
  capturing: Capturing,
): Promise<Result> {
  const { biometrics, show, tell } = capturing;
  tell({ type: 'awaited', places: [{}] });
  const watched = await watch(
    (signal) => camera.acquire({ subject: 'face' }, signal),
    async (frame: PhotoFrame) => {
      const picture = await pictureOf(frame, capturing);
      if (!picture.ok) return picture;
      const image = picture.value;
      show(() => biometrics.preview(image));
      const assessed = await biometrics.assessPhoto(image, background);
      if (!assessed.ok) return assessed;
      const { score, reasons, region } = assessed.value;
      return ok({ quality: score, reasons, value: region ? { image, region } : undefined });
    },
    policy,
    capturing,
    (reason) => tell({ type: 'feedback', reason }),
  );
  if (!watched.ok) return watched;
  const { best, captures } = watched.value;
  const { image, region } = best.value;
  return collection.offer(
    {},
    {
      ...best,
      async make() {
        const record = await biometrics.keepPhoto(image, region, best.quality, capturing.now());
        return record.ok ? ok({ record: record.value }) : record;
      },
    },
    captures,
  );
}

/** A certified camera's record is signed as it is: nothing is cut out of it. */
function askFace(
  camera: PhotoCamera,
  background: PhotoBackground | null,
  tries: number,
  collection: Collection,
  capturing: Capturing,
): Promise<Result> {
  const want = { subject: 'face' } as const;
  return askUntilGood<PhotoFrame>(
    {
      places: [{}],
      tries,
      acquire: (signal) => camera.acquire(want, signal),
      preview: camera.preview && ((signal) => camera.preview!(want, signal)),
      async take(frame) {
        if (!('record' in frame)) return ok();
        const { record, proof } = frame;
        const read = await capturing.biometrics.readFace(record, background);
        if (!read.ok) return read;
        const { score: quality, reasons } = read.value.assessment;
        return collection.offer({}, { quality, reasons, proof, make: async () => ok({ record }) });
      },
    },
    collection,
    capturing,
  );
}

/** What a frame shows, whichever way it came. */
export async function pictureOf(frame: PhotoFrame, { biometrics }: Pick<Capturing, 'biometrics'>) {
  if ('image' in frame) return ok(frame.image);
  const read = await biometrics.readFace(frame.record, null);
  return read.ok ? ok(read.value.image) : read;
}
