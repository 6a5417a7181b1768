/** The eyes: both at once before a camera for two, else one after the other. The best of several pictures is kept. */

import { SAME_EYE } from '../biometrics/iris/compare.ts';
import type { IrisExtraction } from '../biometrics/iris/extract.ts';
import type { IrisTemplate } from '../biometrics/iris/template.ts';
import type { IrisCamera, IrisFrame } from '../devices/iris/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { GrayImage } from '../rules/gray-image.ts';
import type { Eye } from '../rules/recording.ts';
import { askUntilGood } from './ask.ts';
import { Collection } from './collection.ts';
import type { Captured, Capturing } from './events.ts';
import type { CapturePolicy } from './settings.ts';
import { type Judged, watch } from './watch.ts';

/**
 * @param eyes those that the resident has, in the order in which they are asked for
 * @returns CAPTURE-CANCELLED, CAPTURE-RECORD-OTHER; IRIS-… where no iris was ever found; CAMERA-…, SBI-…
 */
export async function captureIrises(
  camera: IrisCamera,
  eyes: readonly Eye[],
  policy: CapturePolicy['iris'],
  capturing: Capturing,
): Promise<Result<Captured>> {
  const collection = new Collection(
    { kind: 'iris', device: camera.id, threshold: policy.threshold },
    capturing,
  );
  const step: Step = { camera, policy, collection, capturing, shown: new Map() };
  const parts = camera.traits.bothEyes ? [eyes] : eyes.map((eye) => [eye]);
  for (const part of parts) {
    const done = await (camera.traits.live ? watchEye(part[0]!, step) : askEyes(part, step));
    if (!done.ok) return done;
    if (capturing.enough.aborted) break;
  }
  return collection.captured('IRIS-NONE');
}

interface Step {
  readonly camera: IrisCamera;
  readonly policy: CapturePolicy['iris'];
  readonly collection: Collection;
  readonly capturing: Capturing;
  /** The eyes that were captured in this step. */
  readonly shown: Map<Eye, IrisTemplate>;
}

interface Look {
  readonly image: GrayImage;
  readonly extraction: IrisExtraction;
}

async function watchEye(eye: Eye, step: Step): Promise<Result> {
  const { camera, policy, collection, capturing } = step;
  const { biometrics, show, tell, now } = capturing;
  tell({ type: 'awaited', places: [{ eye }] });
  const watched = await watch(
    (signal) => camera.acquire({ eyes: [eye] }, signal),
    async (frame: IrisFrame) => {
      if (!('image' in frame)) return fail('CAPTURE-RECORD-OTHER', 'a record of a live camera');
      const { image } = frame;
      show(() => biometrics.preview(image));
      return judge(image, eye, step);
    },
    policy,
    capturing,
    (reason) => tell({ type: 'feedback', reason, eye }),
  );
  if (!watched.ok) return watched;
  const { best, captures } = watched.value;
  const { image, extraction } = best.value;
  step.shown.set(eye, extraction.template);
  const make = () => biometrics.keepIris(image, extraction, eye, now());
  return collection.offer({ eye }, { ...best, make }, captures);
}

/** A camera that sees one eye at a time cannot tell which: the other one again is found out by its iris. */
async function judge(image: GrayImage, eye: Eye, { capturing, shown }: Step): Promise<Result<Judged<Look>>> {
  const { biometrics } = capturing;
  const extracted = await biometrics.extractIris(image);
  if (!extracted.ok) {
    if (extracted.failure.code !== 'IRIS-NONE') return extracted;
    return ok({ quality: 0, reasons: ['IRIS-NONE'], value: undefined });
  }
  const { template, quality } = extracted.value;
  for (const [other, earlier] of shown) {
    if (other === eye) continue;
    const distance = await biometrics.irisDistance(template, earlier);
    if (!distance.ok) return distance;
    if (distance.value <= SAME_EYE) return ok({ quality: 0, reasons: ['IRIS-SAME-EYE'], value: undefined });
  }
  return ok({
    quality: quality.score,
    reasons: quality.reasons,
    value: { image, extraction: extracted.value },
  });
}

function askEyes(eyes: readonly Eye[], { camera, policy, collection, capturing }: Step): Promise<Result> {
  const want = { eyes };
  return askUntilGood<IrisFrame>(
    {
      places: eyes.map((eye) => ({ eye })),
      tries: policy.tries,
      acquire: (signal) => camera.acquire(want, signal),
      preview: camera.preview && ((signal) => camera.preview!(want, signal)),
      async take(frame) {
        if (!('record' in frame) || !eyes.includes(frame.eye))
          return fail('CAPTURE-RECORD-OTHER', `eye ${frame.eye} was not asked for`);
        const { record, eye, proof } = frame;
        const read = await capturing.biometrics.readIris(record);
        if (!read.ok) return read;
        if (read.value.eye !== eye)
          return fail('CAPTURE-RECORD-OTHER', `a record of eye ${read.value.eye} for ${eye}`);
        const { extraction, template } = read.value;
        const { score: quality, reasons } = extraction.quality;
        return collection.offer(
          { eye },
          { quality, reasons, proof, make: async () => ok({ record, template }) },
        );
      },
    },
    collection,
    capturing,
  );
}
