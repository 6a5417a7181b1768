/** One PC/SC reader, as far as a slot needs it: SCardConnect, SCardDisconnect, SCardTransmit, SCardControl in time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Helper } from './helper.ts';
import { DISPOSITION, SCARD, SHARE } from './winscard.ts';

/** The time-outs of one reader, ms. */
export interface Wire {
  readonly apduTimeoutMs: number;
  readonly connectTimeoutMs: number;
}

export interface Connection {
  connect(share: number): Promise<Answer>;
  disconnect(disposition: number): Promise<Answer>;
  transmit(apdu: Uint8Array): Promise<Answer>;
  /** CCID escape command, for readers that want one before their SAM slot can be used. */
  escape(command: Uint8Array): Promise<Answer>;
}

export function connectionTo(helper: Helper, reader: number, wire: Wire): Connection {
  const { apduTimeoutMs, connectTimeoutMs } = wire;
  return {
    connect: (share) => helper.request('connect', reader, Uint8Array.of(share), connectTimeoutMs),
    async disconnect(disposition) {
      const answer = await helper.request('disconnect', reader, Uint8Array.of(disposition), connectTimeoutMs);
      // pcsclite takes a reader whose disconnect failed for connected, and never connects it again.
      if (answer.type === 'failed') helper.kill();
      return answer;
    },
    transmit: (apdu) => helper.request('transmit', reader, apdu, apduTimeoutMs),
    escape: (command) => helper.request('control', reader, command, connectTimeoutMs),
  };
}

const AGAIN_MS = 50;
/** What passes by itself: another program at the reader, or a card that is just being exchanged, laid down or powered. */
const PASSING: ReadonlySet<number> = new Set([
  SCARD.E_SHARING_VIOLATION,
  SCARD.E_NO_SMARTCARD,
  SCARD.W_REMOVED_CARD,
  SCARD.W_UNPOWERED_CARD,
  SCARD.W_UNRESPONSIVE_CARD,
]);

/**
 * Connects alone and resets: the card begins anew, whoever spoke to it before (pcscd's other clients may probe a card
 * with SELECTs of their own). What may pass by itself is tried again until `patience` ends.
 */
export async function powerOn(connection: Connection, patience: AbortSignal): Promise<Answer> {
  for (;;) {
    const answer = await connectAndReset(connection);
    const passing = answer.type === 'failed' && PASSING.has(answer.error);
    if (!passing || patience.aborted) return answer;
    await sleep(AGAIN_MS);
  }
}

/**
 * PC/SC resets at the end of a connection only (node-pcsclite has no SCardReconnect). The connection that ends so is a
 * direct one, which does not power the card and agree a protocol with it for nothing.
 */
async function connectAndReset(connection: Connection): Promise<Answer> {
  const direct = await connection.connect(SHARE.DIRECT);
  if (direct.type !== 'done') return direct;
  const reset = await connection.disconnect(DISPOSITION.RESET);
  return reset.type === 'done' ? connection.connect(SHARE.EXCLUSIVE) : reset;
}

/** Sends an escape command to a reader that may be without a card. */
export async function sendEscape(connection: Connection, command: Uint8Array): Promise<Answer> {
  const direct = await connection.connect(SHARE.DIRECT);
  if (direct.type !== 'done') return direct;
  const answer = await connection.escape(command);
  await connection.disconnect(DISPOSITION.LEAVE);
  return answer;
}
