/** Mutual authentication of chip and SAM; the relay carries four messages and learns who refused which. */
import type { FailureCode } from '../failures/catalogue.ts';
import { type Failure, ok, type Result } from '../failures/failure.ts';
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
import { ask, type Relay, step } from './relay.ts';

/** A chip that says this to GET CHALLENGE or EXTERNAL AUTHENTICATE holds no key at all. */
const CANNOT_PROVE: readonly number[] = [SW.functionUnknown, SW.instructionUnknown, SW.classUnknown];
/** Failures of the chip to prove itself. */
const VERDICTS: readonly FailureCode[] = ['KTP-NO-PROOF', 'KTP-CLONE'];

/**
 * null: chip and SAM have proved themselves to each other, the channel stands. A failure as value: the chip did not
 * prove itself, which is a verdict on the card (KTP-NO-PROOF, KTP-CLONE).
 * Fails with KTP-AUTH-REFUSED when the chip refuses the SAM: whose fault that is cannot be told from one card.
 */
export async function authenticate(relay: Relay, identity: CardIdentity): Promise<Result<Failure | null>> {
  const { cardGeneration, cardControl } = identity;
  const uid = Buffer.from(identity.uid, 'hex');
  const noProof = (sw: number) => (CANNOT_PROVE.includes(sw) ? 'KTP-NO-PROOF' : undefined);
  const done = await ask(
    relay,
    step(resetSam),
    step(getChallenge, { length: CHALLENGE_LENGTH, refused: noProof }),
    step(computeToken(cardGeneration, cardControl, uid), { length: TOKEN_LENGTH }),
    step(externalAuthenticate, { length: TOKEN_LENGTH, refused: (sw) => noProof(sw) ?? 'KTP-AUTH-REFUSED' }),
    step(verifyToken, { refused: () => 'KTP-CLONE' }),
  );
  if (done.ok) return ok(null);
  return VERDICTS.includes(done.failure.code) ? ok(done.failure) : done;
}
