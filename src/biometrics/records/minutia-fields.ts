/** What the minutiae records of ISO/IEC 19794-2 of every year and form have in common. */
import type { Minutia } from '../fingerprint/template.ts';

export const CM_PER_INCH = 2.54;
/** Records count angles in 256ths of a turn (1.40625°). */
export const ANGLE_STEPS = 256;
export const MOST_COORDINATE = 0x3fff;

/** Types by their code. */
export const MINUTIA_TYPES: readonly Minutia['type'][] = ['other', 'ending', 'bifurcation'];

/**
 * A minutia of five bytes, or of six with its quality: u16 type << 14 | x, u16 y, u8 angle, u8 quality.
 * @param stretchY brings y to the resolution of x
 */
export function readMinutia(view: DataView, at: number, withQuality: boolean, stretchY: number): Minutia {
  const typed = view.getUint16(at);
  return {
    x: typed & MOST_COORDINATE,
    y: (view.getUint16(at + 2) & MOST_COORDINATE) * stretchY,
    angle: (view.getUint8(at + 4) * 2 * Math.PI) / ANGLE_STEPS,
    type: MINUTIA_TYPES[typed >> 14] ?? 'other',
    quality: withQuality ? percentOrUntold(view.getUint8(at + 5)) : 0,
  };
}

/** Values above 100 are reserved or say that nothing was measured; they are read as "not told", 0. */
export function percentOrUntold(quality: number): number {
  return quality > 100 ? 0 : quality;
}

/** The nearest whole number of steps, from 0 up to (not with) `steps`. */
export function angleSteps(angle: number, steps: number): number {
  return Math.round((angle * steps) / (2 * Math.PI)) % steps;
}
