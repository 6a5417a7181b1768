/** One PC/SC reader, as far as a slot needs it: card or SAM powered, unpowered, and given scripts, all in time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Helper, Trouble } from './helper.ts';
import type { Call } from './messages.ts';
import { DISPOSITION, SCARD, SHARE } from './winscard.ts';

/** The time-outs of one reader, ms. */
export interface Wire {
  readonly apduTimeoutMs: number;
  readonly connectTimeoutMs: number;
}

export interface Connection {
  readonly helper: Helper;
  readonly reader: number;
  readonly wire: Wire;
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
export async function powerOn(connection: Connection, patience: AbortSignal): Promise<Trouble | undefined> {
  const { reader } = connection;
  for (;;) {
    // PC/SC resets at the end of a connection only (node-pcsclite has no SCardReconnect). The connection that ends so
    // is a direct one, which does not power the card and agree a protocol with it for nothing.
    const trouble = await call(connection, [
      { op: 'connect', reader, share: SHARE.DIRECT },
      { op: 'disconnect', reader, disposition: DISPOSITION.RESET },
      { op: 'connect', reader, share: SHARE.EXCLUSIVE },
    ]);
    const passing = trouble?.type === 'failed' && PASSING.has(trouble.error);
    if (!passing || patience.aborted) return trouble;
    await sleep(AGAIN_MS);
  }
}

export async function powerOff(connection: Connection): Promise<void> {
  const { reader } = connection;
  await call(connection, [{ op: 'disconnect', reader, disposition: DISPOSITION.UNPOWER }]);
}

/** Sends a CCID escape command to a reader that may be without a card; some want one before their SAM slot can be used. */
export async function sendEscape(connection: Connection, command: Uint8Array): Promise<Trouble | undefined> {
  const { reader } = connection;
  const direct = await call(connection, [{ op: 'connect', reader, share: SHARE.DIRECT }]);
  if (direct) return direct;
  const trouble = await call(connection, [{ op: 'control', reader, command }]);
  await call(connection, [{ op: 'disconnect', reader, disposition: DISPOSITION.LEAVE }]);
  return trouble;
}

async function call({ helper, wire }: Connection, calls: readonly Call[]): Promise<Trouble | undefined> {
  const { answers, trouble } = await helper.run(calls, wire.connectTimeoutMs);
  // pcsclite takes a reader whose disconnect failed for connected, and never connects it again.
  if (trouble?.type === 'failed' && calls[answers.length]?.op === 'disconnect') helper.kill();
  return trouble;
}
