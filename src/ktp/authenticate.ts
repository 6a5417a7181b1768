/** Mutual authentication of chip and SAM; the relay carries four messages and learns who refused which. */
import type { FailureCode } from '../failures/catalogue.ts';
import type { Failure } from '../failures/failure.ts';
import { SW } from './apdu.ts';
import type { CardIdentity } from './chip.ts';
import {
  CHALLENGE_LENGTH,
  computeToken,
  externalAuthenticate,
  getChallenge,
  resetSam,
  TOKEN_LENGTH,
  verifyToken,
} from './commands.ts';
import { type Step, step } from './relay.ts';

/** A chip that says this to GET CHALLENGE or EXTERNAL AUTHENTICATE holds no key at all. */
const CANNOT_PROVE: readonly number[] = [SW.functionUnknown, SW.instructionUnknown, SW.classUnknown];
/** Failures of the chip to prove itself. */
const VERDICTS: readonly FailureCode[] = ['KTP-NO-PROOF', 'KTP-CLONE'];

/**
 * The steps by which chip and SAM prove themselves to each other; then the channel stands. They fail with KTP-NO-PROOF
 * or KTP-CLONE when the chip does not prove itself, with KTP-AUTH-REFUSED when the chip refuses the SAM: whose fault
 * that is cannot be told from one card.
 */
export function authentication({ cardGeneration, cardControl, uid }: CardIdentity): Step[] {
  const noProof = (sw: number) => (CANNOT_PROVE.includes(sw) ? 'KTP-NO-PROOF' : undefined);
  return [
    step(resetSam),
    step(getChallenge, { length: CHALLENGE_LENGTH, refused: noProof }),
    step(computeToken(cardGeneration, cardControl, Buffer.from(uid, 'hex')), { length: TOKEN_LENGTH }),
    step(externalAuthenticate, { length: TOKEN_LENGTH, refused: (sw) => noProof(sw) ?? 'KTP-AUTH-REFUSED' }),
    step(verifyToken, { refused: () => 'KTP-CLONE' }),
  ];
}

/** Is that a verdict on the card, rather than something in the way of one? */
export function isUnproven({ code }: Failure): boolean {
  return VERDICTS.includes(code);
}
