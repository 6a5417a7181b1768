/**
 * The uplink over folders: a share, or a stick that is carried to the centre and back. Sending writes a batch (its
 * intent stored first, its number given once); receiving reads the centre's documents. A packet leaves the kiosk's disk
 * only when the centre's signed receipt names it with its hash.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import { writeWhole } from '../packet/atomic-file.ts';
import type { CentreKey } from '../packet/centre-key.ts';
import type { KioskKey } from '../packet/kiosk-key.ts';
import type { Shelf } from '../packet/shelf.ts';
import type { OutboxKey, OutboxRow } from '../store/outbox.ts';
import { OUTBOX_KINDS } from '../store/sending-events.ts';
import type { Store } from '../store/store.ts';
import { type CentreDocument, type CentreReceipt, readDocument } from './centre-documents.ts';
import { rowSha256, writeBatch } from './dispatch.ts';

export interface UplinkParts {
  readonly store: Pick<Store, 'outbox' | 'intents' | 'roster' | 'cards' | 'statuses'>;
  readonly shelf: Shelf;
  readonly kiosk: KioskKey;
  readonly centre: CentreKey;
  /** Absolute; it must be there. */
  readonly outbox: string;
  readonly inbox: string;
  /** The files that a folder's manifest names, bounded, each with the hash it tells (devices/usb-guard/stick.ts). */
  readonly readFolder: (
    folder: string,
  ) => Promise<Result<readonly { readonly name: string; readonly bytes: Uint8Array }[]>>;
}

export interface Sent {
  /** null: there was nothing to send. */
  readonly batch: number | null;
  readonly rows: number;
  /** Packets that are in the outbox and not on the kiosk's disk: somebody removed them. */
  readonly missing: readonly string[];
}

export interface Received {
  /** Documents taken. */
  readonly documents: number;
  readonly refused: readonly { readonly file: string; readonly failure: Failure }[];
  /** Rows confirmed now. */
  readonly received: number;
  /** What the centre did not take; it stays, and can be sent again. */
  readonly rejected: readonly (OutboxKey & { readonly reason: string })[];
  /** Receipts for what this kiosk never sent, or sent otherwise. */
  readonly strangers: number;
}

/** "26 sent, 26 received, 0 unknown". */
export interface Reconciled {
  readonly kind: OutboxRow['kind'];
  readonly sent: number;
  readonly received: number;
  /** Sent, and no receipt yet. */
  readonly unknown: number;
  /** Not yet sent. */
  readonly waiting: number;
}

export interface Uplink {
  /**
   * A batch that was cut off goes first, under its own number.
   * @param again also what was sent and has no receipt: the stick was lost
   * @returns UPLINK-TARGET-LOST, -FULL, -READ-ONLY, those of the store; then the same batch is still to be written
   */
  send(by: string, again?: boolean): Promise<Result<Sent>>;
  /**
   * What is wrong with one document, also that the store does not take it, keeps none of the others from being taken.
   * Errors: STICK-….
   */
  receive(by: string): Promise<Result<Received>>;
  reconcile(): Promise<Result<Reconciled[]>>;
  /** At start: a batch that was cut off is written once more; where that cannot be, the next `send` does. */
  settleOpen(): Promise<Result>;
}

const subject = z.object({
  rows: z.array(z.object({ kind: z.enum(OUTBOX_KINDS), id: z.string() })),
});

interface Export {
  readonly intent: string;
  readonly at: string;
  readonly rows: readonly OutboxKey[];
}

