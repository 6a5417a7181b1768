/**
 * The centre's own reading of a packet, after docs/packet.md and the standards named there. It shares no line with the
 * room that makes packets, so that one mistake cannot cancel another.
 */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { calculateJwkThumbprint, decodeProtectedHeader, flattenedVerify, importJWK } from 'jose';
import { fromBufferPromise } from 'yauzl';
import { z } from 'zod';
import type { Bir } from '../../biometrics/records/cbeff.ts';
import { decodeBirs } from '../../biometrics/records/cbeff-read.ts';
import type { TestCentreKeys } from './keys.ts';

/** What the centre answers to a packet that it does not take, in a receipt. */
export type Refusal =
  | 'not-a-packet'
  | 'incomplete'
  | 'other-centre'
  | 'unknown-kiosk'
  | 'altered'
  | 'signature'
  | 'content';

export interface OpenedPacket {
  readonly packet: string;
  readonly session: string;
  readonly kiosk: string;
  readonly nik: string;
  readonly manifest: PacketManifest;
  readonly biodata: Readonly<Record<string, string>>;
  readonly records: readonly Bir[];
}

class Refused extends Error {
  readonly why: Refusal;
  constructor(why: Refusal, detail: string) {
    super(detail);
    this.why = why;
  }
}

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const manifestSchema = z.looseObject({
  format: z.literal('anjungan packet'),
  version: z.literal(1),
  packet: z.guid(),
  session: z.guid(),
  kiosk: z.string(),
  centre: z.string(),
  training: z.literal(false),
  policy: digest,
  files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: digest })),
  samples: z.array(z.looseObject({ sample: z.guid(), kind: z.string(), file: z.string(), sha256: digest })),
  exceptions: z.array(
    z.looseObject({
      recorded: z.object({ by: z.string(), at: z.string() }),
      settled: z.object({ by: z.string(), at: z.string(), approved: z.boolean() }),
    }),
  ),
  proof: z.object({
    session: z.guid(),
    samples: z.array(z.looseObject({ sample: z.guid(), sha256: digest })),
  }),
});
export type PacketManifest = z.infer<typeof manifestSchema>;

const biodataSchema = z.looseObject({
  nik: z.string().regex(/^\d{16}$/),
  biodata: z.record(z.string(), z.string()),
});

const auditEntry = z.looseObject({
  seq: z.int(),
  previous: digest,
  hash: digest,
});

/**
 * @param kiosks ids (RFC 7638) of the kiosks that the centre knows
 * @returns the packet, or why it is refused
 */
export async function openPacket(
  bytes: Uint8Array,
  keys: TestCentreKeys,
  kiosks: ReadonlySet<string>,
): Promise<OpenedPacket | { readonly refused: Refusal; readonly detail: string }> {
  try {
    return await open(Buffer.from(bytes), keys, kiosks);
  } catch (error) {
    if (error instanceof Refused) return { refused: error.why, detail: error.message };
    throw error;
  }
}

async function open(bytes: Buffer, keys: TestCentreKeys, kiosks: ReadonlySet<string>): Promise<OpenedPacket> {
  const outside = readOutside(bytes);
  if (outside.centre !== keys.id) throw new Refused('other-centre', outside.centre);
  const zip = await decrypt(bytes, keys);
  if (!kiosks.has(outside.kiosk)) throw new Refused('unknown-kiosk', outside.kiosk);
  const files = await unzip(zip);
  const manifest = await readManifest(files, outside.kiosk);
  if (manifest.kiosk !== outside.kiosk || manifest.centre !== outside.centre)
    throw new Refused('content', 'the manifest names others than the outside');
  checkFiles(files, manifest);
  const { nik, biodata } = json(biodataSchema, files.get('biodata.json'), 'biodata.json');
  if (biodata.nik !== nik) throw new Refused('content', 'two NIK');
  const records = readRecords(files, manifest);
  checkAudit(files.get('audit.jsonl'));
  checkPeople(manifest);
  return {
    packet: manifest.packet,
    session: manifest.session,
    kiosk: manifest.kiosk,
    nik,
    manifest,
    biodata,
    records,
  };
}

/** Bytes 0–109 are in clear: "ANJUNGAN", u16 version, two ids of 32 bytes, u32 length, 32 bytes of key. */
function readOutside(bytes: Buffer): { kiosk: string; centre: string } {
  if (bytes.toString('latin1', 0, 8) !== 'ANJUNGAN') throw new Refused('not-a-packet', 'no magic');
  if (bytes.length < 126) throw new Refused('incomplete', `${bytes.length} bytes`);
  if (bytes.readUInt16BE(8) !== 1) throw new Refused('not-a-packet', 'another version');
  const length = 110 + bytes.readUInt32BE(74);
  if (bytes.length < length) throw new Refused('incomplete', `${bytes.length} of ${length} bytes`);
  if (bytes.length > length) throw new Refused('altered', 'bytes after the end');
  return { kiosk: bytes.toString('base64url', 10, 42), centre: bytes.toString('base64url', 42, 74) };
}

