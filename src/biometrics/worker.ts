/** Runs inside a worker thread of pool.ts: each export is a task, which takes its function's arguments as one list. */
import { extract as extractFinger } from './fingerprint/extract.ts';
import { identify as identifyFinger } from './fingerprint/identify.ts';
import { match as compareFingers, prepare } from './fingerprint/match.ts';
import { slide as slideOf } from './fingerprint/slide.ts';
import type { FingerTemplate } from './fingerprint/template.ts';
import { compareIris } from './iris/compare.ts';
import { extractIris as extractEye } from './iris/extract.ts';
import { assessPhoto as assessPortrait } from './photo/assess.ts';
import { assessWhole as assessAll } from './photo/whole.ts';
import * as finger from './samples/finger-sample.ts';
import * as guard from './samples/guard-samples.ts';
import * as iris from './samples/iris-sample.ts';
import * as photo from './samples/photo-sample.ts';
import * as pictures from './samples/pictures.ts';
import { proveSample as prove } from './samples/prove.ts';
import { keepSignature as keepPen } from './samples/signature-sample.ts';
import { signatureIn as writtenIn } from './signature/track.ts';

function task<Arguments extends readonly unknown[], Answer>(work: (...list: Arguments) => Answer) {
  return (list: Arguments): Answer => work(...list);
}

export const extract = task(extractFinger);
export const match = task((probe: FingerTemplate, reference: FingerTemplate) =>
  compareFingers(prepare(probe), prepare(reference)),
);
export const identify = task(identifyFinger);
export const slide = task(slideOf);
export const readFinger = task(finger.readFingerRecord);
export const keepFinger = task(finger.keepFinger);

export const extractIris = task(extractEye);
export const irisDistance = task((...eyes: Parameters<typeof compareIris>) => compareIris(...eyes).distance);
export const readIris = task(iris.readIrisRecord);
export const keepIris = task(iris.keepIris);

export const assessPhoto = task(assessPortrait);
export const assessWhole = task(assessAll);
export const readFace = task(photo.readFaceRecord);
export const keepPhoto = task(photo.keepPhoto);
export const keepPicture = task(photo.keepPicture);

export const signatureIn = task(writtenIn);
export const keepSignature = task(keepPen);

export const preview = task(pictures.previewOf);
export const pictureOfSample = task(pictures.pictureOfSample);
export const proveSample = task(prove);

export const refuseRepeats = task(guard.refuseRepeatedSamples);
export const refuseSwappedHands = task(guard.refuseSwappedSamples);
export const refuseOtherPeople = task(guard.refuseOtherPeoplesSamples);
export const refuseReplay = task(guard.refuseReplayedSample);
export const irisHints = task(guard.irisHints);
