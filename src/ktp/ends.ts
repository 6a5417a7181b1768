/**
 * The two ends of the relay, card and SAM, each behind its slot. Every command to either passes here: it is counted,
 * `signal` is looked at before it goes, and what comes back is told as this end's, so that a 9000 of the SAM is
 * never taken for one of the card.
 */
import type { Slot } from '../devices/card-reader/port.ts';
import type { FailureCode } from '../failures/catalogue.ts';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import { type Answer, decodeAnswer, describeStatus, SW } from './apdu.ts';
import type { Command } from './commands.ts';

export interface End {
  readonly name: 'card' | 'SAM';
  /**
   * Carries one command. Fails when `signal` is aborted (KTP-CANCELLED), when the slot fails (the card's own
   * CARD-… code, KTP-SAM-LOST for the SAM) and when the answer has no status word.
   */
  send(command: Command): Promise<Result<Answer>>;
}

/** What is kept of one exchange while it runs. */
export interface Tally {
  readonly signal: AbortSignal;
  /** Commands sent to card and SAM. */
  apdus: number;
  /** The line to the card failed: the one failure after which a whole read may be begun again. */
  cardLost: boolean;
}

export function tallyOf(signal: AbortSignal): Tally {
  return { signal, apdus: 0, cardLost: false };
}

const own = {
  card: { refused: 'KTP-CARD-REFUSED', malformed: 'KTP-CARD-ANSWER' },
  SAM: { refused: 'KTP-SAM-REFUSED', malformed: 'KTP-SAM-ANSWER' },
} as const;

export function cardEnd(slot: Slot, tally: Tally): End {
  return endOf('card', slot, tally, (failure, step) => {
    tally.cardLost = true;
    return fail(failure.code, `card at ${step}${because(failure.detail)}`);
  });
}

export function samEnd(slot: Slot, tally: Tally): End {
  return endOf('SAM', slot, tally, (failure, step) =>
    fail('KTP-SAM-LOST', `${failure.code} at ${step}${because(failure.detail)}`),
  );
}

const because = (detail: string | undefined) => (detail === undefined ? '' : `: ${detail}`);

function endOf(
  name: End['name'],
  slot: Slot,
  tally: Tally,
  lost: (failure: Failure, step: string) => Result<never>,
): End {
  return {
    name,
    send: async (command) => {
      if (tally.signal.aborted) return fail('KTP-CANCELLED', `before ${command.name}`);
      tally.apdus++;
      const sent = await slot.transmit(command.apdu);
      if (!sent.ok) return lost(sent.failure, command.name);
      const answer = decodeAnswer(sent.value);
      return answer
        ? ok(answer)
        : fail(own[name].malformed, `${name} without a status word at ${command.name}`);
    },
  };
}

/** The failure of an end that answered another status word than it should have. */
export function refusal(end: End, command: Command, sw: number, code?: FailureCode) {
  return fail(code ?? own[end.name].refused, `${end.name} SW ${statusAt(sw, command.name)}`);
}

/** `6A82 at SELECT 6FF1 (file or application not found)`. */
export function statusAt(sw: number, step: string): string {
  const [hex, meaning] = describeStatus(sw);
  return meaning === undefined ? `${hex} at ${step}` : `${hex} at ${step} (${meaning})`;
}

/** The failure of an end whose answer is shorter or longer than it must be. */
export function wrongLength(end: End, command: Command, length: number) {
  return fail(own[end.name].malformed, `${end.name} returned ${length} bytes at ${command.name}`);
}

/** The data that an end returns with 9000; any other status word is a refusal, told with `refused` if given. */
export async function ask(end: End, command: Command, refused?: FailureCode): Promise<Result<Uint8Array>> {
  const sent = await end.send(command);
  if (!sent.ok) return sent;
  const { data, sw } = sent.value;
  return sw === SW.done ? ok(data) : refusal(end, command, sw, refused);
}

/** As `ask`, and the answer has exactly `length` bytes. */
export async function askFor(length: number, end: End, command: Command): Promise<Result<Uint8Array>> {
  const asked = await ask(end, command);
  if (asked.ok && asked.value.length !== length) return wrongLength(end, command, asked.value.length);
  return asked;
}
