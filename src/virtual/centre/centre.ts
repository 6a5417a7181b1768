/**
 * A centre that is not there: it takes what kiosks write into a folder, opens and checks it, and writes receipts,
 * statuses, rosters and shipments of virtual people into another. What it knows is kept in its own folder. For tests,
 * the demo and the bench; it knows the forms from docs/packet.md and nothing of the kiosk's program.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompactSign } from 'jose';
import { z } from 'zod';
import type { RecordStatus } from '../../rules/record-status.ts';
import { loadTestCentreKeys, type TestCentreKeys } from './keys.ts';
import { type Dispatch, openDispatch, openRows, type Row } from './open-dispatch.ts';
import { type OpenedPacket, openPacket } from './open-packet.ts';

export interface Invitation {
  readonly id: string;
  readonly nik: string;
  readonly name: string;
  /** YYYY-MM-DD, as all days here. */
  readonly birthDate: string;
  readonly village: string;
  readonly invitedOn: string;
  readonly state: string;
  readonly deliveredBy: string | null;
}

export interface Shipment {
  readonly id: string;
  readonly arrivedOn: string;
  readonly cards: readonly { readonly nik: string; readonly name: string; readonly village: string }[];
}

interface Receipt {
  readonly kind: string;
  readonly id: string;
  readonly sha256: string;
  readonly verdict: 'received' | 'refused';
  readonly reason?: string | undefined;
}

/** What a look into a kiosk's folder brought. */
export interface Collected {
  readonly packets: readonly OpenedPacket[];
  readonly rows: number;
  readonly refused: readonly { readonly file: string; readonly reason: string }[];
}

const memory = z.object({
  roster: z.int(),
  invitations: z.array(z.custom<Invitation>()),
  shipments: z.array(z.custom<Shipment>()),
  kiosks: z.record(
    z.string(),
    z.object({
      /** Numbers of the batches that came. */
      batches: z.array(z.int()),
      receipts: z.array(z.custom<Receipt>()),
      statuses: z.array(z.custom<{ nik: string; status: RecordStatus; since: string }>()),
    }),
  ),
});
type Memory = z.infer<typeof memory>;

export class VirtualCentre {
  readonly #folder: string;
  readonly #keys: TestCentreKeys;
  readonly #memory: Memory;

  private constructor(folder: string, keys: TestCentreKeys, known: Memory) {
    this.#folder = folder;
    this.#keys = keys;
    this.#memory = known;
  }

  /** @param folder of its own keys and memory; made where it is not there */
  static async open(folder: string): Promise<VirtualCentre> {
    await mkdir(folder, { recursive: true });
    const keys = await loadTestCentreKeys(folder);
    const text = await readFile(join(folder, MEMORY), 'utf8').catch(() => undefined);
    const known = text === undefined ? NOTHING : memory.parse(JSON.parse(text));
    return new VirtualCentre(folder, keys, structuredClone(known));
  }

  /** @param kiosk id of its key (RFC 7638, base64url): from now on its signatures count */
  async enrol(kiosk: string): Promise<void> {
    this.#memory.kiosks[kiosk] ??= { batches: [], receipts: [], statuses: [] };
    await this.#remember();
  }

  /** Numbers between the first and the last batch of a kiosk that never came: a stick was lost. */
  missingBatches(kiosk: string): number[] {
    const { batches } = this.#kiosk(kiosk);
    const all = Array.from({ length: Math.max(0, ...batches) }, (_, n) => n + 1);
    return all.filter((number) => !batches.includes(number));
  }

  async invite(invitations: readonly Invitation[]): Promise<void> {
    this.#memory.roster += 1;
    this.#memory.invitations = [...invitations];
    await this.#remember();
  }

  async ship(shipment: Shipment): Promise<void> {
    this.#memory.shipments.push(shipment);
    await this.#remember();
  }

  async report(kiosk: string, nik: string, status: RecordStatus, since: string): Promise<void> {
    const known = this.#kiosk(kiosk);
    known.statuses = [...known.statuses.filter((one) => one.nik !== nik), { nik, status, since }];
    await this.#remember();
  }

