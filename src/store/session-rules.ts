/**
 * What the store itself holds against a mistake of the flows, whatever the policy says: the order in which facts can
 * stand at all. What comes next is the flows' to know; what can never be is refused here.
 */
import { fail, ok, type Result } from '../failures/failure.ts';
import type { SessionFact } from './session-facts.ts';

/** What stands of a session already. */
export interface Standing {
  readonly training: boolean;
  readonly types: ReadonlySet<SessionFact['type']>;
}

/** The facts that a session has once. */
const ONCE: readonly SessionFact['type'][] = ['opened', 'identified', 'sealed', 'ended'];
/** What a packet is not sealed without: one NIK, somebody who saw the person, samples read back from the disk. */
const BEFORE_SEALING: readonly SessionFact['type'][] = ['identified', 'identity-checked', 'proved'];

/** Errors: STORE-SESSION-ENDED, STORE-STEP-REFUSED. */
export function mayFollow({ training, types }: Standing, facts: readonly SessionFact[]): Result {
  const standing = new Set(types);
  for (const fact of facts) {
    if (standing.has('ended')) return fail('STORE-SESSION-ENDED', fact.type);
    if (standing.has(fact.type) && ONCE.includes(fact.type)) return refused(`${fact.type} a second time`);
    if (!standing.has('opened') && fact.type !== 'opened') return refused(`${fact.type} before opened`);
    if (fact.type === 'sealed') {
      if (training) return refused('a training session is never sealed');
      const missing = BEFORE_SEALING.find((type) => !standing.has(type));
      if (missing !== undefined) return refused(`sealed before ${missing}`);
    }
    if (fact.type === 'ended' && (fact.how === 'sealed') !== standing.has('sealed')) {
      return refused(`ended as ${fact.how}, ${standing.has('sealed') ? 'but' : 'not'} sealed`);
    }
    standing.add(fact.type);
  }
  return ok();
}

function refused(why: string) {
  return fail('STORE-STEP-REFUSED', why);
}
