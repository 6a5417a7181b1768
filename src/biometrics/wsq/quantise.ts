/** Bit allocation and scalar quantisation of WSQ (IAFIS-IC-0110 v3.1). */
import { MOST_COEFFICIENT } from './coefficients.ts';
import { type Quantisation, SUBBANDS, storable } from './segments.ts';
import { CODED_SUBBANDS, type Region } from './subbands.ts';

/** Where in its bin a coefficient is put back. */
const BIN_CENTRE = 0.44;
/** The bin about zero is this much wider than the others. */
const ZERO_BIN = 1.2;
/** Bins of one subband span this many standard deviations, half of it on either side. */
const LOADING = 2.5;
/** Subbands of less variance are not coded. */
const LEAST_VARIANCE = 1.01;
/** Finer bins would show nothing more of 8-bit pixels, and coefficients would outgrow 15 bits. */
const LEAST_BIN = 0.25;
/** Below this sum over the four lowest subbands, margins count as much as the middle of the image. */
const FAINT = 20_000;
/** So few samples, which only images far below a finger's size have in a subband, tell no variance about a mean. */
const FEW = 16;
/** Visual weights of subbands 52–59; all others have 1. */
const WEIGHTS = [1.32, 1.08, 1.42, 1.08, 1.32, 1.42, 1.08, 1.08];
const FIRST_WEIGHTED = CODED_SUBBANDS - WEIGHTS.length;

/** How much of the image's samples a subband holds. */
function share(band: number): number {
  if (band < 4) return 1 / 1024;
  return band < 51 ? 1 / 256 : 1 / 16;
}

/**
 * Bin widths by which the subbands together take about `bitrate` bits a pixel, if they were Laplacian; a fingerprint
 * mostly takes less.
 */
export function allocateBits(
  data: Float32Array,
  stride: number,
  subbands: readonly Region[],
  bitrate: number,
): Quantisation {
  const variances = subbandVariances(data, stride, subbands);
  const relative = variances.map((variance, band) => {
    if (band < 4) return 1;
    return 10 / ((WEIGHTS[band - FIRST_WEIGHTED] ?? 1) * Math.log(variance));
  });
  const worthCoding = [...subbands.keys()].filter((band) => variances[band]! >= LEAST_VARIANCE);
  const q = proportion(variances, relative, worthCoding, bitrate);
  const widths = new Float64Array(SUBBANDS);
  const zeroWidths = new Float64Array(SUBBANDS);
  for (const band of worthCoding) {
    const width = Math.max(LEAST_BIN, relative[band]! / q);
    widths[band] = storable(width);
    zeroWidths[band] = storable(ZERO_BIN * width);
  }
  return { centre: BIN_CENTRE, widths, zeroWidths };
}

/**
 * The constant that all bin widths are divided by. Subbands that would get no bits at it are left out, and it is
 * found again for the others, until all that are left get some.
 */
function proportion(
  variances: Float64Array,
  relative: Float64Array,
  candidates: readonly number[],
  bitrate: number,
): number {
  let bands = candidates;
  for (;;) {
    const area = bands.reduce((sum, band) => sum + share(band), 0);
    if (area === 0) return 1;
    const meanLog =
      bands.reduce(
        (sum, band) => sum + share(band) * Math.log(Math.sqrt(variances[band]!) / relative[band]!),
        0,
      ) / area;
    const q = 2 ** (bitrate / area - 1) / LOADING / Math.exp(meanLog);
    const coded = bands.filter((band) => relative[band]! / q < 2 * LOADING * Math.sqrt(variances[band]!));
    if (coded.length === bands.length) return q;
    bands = coded;
  }
}

/**
 * Variances over the middle of each subband (3/4 of its width, 7/16 of its height), or over all of a faint image. A
 * middle of a few samples may lie near zero by chance, and its subband, large elsewhere, would be thrown away: there
 * all of the subband is looked at.
 */
function subbandVariances(data: Float32Array, stride: number, subbands: readonly Region[]): Float64Array {
  const middles = Float64Array.from(subbands, (region) => {
    const middle = middleOf(region);
    return variance(data, stride, middle.width * middle.height < FEW ? region : middle);
  });
  const lowest = middles.subarray(0, 4).reduce((sum, value) => sum + value, 0);
  return lowest >= FAINT ? middles : Float64Array.from(subbands, (region) => variance(data, stride, region));
}

type Area = Pick<Region, 'x' | 'y' | 'width' | 'height'>;

function middleOf({ x, y, width, height }: Region): Area {
  return {
    x: x + (width >> 3),
    y: y + Math.floor((9 * height) / 32),
    width: Math.max(1, Math.floor((3 * width) / 4)),
    height: Math.max(1, Math.floor((7 * height) / 16)),
  };
}

/** About the mean; of a few samples, which may all be alike and yet far from zero, about zero. */
function variance(data: Float32Array, stride: number, { x, y, width, height }: Area): number {
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < height; row++)
    for (let at = (y + row) * stride + x, end = at + width; at < end; at++) {
      sum += data[at]!;
      squares += data[at]! ** 2;
    }
  const count = width * height;
  return count < FEW ? squares / count : (squares - sum ** 2 / count) / (count - 1);
}

/** The coefficients of subbands `from` up to (not with) `to` whose bin has a width, in the order of coding. */
export function quantise(
  data: Float32Array,
  stride: number,
  subbands: readonly Region[],
  { widths, zeroWidths }: Quantisation,
  from: number,
  to: number,
): Int16Array {
  const coefficients = new Int16Array(codedSamples(subbands, widths, from, to));
  let n = 0;
  for (let band = from; band < to; band++) {
    const bin = widths[band]!;
    if (bin === 0) continue;
    const half = zeroWidths[band]! / 2;
    const { x, y, width, height } = subbands[band]!;
    for (let row = 0; row < height; row++)
      for (let at = (y + row) * stride + x, end = at + width; at < end; at++) {
        const beyond = Math.abs(data[at]!) - half;
        const magnitude = beyond > 0 ? Math.min(MOST_COEFFICIENT, Math.floor(beyond / bin) + 1) : 0;
        coefficients[n++] = data[at]! < 0 ? -magnitude : magnitude;
      }
  }
  return coefficients;
}

/** Puts the coefficients of all subbands back into the plane of the image. */
export function dequantise(
  coefficients: Int16Array,
  { centre, widths, zeroWidths }: Quantisation,
  subbands: readonly Region[],
  data: Float32Array,
  stride: number,
): void {
  let n = 0;
  subbands.forEach(({ x, y, width, height }, band) => {
    const bin = widths[band]!;
    if (bin === 0) return;
    const half = zeroWidths[band]! / 2;
    for (let row = 0; row < height; row++)
      for (let at = (y + row) * stride + x, end = at + width; at < end; at++) {
        const value = coefficients[n++]!;
        if (value > 0) data[at] = bin * (value - centre) + half;
        else if (value < 0) data[at] = bin * (value + centre) - half;
      }
  });
}

/** How many coefficients the subbands whose bin has a width hold together. */
export function codedSamples(
  subbands: readonly Region[],
  widths: Float64Array,
  from = 0,
  to = subbands.length,
): number {
  let samples = 0;
  for (let band = from; band < to; band++)
    if (widths[band] !== 0) samples += subbands[band]!.width * subbands[band]!.height;
  return samples;
}
