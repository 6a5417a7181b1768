/** Which PC/SC reader is the antenna and which holds the SAM: chosen by name, and kept once chosen. */

export interface ReaderPair {
  readonly chip?: string;
  readonly sam?: string;
}

/**
 * Two different names that match `chip` and `sam`, the first in the order of the alphabet; where no two can be had,
 * one. Both expressions may match the same family of a reader with several slots. The same names give the same pair;
 * a reader in use keeps its part while it is plugged in, unless only an exchange of parts makes a pair.
 */
export function assignReaders(
  names: Iterable<string>,
  wanted: { readonly chip: RegExp; readonly sam: RegExp },
  inUse: ReaderPair = {},
): ReaderPair {
  const sorted = [...names].sort();
  const chips = candidates(sorted, wanted.chip, inUse.chip, inUse.sam);
  const sams = candidates(sorted, wanted.sam, inUse.sam, inUse.chip);
  for (const chip of chips) {
    const sam = sams.find((name) => name !== chip);
    if (sam !== undefined) return { chip, sam };
  }
  const [chip] = chips;
  const [sam] = sams;
  if (sam !== undefined && (chip === undefined || sam === inUse.sam)) return { sam };
  return chip === undefined ? {} : { chip };
}

/** What has this part already comes first, what has the other part last. */
function candidates(names: readonly string[], wanted: RegExp, first?: string, last?: string): string[] {
  const rank = (name: string) => (name === first ? 0 : name === last ? 2 : 1);
  return names.filter((name) => wanted.test(name)).sort((a, b) => rank(a) - rank(b));
}
