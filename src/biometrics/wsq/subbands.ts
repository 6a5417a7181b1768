/**
 * The subband tree of WSQ (IAFIS-IC-0110 v3.1): 64 subbands, of which the encoder of the
 * specification codes the first 60. Every split gives four parts in reading order; each part in a right or lower
 * place holds the upper half of a spectrum, which subsampling turned round, so that its own splits put the
 * high-pass half first and frequencies keep rising to the right and downwards.
 */

/** A rectangle of coefficients in the plane of the image. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** In a split along x (along y) the high-pass half comes first. */
  readonly turnedX: boolean;
  readonly turnedY: boolean;
}

export interface SubbandTree {
  /** Regions to split, a region before its parts. */
  readonly splits: readonly Region[];
  /** Subbands 0–59 in the order in which they are coded. */
  readonly subbands: readonly Region[];
}

/** The first subband of the second and of the third block and how many are coded. */
export const SECOND_BLOCK = 19;
export const THIRD_BLOCK = 52;
export const CODED_SUBBANDS = 60;

/** The least width and height, pixels: below it five levels of splitting would leave subbands without a sample. */
export const LEAST_SIDE = 32;

/** @param width @param height pixels, at least LEAST_SIDE each */
export function subbandTree(width: number, height: number): SubbandTree {
  const splits: Region[] = [];
  const split = (region: Region) => {
    splits.push(region);
    return quarters(region);
  };
  const [low1, right1, lower1] = split({ x: 0, y: 0, width, height, turnedX: false, turnedY: false });
  const [low2, right2, lower2, corner2] = split(low1);
  const [low3, ...rest3] = split(low2);
  const [low4, ...rest4] = split(low3);
  const subbands = [
    ...split(low4),
    ...rest4,
    ...rest3.flatMap(split),
    ...split(right2).flatMap(split),
    ...split(lower2).flatMap(split),
    corner2,
    ...split(right1),
    ...split(lower1),
  ];
  return { splits, subbands };
}

type Quarters = readonly [upperLeft: Region, upperRight: Region, lowerLeft: Region, lowerRight: Region];

function quarters({ x, y, width, height, turnedX, turnedY }: Region): Quarters {
  const left = turnedX ? width >> 1 : (width + 1) >> 1;
  const upper = turnedY ? height >> 1 : (height + 1) >> 1;
  const quarter = (right: boolean, lower: boolean): Region => ({
    x: right ? x + left : x,
    y: lower ? y + upper : y,
    width: right ? width - left : left,
    height: lower ? height - upper : upper,
    turnedX: right,
    turnedY: lower,
  });
  return [quarter(false, false), quarter(true, false), quarter(false, true), quarter(true, true)];
}