export function createFolderUplink(parts: UplinkParts): Uplink {
  const { store, shelf } = parts;

  /** All that has no receipt yet, the oldest first. */
  async function unreceived(): Promise<Result<{ pending: OutboxRow[]; exported: OutboxRow[] }>> {
    const pending = await store.outbox.pending();
    if (!pending.ok) return pending;
    const exported = await store.outbox.unconfirmed();
    return exported.ok ? ok({ pending: pending.value, exported: exported.value }) : exported;
  }

  async function openExport(): Promise<Result<Export | undefined>> {
    const open = await store.intents.open();
    if (!open.ok) return open;
    const intent = open.value.find(({ kind }) => kind === 'export');
    if (!intent) return ok(undefined);
    return ok({ intent: intent.id, at: intent.begunAt, rows: subject.parse(intent.subject).rows });
  }

  async function begin(by: string, again: boolean): Promise<Result<Export | undefined>> {
    const found = await unreceived();
    if (!found.ok) return found;
    const { pending, exported } = found.value;
    const rows = [...(again ? exported : []), ...pending].map(({ kind, id }) => ({ kind, id }));
    if (rows.length === 0) return ok(undefined);
    const intent = { id: randomUUID(), kind: 'export', sessionId: null, subject: { rows }, by } as const;
    const begun = await store.intents.begin(intent);
    // As it is stored, with the time it was begun at.
    return begun.ok ? openExport() : begun;
  }

  async function write({ intent, at, rows }: Export, by: string): Promise<Result<Sent>> {
    const number = await store.outbox.batch(intent);
    if (!number.ok) return number;
    const found = await unreceived();
    if (!found.ok) return found;
    // What was received meanwhile is not sent again.
    const wanted = new Set(rows.map(nameOf));
    const left = [...found.value.exported, ...found.value.pending].filter((row) => wanted.has(nameOf(row)));
    const written = await writeBatch(
      { ...parts, write: (name, bytes) => onTarget(path.join(parts.outbox, name), bytes) },
      { number: number.value, at, rows: left },
    );
    if (!written.ok) return written;
    const exported = await store.outbox.exported(number.value, written.value.written, by);
    if (!exported.ok) return exported;
    return ok({
      batch: number.value,
      rows: written.value.written.length,
      missing: written.value.missing.map(({ id }) => id),
    });
  }

  async function confirm(receipts: readonly CentreReceipt[], by: string): Promise<Result<Confirmed>> {
    const found = await unreceived();
    if (!found.ok) return found;
    const sent = new Map(
      [...found.value.exported, ...found.value.pending].map((row) => [nameOf(row), rowSha256(row)]),
    );
    const named = receipts.map((receipt) => ({ ...receipt, ours: sent.get(nameOf(receipt)) }));
    // One that was confirmed before is no row without a receipt any more, and is not asked for its hash again.
    const matching = named.filter(({ ours, sha256 }) => ours === undefined || ours === sha256);
    const taken = matching
      .filter(({ verdict }) => verdict === 'received')
      .map(({ kind, id }) => ({ kind, id }));
    const received = await store.outbox.received(taken, by);
    if (!received.ok) return received;
    const unknown = new Set(received.value.unknown.map(nameOf));
    for (const { kind, id } of taken) {
      if (kind !== 'packet' || unknown.has(nameOf({ kind, id }))) continue;
      const removed = await shelf.remove(id);
      if (!removed.ok) return removed;
    }
    return ok({
      received: taken.filter((key) => sent.has(nameOf(key))).length,
      rejected: matching
        .filter(({ verdict, ours }) => verdict === 'refused' && ours !== undefined)
        .map(({ kind, id, reason = 'untold' }) => ({ kind, id, reason })),
      strangers: unknown.size + (named.length - matching.length),
    });
  }

  async function take({ type, content }: CentreDocument, by: string): Promise<Result<Confirmed>> {
    switch (type) {
      case 'anjungan-roster': {
        const { number, invitations } = content;
        return nothing(await store.roster.import({ number, invitations }, by));
      }
      case 'anjungan-shipments':
        for (const shipment of content.shipments) {
          const received = await store.cards.receive(shipment, by);
          if (!received.ok) return received;
        }
        return nothing(ok());
      case 'anjungan-statuses':
        return nothing(await store.statuses.receive(content.statuses, by));
      case 'anjungan-receipts':
        return confirm(content.receipts, by);
    }
  }

  async function send(by: string, again = false): Promise<Result<Sent>> {
    const open = await openExport();
    if (!open.ok) return open;
    const next = open.value ? open : await begin(by, again);
    if (!next.ok) return next;
    return next.value ? write(next.value, by) : ok({ batch: null, rows: 0, missing: [] });
  }

  return {
    send,
    async receive(by) {
      const files = await parts.readFolder(parts.inbox);
      if (!files.ok) return files;
      const refused: { file: string; failure: Failure }[] = [];
      const taken: Confirmed[] = [];
      for (const { name: file, bytes } of files.value) {
        const read = await readDocument(bytes, parts.centre, parts.kiosk.id);
        const done = read.ok ? await take(read.value, by) : read;
        if (done.ok) taken.push(done.value);
        else refused.push({ file, failure: done.failure });
      }
      return ok({
        documents: taken.length,
        refused,
        received: taken.reduce((sum, { received }) => sum + received, 0),
        rejected: taken.flatMap(({ rejected }) => rejected),
        strangers: taken.reduce((sum, { strangers }) => sum + strangers, 0),
      });
    },
    async reconcile() {
      const counts = await store.outbox.counts();
      if (!counts.ok) return counts;
      return ok(
        counts.value.map(({ kind, pending, exported, received }) => ({
          kind,
          sent: exported + received,
          received,
          unknown: exported,
          waiting: pending,
        })),
      );
    },
    async settleOpen() {
      const open = await openExport();
      if (!open.ok || !open.value) return open.ok ? ok() : open;
      const written = await write(open.value, 'kiosk');
      return written.ok || written.failure.code.startsWith('UPLINK-TARGET-') ? ok() : written;
    },
  };
}

type Confirmed = Pick<Received, 'received' | 'rejected' | 'strangers'>;

function nothing(done: Result): Result<Confirmed> {
  return done.ok ? ok({ received: 0, rejected: [], strangers: 0 }) : done;
}

const nameOf = ({ kind, id }: OutboxKey) => `${kind} ${id}`;

/** Errors: UPLINK-TARGET-FULL, UPLINK-TARGET-READ-ONLY; UPLINK-TARGET-LOST for whatever else a stick may do. */
async function onTarget(file: string, bytes: Uint8Array): Promise<Result> {
  try {
    await writeWhole(file, bytes);
    return ok();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return fail('UPLINK-TARGET-FULL', code);
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
      return fail('UPLINK-TARGET-READ-ONLY', code);
    return fail('UPLINK-TARGET-LOST', code);
  }
}
