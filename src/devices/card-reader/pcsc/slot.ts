/** A powered card or SAM as the card room sees it: the Slot of the port. */
import assert from 'node:assert/strict';
import { type Failure, fail, ok, type Result } from '../../../failures/failure.ts';
import type { Slot } from '../port.ts';
import { cardGone, type Part, type Trouble } from './card-failure.ts';
import { type Connection, powerOn } from './connection.ts';
import type { Answer } from './helper.ts';

export interface PoweredSlot {
  readonly slot: Slot;
  /** From now on, until `close`, commands may be sent; once `signal` is aborted, none any more. */
  open(signal: AbortSignal): void;
  close(): void;
  /** It lost its power or its session, and will not carry a command again. */
  isBroken(): boolean;
}

/** `explain` tells what a command that failed means. */
export function createSlot(
  part: Part,
  connection: Connection,
  explain: (trouble: Trouble) => Promise<Failure>,
): PoweredSlot {
  let exchange: AbortSignal | undefined;
  let underWay = false;
  let broken: Failure | undefined;

  async function transmit(apdu: Uint8Array): Promise<Result<Uint8Array>> {
    assert(exchange, 'transmit outside of an exchange');
    assert(!underWay, 'transmit before the answer to the one before');
    if (exchange.aborted) return fail('CARD-ABORTED');
    if (broken) return { ok: false, failure: broken };
    underWay = true;
    const answer = await connection.transmit(apdu);
    const result = hasStatusWord(answer) ? ok(answer.data) : await failed(answer, exchange);
    underWay = false;
    return result;
  }

  async function failed(answer: Answer, signal: AbortSignal): Promise<Result<never>> {
    // pcsclite reports some removals as an answer without a status word.
    const failure =
      answer.type === 'done' ? cardGone(part, 'working', 'no status word') : await explain(answer);
    if (failure.code === 'CARD-COMM') await resetCard(signal);
    else broken = failure;
    return { ok: false, failure };
  }

  /** After a line error the T=1 state machine of the reader's driver is dead until the next reset. */
  async function resetCard(signal: AbortSignal): Promise<void> {
    const again = await powerOn(connection, signal);
    if (again.type !== 'done') broken = await explain(again);
  }

  return {
    slot: { transmit },
    open(signal) {
      exchange = signal;
    },
    close() {
      exchange = undefined;
    },
    isBroken: () => broken !== undefined,
  };
}

/** A SAM that is there but cannot be used says why to whoever tries; the card can still be read in clear. */
export function unusableSlot(failure: Failure): Slot {
  return { transmit: () => Promise.resolve({ ok: false, failure }) };
}

function hasStatusWord(answer: Answer): answer is Answer & { readonly type: 'done' } {
  return answer.type === 'done' && answer.data.length >= 2;
}
