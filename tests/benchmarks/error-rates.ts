/** Error rates of a comparison, from the scores of pairs that should match and of pairs that should not. */

/** A share of trials with its 95 % confidence interval, all 0–1. */
export interface Rate {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** Wilson's interval. Pairs of one finger are not independent: the truth is somewhat wider. */
export function rateOf(hits: number, trials: number): Rate {
  if (trials === 0) return { rate: 0, low: 0, high: 1 };
  const z = 1.96;
  const rate = hits / trials;
  const centre = rate + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((rate * (1 - rate)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return {
    rate,
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}

export interface ErrorRates {
  readonly genuinePairs: number;
  readonly impostorPairs: number;
  readonly eer: Rate;
  /** False rejects at the lowest threshold whose false accept rate is not above 1 %, 0.1 %, 0.01 %. */
  readonly frrAtFar1in100: Rate;
  readonly frrAtFar1in1000: Rate;
  readonly frrAtFar1in10000: Rate;
  /** Those thresholds: a pair is accepted from just above this score. */
  readonly above1in1000: number;
  readonly above1in10000: number;
  /** How far apart the two kinds of scores lie, in their mean standard deviation. */
  readonly dPrime: number;
  /** What any threshold leaves in error, FAR + FRR at the best: the area that the two densities share, 0–1. */
  readonly overlap: number;
}

export function errorRates(genuine: Float64Array, impostor: Float64Array): ErrorRates {
  const ascending = genuine.toSorted();
  const descending = impostor.toSorted().reverse();
  const thresholdAt = (far: number) => descending[Math.floor(far * descending.length)] ?? 0;
  const frrAt = (far: number) => rateOf(upTo(ascending, thresholdAt(far)), ascending.length);
  return {
    genuinePairs: genuine.length,
    impostorPairs: impostor.length,
    ...parting(ascending, descending),
    dPrime: dPrime(genuine, impostor),
    frrAtFar1in100: frrAt(0.01),
    frrAtFar1in1000: frrAt(0.001),
    frrAtFar1in10000: frrAt(0.0001),
    above1in1000: thresholdAt(0.001),
    above1in10000: thresholdAt(0.0001),
  };
}

/** How many of the ascending scores are not above the threshold. */
function upTo(ascending: Float64Array, threshold: number): number {
  const first = ascending.findIndex((score) => score > threshold);
  return first < 0 ? ascending.length : first;
}

/**
 * Equal error rate: the middle of false accepts and false rejects where they are nearest (Maio et al., FVC2000,
 * section 4.1), with the interval of the rarer kind of pair. Overlap: their least sum.
 */
function parting(ascending: Float64Array, descending: Float64Array): Pick<ErrorRates, 'eer' | 'overlap'> {
  let rate = 1;
  let overlap = 1;
  let gap = Number.POSITIVE_INFINITY;
  let rejected = 0;
  let accepted = descending.length;
  for (const threshold of Float64Array.from([...ascending, ...descending]).sort()) {
    while (rejected < ascending.length && ascending[rejected]! < threshold) rejected++;
    while (accepted > 0 && descending[accepted - 1]! < threshold) accepted--;
    const falseRejects = rejected / ascending.length;
    const falseAccepts = accepted / descending.length;
    overlap = Math.min(overlap, falseAccepts + falseRejects);
    if (Math.abs(falseAccepts - falseRejects) >= gap) continue;
    gap = Math.abs(falseAccepts - falseRejects);
    rate = (falseAccepts + falseRejects) / 2;
  }
  const trials = Math.min(ascending.length, descending.length);
  return { eer: { ...rateOf(rate * trials, trials), rate }, overlap };
}

function dPrime(genuine: Float64Array, impostor: Float64Array): number {
  const [a, b] = [spreadOf(genuine), spreadOf(impostor)];
  return (a.mean - b.mean) / Math.sqrt((a.variance + b.variance) / 2);
}

function spreadOf(scores: Float64Array) {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  return { mean, variance };
}

/** The value that the share `p` of the numbers does not exceed; numbers need not be sorted. */
export function percentile(numbers: readonly number[] | Float64Array, p: number): number {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? 0;
}

/** Spearman's rank correlation, −1 to 1; equal numbers share their mean rank. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const ra = ranks(a);
  const rb = ranks(b);
  const mean = (a.length - 1) / 2;
  let both = 0;
  let ofA = 0;
  let ofB = 0;
  for (let i = 0; i < a.length; i++) {
    const da = ra[i]! - mean;
    const db = rb[i]! - mean;
    both += da * db;
    ofA += da * da;
    ofB += db * db;
  }
  return ofA === 0 || ofB === 0 ? 0 : both / Math.sqrt(ofA * ofB);
}

function ranks(numbers: readonly number[]): number[] {
  const sorted = numbers.toSorted((a, b) => a - b);
  return numbers.map((number) => (sorted.indexOf(number) + sorted.lastIndexOf(number)) / 2);
}
