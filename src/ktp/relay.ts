/**
 * The relay between card and SAM. Commands go out as scripts, of which the reader runs as much as it can by itself;
 * every answer is judged here, and told as that of the end it came from, so that a 9000 of the SAM is never taken
 * for one of the card.
 */
import assert from 'node:assert/strict';
import type { Expected, Slots } from '../devices/card-reader/port.ts';
import type { FailureCode } from '../failures/catalogue.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type Answer, decodeAnswer, describeStatus, SW } from './apdu.ts';
import type { Command, Phase } from './commands.ts';

/** One reading or activation under way. */
export interface Relay {
  readonly slots: Slots;
  /** Ends it between two commands (KTP-CANCELLED). */
  readonly signal: AbortSignal;
  /** Commands sent to card and SAM. */
  apdus: number;
  /** How long they took, by phase; ms. */
  readonly timings: Partial<Record<Phase, number>>;
  /** The line to the card failed: the one failure after which a whole read may be begun again. */
  cardLost: boolean;
}

export function relayOf(slots: Slots, signal: AbortSignal): Relay {
  return { slots, signal, apdus: 0, timings: {}, cardLost: false };
}

/** A command, and what its answer must be. */
export interface Step {
  readonly command: Command;
  /** Answers to which `judge` has nothing to object, so that the reader may go on by itself. */
  readonly goOn: readonly Expected[];
  /** The data, or why they are none. */
  judge(answer: Answer): Result<Uint8Array>;
}

/** How the answer of a step is judged where it is not just any data with 9000. */
interface Demands {
  /** Data bytes, exactly. */
  readonly length?: number;
  /** Data bytes, at least. */
  readonly least?: number;
  /** The failure that a status word other than 9000 means, where it is not plainly a refusal. */
  readonly refused?: (sw: number) => FailureCode | undefined;
}

/** A step that is answered with 9000. */
export function step(command: Command, { length, least = length, refused }: Demands = {}): Step {
  const [from, to]: Range = [least ?? ANY[0], length ?? ANY[1]];
  return {
    command,
    goOn: [answered([SW.done], [from, to])],
    judge({ data, sw }) {
      if (sw !== SW.done) return refusal(command, sw, refused?.(sw));
      return data.length >= from && data.length <= to ? ok(data) : wrongLength(command, data.length);
    },
  };
}

/** So many bytes of data, from … to. */
type Range = readonly [least: number, most: number];
const ANY: Range = [0, 65_536];

/** An answer of so many data bytes and these status words, the inner one first. */
export function answered(words: readonly number[], [least, most]: Range = ANY): Expected {
  const ending = Uint8Array.from(words.flatMap((sw) => [sw >> 8, sw & 0xff]));
  return { ending, least: least + ending.length, most: most + ending.length };
}

const own = {
  card: { name: 'card', refused: 'KTP-CARD-REFUSED', malformed: 'KTP-CARD-ANSWER' },
  sam: { name: 'SAM', refused: 'KTP-SAM-REFUSED', malformed: 'KTP-SAM-ANSWER' },
} as const;

/**
 * Carries out the steps in their order, and returns the data of each group's last step, for which the others are
 * there. Fails with the first step that fails: as it judges itself; with the card's own CARD-… code or KTP-SAM-LOST
 * when a slot fails; with KTP-CANCELLED once the relay's signal is aborted.
 */
export async function askAll(
  relay: Relay,
  groups: readonly (readonly Step[])[],
): Promise<Result<Uint8Array[]>> {
  const steps = groups.flat();
  const done = await run(relay, steps);
  if (!done.ok) return done;
  const last: Uint8Array[] = [];
  let end = 0;
  for (const { length } of groups) {
    end += length;
    last.push(done.value[end - 1]!);
  }
  return ok(last);
}

/** Carries out the steps in their order, and returns the data of the last. Fails as `askAll`. */
export async function ask(relay: Relay, ...steps: readonly Step[]): Promise<Result<Uint8Array>> {
  const done = await run(relay, steps);
  return done.ok ? ok(done.value.at(-1)!) : done;
}

/** The data of every step. */
async function run(relay: Relay, steps: readonly Step[]): Promise<Result<Uint8Array[]>> {
  const script = steps.map(({ command, goOn }) => ({ to: command.to, apdu: command.apdu, goOn }));
  const { answers, took, failure } = await relay.slots.run(script, relay.signal);
  relay.apdus += answers.length;
  for (const [index, ms] of took.entries()) {
    const { phase } = steps[index]!.command;
    relay.timings[phase] = (relay.timings[phase] ?? 0) + ms;
  }

  const data: Uint8Array[] = [];
  for (const [index, bytes] of answers.entries()) {
    const { command, judge } = steps[index]!;
    const answer = decodeAnswer(bytes);
    if (!answer) return withoutStatus(command);
    const judged = judge(answer);
    if (!judged.ok) return judged;
    data.push(judged.value);
  }
  const unanswered = steps[answers.length];
  if (!unanswered) return ok(data);

  assert(failure, 'a script ended at an answer that is as it should be');
  const { to, name } = unanswered.command;
  if (failure.code === 'CARD-ABORTED' && relay.signal.aborted) return fail('KTP-CANCELLED', `before ${name}`);
  relay.apdus++;
  const because = failure.detail === undefined ? '' : `: ${failure.detail}`;
  if (to === 'sam') return fail('KTP-SAM-LOST', `${failure.code} at ${name}${because}`);
  relay.cardLost = true;
  return fail(failure.code, `card at ${name}${because}`);
}

/** The failure of an end that answered another status word than it should have. */
export function refusal({ to, name }: Command, sw: number, code: FailureCode = own[to].refused) {
  return fail(code, `${own[to].name} SW ${statusAt(sw, name)}`);
}

/** `6A82 at SELECT 6FF1 (file or application not found)`. */
export function statusAt(sw: number, at: string): string {
  const [hex, meaning] = describeStatus(sw);
  return meaning === undefined ? `${hex} at ${at}` : `${hex} at ${at} (${meaning})`;
}

/** The failure of an end whose answer is shorter or longer than it must be. */
export function wrongLength({ to, name }: Command, length: number) {
  return fail(own[to].malformed, `${own[to].name} returned ${length} bytes at ${name}`);
}

function withoutStatus({ to, name }: Command) {
  return fail(own[to].malformed, `${own[to].name} without a status word at ${name}`);
}
