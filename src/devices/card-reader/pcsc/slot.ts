/** A powered card and SAM as the card room sees them: the Slots of the port. */
import assert from 'node:assert/strict';
import type { Failure } from '../../../failures/failure.ts';
import type { ScriptOutcome, Slots, Step } from '../port.ts';
import { nextApdu } from '../script.ts';
import { cardGone, type Part } from './card-failure.ts';
import { type Connection, powerOn } from './connection.ts';
import type { Helper, Trouble } from './helper.ts';
import type { Call } from './messages.ts';

/** A powered card or SAM; the same object for as long as it stays powered. */
export interface Slot {
  readonly connection: Connection;
  /** Why it will not carry a command again: it lost its power or its session, or never could be used. */
  broken(): Failure | undefined;
  /** What it means that a command was not answered. */
  failed(trouble: Trouble | 'no status word', signal: AbortSignal): Promise<Failure>;
}

/** `explain` tells what a command that failed means. */
export function createSlot(
  part: Part,
  connection: Connection,
  explain: (trouble: Trouble) => Promise<Failure>,
): Slot {
  let broken: Failure | undefined;
  return {
    connection,
    broken: () => broken,
    async failed(trouble, signal) {
      // pcsclite reports some removals as an answer without a status word.
      const failure =
        trouble === 'no status word' ? cardGone(part, 'working', trouble) : await explain(trouble);
      if (failure.code !== 'CARD-COMM') {
        broken = failure;
        return failure;
      }
      // After a line error the T=1 state machine of the reader's driver is dead until the next reset.
      const again = await powerOn(connection, signal);
      if (again) broken = await explain(again);
      return failure;
    },
  };
}

/** A SAM that is there but cannot be used says why to whoever tries; the card can still be read in clear. */
export function unusableSlot(connection: Connection, failure: Failure): Slot {
  return { connection, broken: () => failure, failed: async () => failure };
}

/** Card and SAM lent to one exchange, until `end`. */
export function lend(card: Slot, sam: Slot | undefined): { readonly slots: Slots; end(): void } {
  let lent = true;
  let underWay = false;

  function slotOf(to: Step['to']): Slot {
    const slot = to === 'card' ? card : sam;
    assert(slot, 'a command to a SAM that is not there');
    return slot;
  }

  async function carry(script: readonly Step[], signal: AbortSignal): Promise<ScriptOutcome> {
    if (signal.aborted) return { answers: [], took: [], failure: { code: 'CARD-ABORTED' } };
    const firstBroken = script.findIndex(({ to }) => slotOf(to).broken());
    const usable = firstBroken < 0 ? script : script.slice(0, firstBroken);
    const { answers, took, trouble } = await runCalls(usable, signal);
    const last = answers.at(-1);
    if (last && last.length < 2) {
      const { to } = script[answers.length - 1]!;
      const failure = await slotOf(to).failed('no status word', signal);
      return { answers: answers.slice(0, -1), took: took.slice(0, -1), failure };
    }
    if (trouble) {
      const { to } = script[answers.length]!;
      return { answers, took, failure: await slotOf(to).failed(trouble, signal) };
    }
    if (!nextApdu(script, answers)) return { answers, took };
    const broken = slotOf(script[answers.length]!.to).broken();
    return { answers, took, failure: broken ?? { code: 'CARD-ABORTED' } };
  }

  async function runCalls(script: readonly Step[], signal: AbortSignal): ReturnType<Helper['run']> {
    const [first] = script;
    if (!first) return { answers: [], took: [] };
    const { helper, wire } = slotOf(first.to).connection;
    const calls = script.map(
      ({ to, apdu, goOn }): Call => ({ op: 'transmit', reader: slotOf(to).connection.reader, apdu, goOn }),
    );
    return helper.run(calls, wire.apduTimeoutMs, signal);
  }

  const slots: Slots = {
    sam,
    async run(script, signal) {
      assert(script[0]?.apdu instanceof Uint8Array, 'a script begins with a whole command');
      assert(lent, 'a script outside of an exchange');
      assert(!underWay, 'a script before the end of the one before');
      underWay = true;
      try {
        return await carry(script, signal);
      } finally {
        underWay = false;
      }
    },
  };
  return {
    slots,
    end() {
      lent = false;
    },
  };
}
