/**
 * Irises: image in, template and quality out. This room holds pure functions; they run in worker threads (pool.ts).
 */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import { encode } from './code.ts';
import { type Measures, measure } from './measures.ts';
import { assess, type IrisQuality, isIris } from './quality.ts';
import { type Boundaries, findBoundaries } from './segment.ts';
import { unroll } from './sheet.ts';
import type { IrisTemplate } from './template.ts';

export interface IrisExtraction {
  readonly template: IrisTemplate;
  readonly quality: IrisQuality;
  readonly measures: Measures;
  /** Where the iris is, for the preview and for the record's centre and diameter. */
  readonly boundaries: Boundaries;
}

/**
 * @param image in near infrared; its `dpi` does not matter. The iris's radius is best at 80–160 pixels.
 * @returns IRIS-NONE where no eye is found, or none that is open enough to find its iris
 */
export function extractIris(image: GrayImage): Result<IrisExtraction> {
  const boundaries = findBoundaries(image);
  if (boundaries === null) return fail('IRIS-NONE');
  const sheet = unroll(image, boundaries);
  const measures = measure(image, boundaries, sheet);
  if (!isIris(measures)) return fail('IRIS-NONE', 'what was found has not the contrasts of an iris');
  return ok({ template: encode(sheet), quality: assess(measures, image), measures, boundaries });
}
