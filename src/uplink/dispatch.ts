/**
 * What one batch writes for the centre: each packet as a file of its own, all other rows together in one sealed file,
 * and at last a manifest, signed and numbered, that names them. Without its manifest a file does not count, so that a
 * stick may be pulled at any moment. docs/packet.md tells the forms.
 */
import { ok, type Result } from '../failures/failure.ts';
import type { CentreKey } from '../packet/centre-key.ts';
import { sha256Of, sha256OfJson } from '../packet/content.ts';
import type { KioskKey } from '../packet/kiosk-key.ts';
import { seal } from '../packet/sealing.ts';
import type { Shelf } from '../packet/shelf.ts';
import { canonicalJson, type Json } from '../store/canonical-json.ts';
import type { OutboxKey, OutboxRow } from '../store/outbox.ts';

export interface Batch {
  readonly number: number;
  /** When it was begun, ISO 8601: asked again, the batch is the same. */
  readonly at: string;
  readonly rows: readonly OutboxRow[];
}

export interface WrittenBatch {
  readonly written: readonly OutboxKey[];
  /** Packets that are in the outbox and not on the disk. */
  readonly missing: readonly OutboxKey[];
}

interface Item extends OutboxKey {
  readonly file: string;
  /** What the receipt must name, too. */
  readonly sha256: string;
}

interface NamedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface DispatchParts {
  readonly kiosk: KioskKey;
  readonly centre: CentreKey;
  readonly shelf: Shelf;
  /** On disk when it answers. */
  readonly write: (name: string, bytes: Uint8Array) => Promise<Result>;
}

/** Errors: whatever `write` or the shelf fails with; nothing counts then. */
export async function writeBatch(parts: DispatchParts, batch: Batch): Promise<Result<WrittenBatch>> {
  const files: NamedFile[] = [];
  const items: Item[] = [];
  const missing: OutboxKey[] = [];

  /** The file's hash. */
  const write = async (name: string, bytes: Uint8Array): Promise<Result<string>> => {
    const sha256 = sha256Of(bytes);
    files.push({ name, bytes: bytes.length, sha256 });
    const done = await parts.write(name, bytes);
    return done.ok ? ok(sha256) : done;
  };

  const packets = batch.rows.filter(({ kind }) => kind === 'packet');
  for (const { kind, id } of packets) {
    const packet = await parts.shelf.get(id);
    if (!packet.ok) return packet;
    if (packet.value === null) {
      missing.push({ kind, id });
      continue;
    }
    const file = `${id}.packet`;
    const done = await write(file, packet.value);
    if (!done.ok) return done;
    items.push({ kind, id, file, sha256: done.value });
  }

  const others = batch.rows.filter(({ kind }) => kind !== 'packet');
  if (others.length > 0) {
    const file = fileName(parts, 'rows', batch.number, 'sealed');
    const done = await write(file, await sealedRows(parts, others));
    if (!done.ok) return done;
    for (const row of others) items.push({ kind: row.kind, id: row.id, file, sha256: rowSha256(row) });
  }

  const done = await parts.write(
    fileName(parts, 'dispatch', batch.number, 'jws'),
    Buffer.from(await signedManifest(parts, batch, files, items)),
  );
  return done.ok ? ok({ written: items.map(({ kind, id }) => ({ kind, id })), missing }) : done;
}

/** What a receipt must name: of a packet the file's hash, of any other row that of its canonical JSON. */
export function rowSha256({ kind, id, payload }: OutboxRow): string {
  if (kind === 'packet') return (payload as { readonly sha256: string }).sha256;
  return sha256OfJson({ kind, id, payload });
}

async function sealedRows({ kiosk, centre }: DispatchParts, rows: readonly OutboxRow[]): Promise<Uint8Array> {
  const told = rows.map(({ kind, id, payload, createdAt }) => ({ kind, id, payload, createdAt }));
  const jws = await kiosk.sign('anjungan-rows', json({ kiosk: kiosk.id, rows: told }));
  return seal(Buffer.from(jws), { kiosk: kiosk.id, centre: centre.id }, centre.sealing, 'rows');
}

function signedManifest(
  { kiosk, centre }: DispatchParts,
  { number, at }: Batch,
  files: readonly NamedFile[],
  items: readonly Item[],
): Promise<string> {
  const manifest = {
    format: 'anjungan dispatch',
    version: 1,
    kiosk: kiosk.id,
    centre: centre.id,
    batch: number,
    at,
    files,
    items,
  };
  return kiosk.sign('anjungan-dispatch', json(manifest));
}

/** Several kiosks may write into one folder. */
function fileName({ kiosk }: DispatchParts, what: string, batch: number, ending: string): string {
  const ours = Buffer.from(kiosk.id, 'base64url').toString('hex', 0, 8);
  return `${what}-${ours}-${String(batch).padStart(6, '0')}.${ending}`;
}

function json(value: object): Buffer {
  return Buffer.from(canonicalJson(value as Json));
}