  /**
   * Takes every whole batch of a folder and removes its files; what no manifest names stays where it is.
   * @param day YYYY-MM-DD, of what comes in now
   */
  async collect(outbox: string, day: string): Promise<Collected> {
    const packets: OpenedPacket[] = [];
    const refused: { file: string; reason: string }[] = [];
    let rows = 0;
    for (const name of (await readdir(outbox)).filter((file) => /^dispatch-.*\.jws$/.test(file)).sort()) {
      const kiosks = new Set(Object.keys(this.#memory.kiosks));
      const dispatch = await openDispatch(await readFile(join(outbox, name)), this.#keys, kiosks);
      const files = dispatch && (await filesOf(outbox, dispatch));
      if (!files) {
        refused.push({
          file: name,
          reason: dispatch ? 'a file is missing or differs' : 'no manifest of a kiosk',
        });
        continue;
      }
      const sealedRows = await this.#rowsOf(dispatch, files);
      for (const item of dispatch.items) {
        const { kind, id, file, sha256 } = item;
        const { packet, reason } =
          kind === 'packet'
            ? await this.#takePacket(files.get(file), id, dispatch.kiosk)
            : takeRow(sealedRows.get(file), item);
        if (reason) refused.push({ file, reason });
        else if (packet) packets.push(packet);
        else rows += 1;
        this.#receive(dispatch.kiosk, { kind, id, sha256, verdict: reason ? 'refused' : 'received', reason });
        if (packet) await this.report(dispatch.kiosk, packet.nik, 'RECEIVED_AT_CENTRAL', day);
      }
      this.#kiosk(dispatch.kiosk).batches.push(dispatch.batch);
      await this.#remember();
      for (const file of [...files.keys(), name]) await rm(join(outbox, file));
    }
    return { packets, rows, refused };
  }

  /** Writes all that this kiosk is to know, signed; what lay there before is replaced. */
  async answer(inbox: string, kiosk: string): Promise<void> {
    const { receipts, statuses } = this.#kiosk(kiosk);
    const { roster, invitations, shipments } = this.#memory;
    const documents = {
      ...(roster > 0 && { roster: { kiosk, number: roster, invitations } }),
      shipments: { kiosk, shipments },
      receipts: { kiosk, receipts },
      statuses: { kiosk, statuses },
    };
    const listed: { name: string; bytes: number; sha256: string }[] = [];
    for (const [name, content] of Object.entries(documents)) {
      const bytes = Buffer.from(await this.#sign(`anjungan-${name}`, content));
      const file = `${name}.jws`;
      await replace(join(inbox, file), bytes);
      listed.push({ name: file, bytes: bytes.length, sha256: sha256Of(bytes) });
    }
    await replace(join(inbox, 'manifest.json'), Buffer.from(JSON.stringify({ files: listed })));
  }

  async #takePacket(bytes: Buffer | undefined, id: string, kiosk: string): Promise<Taken> {
    if (!bytes) return { reason: 'not-there' };
    const opened = await openPacket(bytes, this.#keys, new Set([kiosk]));
    if ('refused' in opened) return { reason: opened.refused };
    return opened.packet === id ? { packet: opened } : { reason: 'another-packet' };
  }

  /** By file, each opened once, however many rows are in it; what does not open has none. */
  async #rowsOf(
    { items, kiosk }: Dispatch,
    files: ReadonlyMap<string, Buffer>,
  ): Promise<ReadonlyMap<string, readonly Row[]>> {
    const opened = new Map<string, readonly Row[]>();
    for (const name of new Set(items.filter(({ kind }) => kind !== 'packet').map(({ file }) => file))) {
      const bytes = files.get(name);
      opened.set(name, (bytes && (await openRows(bytes, this.#keys, kiosk))) ?? []);
    }
    return opened;
  }

  /** The same again is one receipt; what was received stays so. */
  #receive(kiosk: string, receipt: Receipt): void {
    const known = this.#kiosk(kiosk);
    const before = known.receipts.find(({ kind, id }) => kind === receipt.kind && id === receipt.id);
    if (before?.verdict === 'received') return;
    known.receipts = [...known.receipts.filter((one) => one !== before), receipt];
  }

  #kiosk(id: string) {
    const known = this.#memory.kiosks[id];
    if (!known) throw new Error(`the centre knows no kiosk ${id}`);
    return known;
  }

  async #remember(): Promise<void> {
    await replace(join(this.#folder, MEMORY), Buffer.from(JSON.stringify(this.#memory)));
  }

  #sign(typ: string, content: object): Promise<string> {
    const payload = Buffer.from(JSON.stringify(content));
    return new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA', typ }).sign(this.#keys.signing);
  }
}

const MEMORY = 'test-centre.memory.json';
const NOTHING: Memory = { roster: 0, invitations: [], shipments: [], kiosks: {} };

/** What came of an item: why it is refused, or the packet that it is. */
interface Taken {
  readonly packet?: OpenedPacket;
  readonly reason?: string;
}

function takeRow(rows: readonly Row[] = [], { kind, id, sha256 }: Dispatch['items'][number]): Taken {
  const row = rows.find((one) => one.kind === kind && one.id === id);
  if (!row) return { reason: 'not-there' };
  const told = sha256Of(Buffer.from(canonical({ kind, id, payload: row.payload })));
  return told === sha256 ? {} : { reason: 'differs' };
}

/** undefined: a file is not there, or not the one that the manifest tells. */
async function filesOf(folder: string, { files }: Dispatch): Promise<Map<string, Buffer> | undefined> {
  const found = new Map<string, Buffer>();
  for (const { name, bytes, sha256 } of files) {
    const content = await readFile(join(folder, name)).catch(() => undefined);
    if (content?.length !== bytes || sha256Of(content) !== sha256) return undefined;
    found.set(name, content);
  }
  return found;
}

async function replace(file: string, bytes: Uint8Array): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, bytes);
  await rename(draft, file);
}

/** RFC 8785, for what JSON.parse gives: members in the order of their UTF-16 code units. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`);
  return `{${members.join(',')}}`;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