async function decrypt(bytes: Buffer, keys: TestCentreKeys): Promise<Buffer> {
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
  // Copies, each with a buffer of its own: the library takes whole ArrayBuffers.
  const cut = (from: number, to?: number) => Uint8Array.from(bytes.subarray(from, to));
  try {
    const opened = await suite.open(
      { recipientKey: keys.opening, enc: cut(78, 110), info: new TextEncoder().encode('anjungan packet 1') },
      cut(110),
      cut(0, 78),
    );
    return Buffer.from(opened);
  } catch {
    throw new Refused('altered', 'it does not open');
  }
}

const MOST_BYTES = 2 ** 26;

async function unzip(zip: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let left = MOST_BYTES;
  try {
    const archive = await fromBufferPromise(zip, { lazyEntries: true });
    for await (const entry of archive.eachEntry()) {
      left -= entry.uncompressedSize;
      if (left < 0 || files.size === 64 || files.has(entry.fileName)) throw new Error('not ours');
      files.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)));
    }
  } catch (error) {
    throw new Refused('content', `zip: ${(error as Error).message}`);
  }
  return files;
}

/** A detached JWS (RFC 7515, appendix F) over the bytes of manifest.json, by the key whose id stands outside. */
async function readManifest(files: Map<string, Buffer>, kiosk: string): Promise<PacketManifest> {
  const manifest = files.get('manifest.json');
  const jws = files.get('manifest.jws')?.toString('latin1');
  const [header, , signature] = jws?.split('.') ?? [];
  if (!manifest || !header || !signature) throw new Refused('signature', 'no signed manifest');
  try {
    const { jwk, typ } = decodeProtectedHeader(jws ?? '');
    if (!jwk || typ !== 'anjungan-packet' || (await calculateJwkThumbprint(jwk)) !== kiosk)
      throw new Error('another key than the outside names');
    const detached = { protected: header, payload: manifest.toString('base64url'), signature };
    await flattenedVerify(detached, await importJWK(jwk, 'EdDSA'), { algorithms: ['EdDSA'] });
  } catch (error) {
    throw new Refused('signature', (error as Error).message);
  }
  return json(manifestSchema, manifest, 'manifest.json');
}

function checkFiles(files: Map<string, Buffer>, { files: told }: PacketManifest): void {
  const names = [...told.map(({ name }) => name), 'manifest.json', 'manifest.jws'];
  if (new Set(names).size !== names.length || names.length !== files.size)
    throw new Refused('content', 'other files than the manifest tells');
  for (const { name, bytes, sha256 } of told) {
    const found = files.get(name);
    if (found?.length !== bytes || sha256Of(found) !== sha256)
      throw new Refused('content', `${name} differs`);
  }
}

/** Each sample is where the manifest says, with the hash that it and the proof tell. */
function readRecords(
  files: Map<string, Buffer>,
  { samples, proof, session }: PacketManifest,
): readonly Bir[] {
  const xml = files.get('biometrics.xml');
  const birs = decodeBirs(xml?.toString('utf8') ?? '');
  if (!birs.ok) throw new Refused('content', `biometrics.xml: ${birs.failure.detail}`);
  const records = new Map(birs.value.map((bir) => [bir.index, bir.data]));
  const proved = new Map(proof.samples.map(({ sample, sha256 }) => [sample, sha256]));
  for (const { sample, file, sha256 } of samples) {
    const bytes = file === 'biometrics.xml' ? records.get(sample) : files.get(file);
    if (!bytes || sha256Of(bytes) !== sha256) throw new Refused('content', `sample ${sample} differs`);
    if (proved.get(sample) !== sha256) throw new Refused('content', `sample ${sample} was not proved`);
  }
  const known = new Set(samples.map(({ sample }) => sample));
  if (
    proof.session !== session ||
    proved.size !== known.size ||
    [...records.keys()].some((id) => !known.has(id))
  )
    throw new Refused('content', 'samples that the manifest does not tell');
  return birs.value;
}

/** Each entry's hash is SHA-256 over its line without the hash; entries of other sessions lie between them. */
function checkAudit(lines: Buffer | undefined): void {
  let last = 0;
  for (const line of (lines?.toString('utf8') ?? '').split('\n').filter((text) => text !== '')) {
    const { seq, hash } = json(auditEntry, Buffer.from(line), 'audit.jsonl');
    if (seq <= last) throw new Refused('content', 'audit entries out of order');
    // The lines are canonical JSON: taking the member out leaves the text that was hashed.
    const hashed = line.replace(`"hash":"${hash}",`, '');
    if (sha256Of(Buffer.from(hashed)) !== hash)
      throw new Refused('content', `audit entry ${seq} was altered`);
    last = seq;
  }
}

/** Nobody approves an exception that is their own. */
function checkPeople({ exceptions }: PacketManifest): void {
  if (exceptions.some(({ recorded, settled }) => recorded.by === settled.by))
    throw new Refused('content', 'an exception approved by who recorded it');
}

function json<S extends z.ZodType>(schema: S, bytes: Buffer | undefined, name: string): z.infer<S> {
  try {
    return schema.parse(JSON.parse(bytes?.toString('utf8') ?? ''));
  } catch {
    throw new Refused('content', `${name} is not as agreed`);
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
