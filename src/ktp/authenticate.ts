/** Mutual authentication of chip and SAM; the relay carries four messages and learns who refused which. */
import { type Failure, ok, type Result } from '../failures/failure.ts';
import { SW } from './apdu.ts';
import type { CardIdentity } from './chip.ts';
import {
  CHALLENGE_LENGTH,
  type Command,
  computeToken,
  externalAuthenticate,
  getChallenge,
  resetSam,
  TOKEN_LENGTH,
  verifyToken,
} from './commands.ts';
import { ask, askFor, type End, refusal, wrongLength } from './ends.ts';
import type { Channel } from './secure.ts';

/** A chip that says this to GET CHALLENGE or EXTERNAL AUTHENTICATE holds no key at all. */
const CANNOT_PROVE: readonly number[] = [SW.functionUnknown, SW.instructionUnknown, SW.classUnknown];

/**
 * null: chip and SAM have proved themselves to each other, the channel stands. A failure as value: the chip did not
 * prove itself, which is a verdict on the card (KTP-NO-PROOF, KTP-CLONE).
 * Fails with KTP-AUTH-REFUSED when the chip refuses the SAM: whose fault that is cannot be told from one card.
 */
export async function authenticate(
  { card, sam }: Channel,
  identity: CardIdentity,
): Promise<Result<Failure | null>> {
  const reset = await ask(sam, resetSam);
  if (!reset.ok) return reset;

  const challenge = await prove(card, getChallenge, CHALLENGE_LENGTH);
  if (!challenge.ok) return verdictOr(challenge);
  const uid = Buffer.from(identity.uid, 'hex');
  const toCompute = computeToken(identity.cardGeneration, identity.cardControl, uid, challenge.value);
  const token = await askFor(TOKEN_LENGTH, sam, toCompute);
  if (!token.ok) return token;

  const answer = await prove(card, externalAuthenticate(token.value), TOKEN_LENGTH, 'KTP-AUTH-REFUSED');
  if (!answer.ok) return verdictOr(answer);
  const toVerify = verifyToken(answer.value);
  const verified = await sam.send(toVerify);
  if (!verified.ok) return verified;
  const { sw } = verified.value;
  return ok(sw === SW.done ? null : refusal(sam, toVerify, sw, 'KTP-CLONE').failure);
}

async function prove(
  card: End,
  command: Command,
  length: number,
  refused?: 'KTP-AUTH-REFUSED',
): Promise<Result<Uint8Array>> {
  const sent = await card.send(command);
  if (!sent.ok) return sent;
  const { data, sw } = sent.value;
  if (CANNOT_PROVE.includes(sw)) return refusal(card, command, sw, 'KTP-NO-PROOF');
  if (sw !== SW.done) return refusal(card, command, sw, refused);
  return data.length === length ? ok(data) : wrongLength(card, command, data.length);
}

/** A chip without a key is a verdict; every other failure stays one. */
function verdictOr(failed: { readonly ok: false; readonly failure: Failure }): Result<Failure> {
  return failed.failure.code === 'KTP-NO-PROOF' ? ok(failed.failure) : failed;
}
