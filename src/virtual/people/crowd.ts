/** A crowd of fingers of mixed people, as many as wanted, for measuring the fingerprint engine. */
import type { GrayImage } from '../../rules/gray-image.ts';
import { growFinger } from './finger.ts';
import { takeImpression, throwTouch } from './impression.ts';
import { Random } from './random.ts';

/** A little harder than FVC2002 DB1_B, which `npm run bench -- fingerprint` holds them against (scale: throwTouch). */
const UNSUPERVISED = 1.15;

/**
 * @param finger Which one, from 0: the same number is the same finger on every machine.
 * @returns that many touches of it, 320 × 400 pixels at 500 dpi
 */
export function crowdImpressions(finger: number, touches: number, difficulty = UNSUPERVISED): GrayImage[] {
  const random = new Random(`crowd/finger ${finger}`);
  // Most people's skin prints well; some have worked with their hands for a lifetime.
  const wear = Math.min(1, Math.max(0, 0.35 * random.for('wear').normal()));
  const grown = growFinger(random.for('ridges'), { wear });
  return Array.from({ length: touches }, (_, i) => {
    const touch = random.for(`touch ${i + 1}`);
    return takeImpression(grown, throwTouch(touch, grown, difficulty), touch);
  });
}
