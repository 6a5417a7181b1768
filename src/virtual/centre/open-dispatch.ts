/** The centre's own reading of what a kiosk writes beside its packets: batch manifests, and rows in a sealed file. */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { z } from 'zod';
import type { TestCentreKeys } from './keys.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,127}$/);

const dispatch = z.looseObject({
  format: z.literal('anjungan dispatch'),
  version: z.literal(1),
  kiosk: z.string(),
  centre: z.string(),
  batch: z.int().min(1),
  files: z.array(z.object({ name, bytes: z.int(), sha256: digest })),
  items: z.array(z.object({ kind: z.string(), id: z.guid(), file: name, sha256: digest })),
});
export type Dispatch = z.infer<typeof dispatch>;

const rows = z.looseObject({
  kiosk: z.string(),
  rows: z.array(
    z.object({
      kind: z.string(),
      id: z.guid(),
      payload: z.record(z.string(), z.json()),
      createdAt: z.string(),
    }),
  ),
});
export type Row = z.infer<typeof rows>['rows'][number];

/** null: not signed by a kiosk that the centre knows, for another centre, or not of this form. */
export async function openDispatch(
  jws: Uint8Array,
  keys: TestCentreKeys,
  kiosks: ReadonlySet<string>,
): Promise<Dispatch | null> {
  const payload = await signedBy(jws, 'anjungan-dispatch', kiosks);
  const read = dispatch.safeParse(payload?.content).data;
  return read && read.kiosk === payload?.kiosk && read.centre === keys.id ? read : null;
}

/** The rows of a sealed file; null where it does not open or is not signed by that kiosk. */
export async function openRows(
  sealed: Uint8Array,
  keys: TestCentreKeys,
  kiosk: string,
): Promise<readonly Row[] | null> {
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
  const cut = (from: number, to?: number) => Uint8Array.from(sealed.subarray(from, to));
  try {
    const jws = await suite.open(
      { recipientKey: keys.opening, enc: cut(78, 110), info: new TextEncoder().encode('anjungan rows 1') },
      cut(110),
      cut(0, 78),
    );
    const payload = await signedBy(new Uint8Array(jws), 'anjungan-rows', new Set([kiosk]));
    return rows.safeParse(payload?.content).data?.rows ?? null;
  } catch {
    return null;
  }
}

/** What a kiosk signed for this purpose; the key in the header counts only where its id is known. */
async function signedBy(
  bytes: Uint8Array,
  type: string,
  kiosks: ReadonlySet<string>,
): Promise<{ readonly kiosk: string; readonly content: unknown } | null> {
  const jws = Buffer.from(bytes).toString('latin1');
  try {
    const { jwk, typ } = decodeProtectedHeader(jws);
    const kiosk = jwk && (await calculateJwkThumbprint(jwk));
    if (typ !== type || !kiosk || !kiosks.has(kiosk)) return null;
    const { payload } = await compactVerify(jws, await importJWK(jwk, 'EdDSA'), { algorithms: ['EdDSA'] });
    return { kiosk, content: JSON.parse(Buffer.from(payload).toString('utf8')) };
  } catch {
    return null;
  }
}
