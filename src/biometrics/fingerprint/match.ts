/**
 * Compares two templates. Neighbour edges that agree in length and in both relative angles vote for pairs of
 * minutiae; from the best pairs a correspondence grows edge by edge; its score weighs what agrees against what
 * should have agreed in the shared area. Where both templates carry their ridges, these are laid on each other and
 * compared as well; where one does, each minutia of the other is looked for on it (evidence.ts). Turn-proof; symmetric
 * up to the order in which equal candidates are tried.
 */
import { type Alignment, align } from './alignment.ts';
import { type Correspondence, grow } from './correspondence.ts';
import { evidence } from './evidence.ts';
import { hypotheses } from './hypotheses.ts';
import { patternFit } from './pattern-score.ts';
import { BOX_MARGIN, MOST_MINUTIAE, type Prepared, prepare, showsRidges } from './prepared.ts';
import { type Stretch, stretchOf, unstretched } from './stretch.ts';

export { type Prepared, prepare };

const FEWEST_PAIRS = 3;
/** Beyond this score no doubt is left, and no further hypothesis is tried. */
const CERTAIN = 40;

/** What each cue is worth. */
const CLOSED_EDGE = 0.35;
const SAME_TYPE = 0.25;
/** Mean residual at which a rigid fit is worth nothing, pixels, and the least a bad fit leaves. */
const LOOSE = 25;
const LEAST_TIGHTNESS = 0.2;
/** Correlation that strangers' ridges reach by their freedom to move, and the weight of what exceeds it. */
const CHANCE_CORRELATION = 0.25;
const PATTERN = 0.8;
/** Against a record: what the correspondence is worth, and what its likelihood is (natural logarithm). */
const GROWN = 0.5;
const LIKELIHOOD = 0.25;
/** Blocks beyond which more area adds no certainty; certainty grows slower than the area. */
const ENOUGH_BLOCKS = 100;

/** 1 for pairs that a correspondence already holds: another one grown from them would be the same. */
const tried = new Uint8Array(MOST_MINUTIAE * MOST_MINUTIAE);

/**
 * What is compared decides how many correspondences are grown (with two ridge maps the flow has sorted out most wrong
 * ones) and how raw scores become decibels of rarity: 30 is what one pair of strangers in 1,000 reaches, 40 one in
 * 10,000, over all sets that it was measured on; on the worst of them it is more (thresholds.ts). The tails of strangers' scores fall off exponentially, so two numbers describe them; they were measured on
 * strangers' pairs, those of fresh prints and of own records also on spoilt ones (docs/fingerprints.md).
 */
interface Scale {
  readonly tries: number;
  readonly oneIn1000: number;
  readonly decade: number;
}
const FRESH: Scale = { tries: 4, oneIn1000: 10, decade: 1.5 };
const FRESH_AND_RECORD: Scale = { tries: 24, oneIn1000: 5.4, decade: 1.7 };
const RECORDS: Scale = { tries: 12, oneIn1000: 3.3, decade: 0.8 };

function rarity(raw: number, { oneIn1000, decade }: Scale): number {
  return Math.max(0, 30 + (10 * (raw - oneIn1000)) / decade);
}

/** Beyond this score, in decibels, no stretch is looked for, nor at 0; and how often a reference is brought back. */
const NO_DOUBT = 100;
const MOST_ROUNDS = 2;

/** The best correspondence of the last comparison: its raw score, and what stretch it shows. */
const best: { score: number; stretch: Stretch | undefined } = { score: 0, stretch: undefined };

/**
 * Similarity of the two prints in decibels, 0 upwards; comparable with the thresholds in thresholds.ts. A fresh print
 * (with ridges) against a record (without) is tried again with the record's coordinates brought to the print's
 * scale, as long as that makes it more similar: other makers' headers do not always tell the scale.
 */
export function match(probe: Prepared, reference: Prepared): number {
  if (probe.ridges && reference.ridges) return rarity(compare(probe, reference, FRESH), FRESH);
  if (probe.ridges) return matchRecord(probe, reference);
  if (reference.ridges) return matchRecord(reference, probe);
  return rarity(compare(probe, reference, RECORDS), RECORDS);
}

