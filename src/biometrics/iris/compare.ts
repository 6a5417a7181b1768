/** Comparison of irises: the share of bits that differ, over the turns of the head that are possible. */
import { CODE_ROWS, type IrisTemplate, ROW_WORDS } from './template.ts';

export interface IrisComparison {
  /** 0 the same image, about 0.46 two eyes; normalised for the number of bits (Daugman 2006, equation 4). */
  readonly distance: number;
  /** Bits compared at the best turn. */
  readonly bits: number;
}

/**
 * Up to this distance two images are taken for one eye: strangers get so near in about one of 5,600 comparisons
 * (falseAcceptRate).
 */
export const SAME_EYE = 0.32;
/** For a search through many eyes: about one of a million comparisons. */
export const DUPLICATE = 0.28;

/** Turns each way, in directions of the code: ±19.7°. */
const TURNS = 14;
/** With fewer bits nothing is said: too little of both irises is seen at once. */
const FEWEST_BITS = 400;
/** As many bits as two irises with open lids share. */
const TYPICAL_BITS = 1800;

/** A distance of 0.5, without bits, where too little is common to both. */
export function compareIris(a: IrisTemplate, b: IrisTemplate): IrisComparison {
  let best: IrisComparison = { distance: 0.5, bits: 0 };
  for (let turn = -TURNS; turn <= TURNS; turn++) {
    const { differing, bits } = compareAt(a, b, turn);
    if (bits < FEWEST_BITS) continue;
    const distance = Math.max(0, 0.5 - (0.5 - differing / bits) * Math.sqrt(bits / TYPICAL_BITS));
    if (distance < best.distance || best.bits === 0) best = { distance, bits };
  }
  return best;
}

/** At one turn, of b against a, in directions. */
export function compareAt(
  a: IrisTemplate,
  b: IrisTemplate,
  turn: number,
): { readonly differing: number; readonly bits: number } {
  const words = (turn >> 5) + ROW_WORDS;
  const shift = turn & 31;
  let differing = 0;
  let bits = 0;
  for (let row = 0; row < CODE_ROWS; row++)
    for (let word = 0; word < ROW_WORDS; word++) {
      const i = row * ROW_WORDS + word;
      const low = row * ROW_WORDS + ((word + words) % ROW_WORDS);
      const high = row * ROW_WORDS + ((word + words + 1) % ROW_WORDS);
      const both = a.mask[i]! & turned(b.mask, low, high, shift);
      if (both === 0) continue;
      bits += 2 * ones(both);
      differing += ones((a.cosine[i]! ^ turned(b.cosine, low, high, shift)) & both);
      differing += ones((a.sine[i]! ^ turned(b.sine, low, high, shift)) & both);
    }
  return { differing, bits };
}

/** A word of a row that was turned: the upper bits of one word, the lower of the next. */
function turned(code: Uint32Array, low: number, high: number, shift: number): number {
  return shift === 0 ? code[low]! : (code[low]! >>> shift) | (code[high]! << (32 - shift));
}

function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Independent bits of a code: those of a binomial distribution as wide as that of strangers' distances at one turn
 * (Daugman 2003: p (1 − p) / variance). Measured on virtual eyes, careless ones, whose codes have the fewest.
 */
const INDEPENDENT_BITS = 150;

/**
 * How likely strangers are as near as this, or nearer: the binomial tail at one turn, and as many chances as there are
 * turns. Neighbouring turns are not independent, so that it is rather too high.
 * @param distance 0–0.5
 */
export function falseAcceptRate(distance: number): number {
  const most = Math.floor(distance * INDEPENDENT_BITS);
  let term = 0.5 ** INDEPENDENT_BITS;
  let tail = 0;
  for (let differing = 0; differing <= most; differing++) {
    tail += term;
    term *= (INDEPENDENT_BITS - differing) / (differing + 1);
  }
  return 1 - (1 - tail) ** (2 * TURNS + 1);
}

export interface DuplicateHint {
  /** Place in the list that was searched. */
  readonly index: number;
  readonly distance: number;
}

/**
 * Whose eye this may be, the nearest first. A hint for staff, never a verdict: the engine was measured on virtual eyes.
 * @param others also of the other side: eyes may have been swapped
 */
export function duplicateHints(probe: IrisTemplate, others: readonly IrisTemplate[]): DuplicateHint[] {
  return others
    .map((other, index) => ({ index, distance: compareIris(probe, other).distance }))
    .filter(({ distance }) => distance <= DUPLICATE)
    .sort((a, b) => a.distance - b.distance);
}
