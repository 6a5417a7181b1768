/**
 * What the store itself holds against a mistake of the flows, whatever the policy says: the order in which facts can
 * stand at all. What comes next is the flows' to know; what can never be is refused here.
 */
import { fail, ok, type Result } from '../failures/failure.ts';
import type { SessionFact } from './session-facts.ts';

type FactType = SessionFact['type'];

/** What stands of a session already. */
export interface Standing {
  readonly training: boolean;
  /** Of its facts, in their order. */
  readonly types: readonly FactType[];
}

/** The facts that a session has once. */
const ONCE: readonly FactType[] = ['opened', 'identified', 'sealed', 'ended'];
/** What a packet is not sealed without: one NIK, somebody who saw the person, samples read back from the disk. */
const BEFORE_SEALING: readonly FactType[] = ['identified', 'identity-checked', 'proved'];

/** Errors: STORE-SESSION-ENDED, STORE-STEP-REFUSED. */
export function mayFollow({ training, types }: Standing, facts: readonly SessionFact[]): Result {
  const standing = [...types];
  for (const fact of facts) {
    if (standing.includes('ended')) return fail('STORE-SESSION-ENDED', fact.type);
    if (standing.includes(fact.type) && ONCE.includes(fact.type))
      return refused(`${fact.type} a second time`);
    if (!standing.includes('opened') && fact.type !== 'opened') return refused(`${fact.type} before opened`);
    if (fact.type === 'sealed') {
      if (training) return refused('a training session is never sealed');
      const missing = BEFORE_SEALING.find((type) => !standing.includes(type));
      if (missing !== undefined) return refused(`sealed before ${missing}`);
      if (changedSinceProof(standing)) return refused('samples changed after they were proved');
    }
    if (fact.type === 'ended' && (fact.how === 'sealed') !== standing.includes('sealed')) {
      return refused(`ended as ${fact.how}, ${standing.includes('sealed') ? 'but' : 'not'} sealed`);
    }
    standing.push(fact.type);
  }
  return ok();
}

function changedSinceProof(types: readonly FactType[]): boolean {
  const changed = types.findLastIndex((type) => type === 'samples-kept' || type === 'samples-dropped');
  return changed > types.lastIndexOf('proved');
}

function refused(why: string) {
  return fail('STORE-STEP-REFUSED', why);
}
