/** Runs in a thread of eyes.ts: draws one look of an eye. */
import type { GrayImage } from '../../rules/gray-image.ts';
import { growIris } from './iris.ts';
import { takeView, throwView } from './iris-view.ts';
import { Random } from './random.ts';

export interface Look {
  /** Whose eye; the same name is the same eye. */
  readonly eye: string;
  /** From 1. */
  readonly number: number;
  /** How badly it is shown (iris-view.ts). */
  readonly difficulty: number;
}

export default function look({ eye, number, difficulty }: Look): GrayImage {
  const random = new Random(eye);
  const iris = growIris(random.for('iris'));
  const dice = random.for(`look ${number}`);
  return takeView(iris, throwView(dice, iris, difficulty), dice);
}