function matchRecord(print: Prepared, record: Prepared): number {
  let highest = compare(print, record, FRESH_AND_RECORD);
  let brought = record;
  for (let round = 0; round < MOST_ROUNDS && best.stretch; round++) {
    const likeness = rarity(highest, FRESH_AND_RECORD);
    if (likeness === 0 || likeness > NO_DOUBT) break;
    brought = unstretched(brought, best.stretch);
    const reached = compare(print, brought, FRESH_AND_RECORD);
    if (reached <= highest) break;
    highest = reached;
  }
  return rarity(highest, FRESH_AND_RECORD);
}

/** Raw score of the best correspondence; `best` tells the rest. */
function compare(probe: Prepared, reference: Prepared, { tries }: Scale): number {
  best.score = 0;
  best.stretch = undefined;
  if (probe.count < FEWEST_PAIRS || reference.count < FEWEST_PAIRS) return 0;
  const roots = hypotheses(probe, reference);
  const mayBeStretched = probe.ridges !== undefined && reference.ridges === undefined;
  tried.fill(0, 0, probe.count * reference.count);
  let grown = 0;
  for (let n = 0; n < roots.count && grown < tries && best.score < CERTAIN; n++) {
    const root = roots.pair[n]!;
    if (tried[root] === 1) continue;
    grown++;
    const pairs = grow(probe, reference, root);
    for (let p = 0; p < pairs.count; p++) tried[pairs.a[p]! * reference.count + pairs.b[p]!] = 1;
    if (pairs.count < FEWEST_PAIRS) continue;
    const alignment = align(probe, reference, pairs);
    const reached = score(probe, reference, pairs, alignment);
    if (reached <= best.score) continue;
    best.score = reached;
    if (mayBeStretched) best.stretch = stretchOf(probe, reference, pairs, alignment);
  }
  return best.score;
}

/** What agrees, times the share of what should agree, times the tightness of the fit; and what else speaks for it. */
function score(a: Prepared, b: Prepared, pairs: Correspondence, alignment: Alignment): number {
  const agreeing = pairs.fit + CLOSED_EDGE * pairs.closedEdges + SAME_TYPE * pairs.sameType;
  const tight = agreeing * Math.max(LEAST_TIGHTNESS, 1 - alignment.error / LOOSE);
  if (a.ridges && !b.ridges) {
    const { share, likelihood } = evidence(a, b, pairs, alignment);
    return GROWN * tight * share + LIKELIHOOD * likelihood;
  }
  const minutiae = tight * shareOf(a, b, pairs, alignment);
  if (!a.ridges || !b.ridges) return minutiae;
  const { correlation, blocks } = patternFit(a, a.ridges, b.ridges, pairs, alignment);
  const excess = Math.max(0, correlation - CHANCE_CORRELATION);
  // Half of the blocks are looked at; the weight is per block of the print.
  return minutiae + PATTERN * excess * (2 * Math.min(blocks, ENOUGH_BLOCKS)) ** 0.75;
}

/** Share of the minutiae in the common area that agree, 0–1. */
function shareOf(a: Prepared, b: Prepared, pairs: Correspondence, alignment: Alignment): number {
  const { cos, sin, ax, ay, bx, by } = alignment;
  const inB = countInside(a, ax, ay, cos, sin, b, bx, by);
  const inA = countInside(b, bx, by, cos, -sin, a, ax, ay);
  return pairs.count / Math.max(pairs.count, Math.sqrt(inA * inB));
}

/**
 * How many minutiae of `from`, turned about (fx, fy) and moved to (ox, oy), should have a partner in `onto`: those
 * in the box of its minutiae and, where its print is known, on the print.
 */
function countInside(
  from: Prepared,
  fx: number,
  fy: number,
  cos: number,
  sin: number,
  onto: Prepared,
  ox: number,
  oy: number,
): number {
  const left = onto.left - BOX_MARGIN;
  const right = onto.right + BOX_MARGIN;
  const low = onto.low - BOX_MARGIN;
  const high = onto.high + BOX_MARGIN;
  let inside = 0;
  for (let i = 0; i < from.count; i++) {
    const px = from.x[i]! - fx;
    const py = from.y[i]! - fy;
    const x = px * cos - py * sin + ox;
    const y = px * sin + py * cos + oy;
    if (x < left || x > right || y < low || y > high) continue;
    if (onto.ridges === undefined || showsRidges(onto.ridges, x, y)) inside++;
  }
  return inside;
}
