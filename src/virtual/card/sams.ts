/** The SAMs that the bench can put into a reader. */
import { named, OTHER_TEST_ISSUER } from './issuer.ts';
import { createSam } from './sam.ts';
import type { Random, VirtualCard } from './virtual-card.ts';

/**
 * `genuine`: belongs to the deck; `spare`: does too, but has another UID, as after a repair; `other-issuer`: opens
 * the same way, yet no chip of the deck knows its keys; `absent`: the slot is empty.
 */
export const SAM_KINDS = ['genuine', 'spare', 'other-issuer', 'absent'] as const;
export type SamKind = (typeof SAM_KINDS)[number];

export function makeSam(kind: SamKind, random: Random): VirtualCard | null {
  switch (kind) {
    case 'genuine':
      return createSam({ random });
    case 'spare':
      return createSam({ random, uid: named('TEST_SAM_UID spare', 8) });
    case 'other-issuer':
      return createSam({ random, uid: named('TEST_SAM_UID other', 8), issuer: OTHER_TEST_ISSUER });
    case 'absent':
      return null;
  }
}
