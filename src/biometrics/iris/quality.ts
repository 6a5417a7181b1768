/**
 * How much an iris image is worth, 0–100, and why when it is little: the measures of ISO/IEC 29794-6 brought to 0–1 and
 * multiplied, as there. The limits are the standard's recommendations where it has any (reference values in docs/iris.md).
 */
import type { FailureCode } from '../../failures/catalogue.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Measures } from './measures.ts';

export interface IrisQuality {
  /** 0–100. */
  readonly score: number;
  /** The most important first; empty: nothing is to be said against the image. */
  readonly reasons: readonly FailureCode[];
}

/** A measure is worth 0 at `none` and beyond, 1 at `full` and beyond, in between on a straight line. */
interface Criterion {
  readonly reason: FailureCode;
  readonly value: (measures: Measures, image: GrayImage) => number;
  readonly none: number;
  readonly full: number;
}

/** A reason is told for what is worth less: where the standard sets a limit, the limit is worth this much. */
const TOLD = 0.7;

const criteria: readonly Criterion[] = [
  { reason: 'IRIS-EYELID', value: ({ usableArea }) => usableArea, none: 35, full: 85 },
  { reason: 'IRIS-LOW-CONTRAST', value: ({ irisPupilContrast }) => irisPupilContrast, none: 10, full: 38.5 },
  { reason: 'IRIS-LOW-CONTRAST', value: ({ irisScleraContrast }) => irisScleraContrast, none: 0, full: 7 },
  { reason: 'IRIS-LOW-CONTRAST', value: ({ greyUtilisation }) => greyUtilisation, none: 2, full: 5 },
  { reason: 'IRIS-TOO-FAR', value: ({ irisRadius }) => irisRadius, none: 40, full: 97 },
  {
    reason: 'IRIS-TOO-NEAR',
    value: ({ irisRadius }, { width, height }) => (2 * irisRadius) / Math.min(width, height),
    none: 1,
    full: 0.87,
  },
  { reason: 'IRIS-OFF-CENTRE', value: ({ marginAdequacy }) => marginAdequacy, none: -60, full: 100 },
  { reason: 'IRIS-PUPIL-NARROW', value: ({ dilation }) => dilation, none: 13, full: 23 },
  { reason: 'IRIS-PUPIL-WIDE', value: ({ dilation }) => dilation, none: 82, full: 65 },
  { reason: 'IRIS-GLARE', value: ({ glare }) => glare, none: 12, full: 0.5 },
  {
    reason: 'IRIS-BLUR',
    value: ({ blur, irisRadius }) => blur / irisRadius,
    none: 0.042,
    full: 0.017,
  },
  { reason: 'IRIS-GAZE', value: ({ concentricity }) => concentricity, none: 75, full: 96 },
  {
    reason: 'IRIS-GAZE',
    // A lid that cuts the pupil makes it look like an ellipse too.
    value: ({ gaze, usableArea }) => (usableArea < 65 ? 0 : gaze),
    none: 45,
    full: 15,
  },
];

/** Below these there is no eye, or what was found is not its pupil. */
const LEAST_PUPIL_CONTRAST = 25;
const LEAST_CIRCULARITY = 88;
const LEAST_SCLERA_CONTRAST = 2;

/** Whether what was found looks like an iris at all. */
export function isIris({ irisPupilContrast, irisScleraContrast, pupilCircularity }: Measures): boolean {
  return (
    irisPupilContrast >= LEAST_PUPIL_CONTRAST &&
    irisScleraContrast >= LEAST_SCLERA_CONTRAST &&
    pupilCircularity >= LEAST_CIRCULARITY
  );
}

export function assess(measures: Measures, image: GrayImage): IrisQuality {
  const worths = criteria.map(({ reason, value, none, full }) => ({
    reason,
    worth: Math.min(1, Math.max(0, (value(measures, image) - none) / (full - none))),
  }));
  const told = worths.filter(({ worth }) => worth < TOLD).sort((a, b) => a.worth - b.worth);
  return {
    score: Math.round(100 * worths.reduce((product, { worth }) => product * worth, 1)),
    reasons: [...new Set(told.map(({ reason }) => reason))],
  };
}
