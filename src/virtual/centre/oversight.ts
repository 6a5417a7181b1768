/**
 * The oversight of a bench: whoever looks into fees that were asked for. Its key is random, made where there is none, and
 * named for what it is; it reads reports from docs/packet.md and knows nothing of the kiosk's program.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';

const filesIn = (folder: string) => ({
  publicFile: join(folder, 'test-oversight.public.jwks.json'),
  privateFile: join(folder, 'test-oversight.private.jwks.json'),
});

/** Leaves a key that is there as it is. */
export async function makeTestOversightKey(folder: string): Promise<ReturnType<typeof filesIn>> {
  const files = filesIn(folder);
  await mkdir(folder, { recursive: true });
  const kept = await readFile(files.privateFile, 'utf8').catch(() => undefined);
  const key: JWK = kept === undefined ? await newKey() : JSON.parse(kept).keys[0];
  if (kept === undefined) await writeFile(files.privateFile, jwks(key), { mode: 0o600, flag: 'wx' });
  const { d: _secret, ...told } = key;
  await writeFile(files.publicFile, jwks(told));
  return files;
}

const report = z.strictObject({
  format: z.literal('anjungan fee report'),
  version: z.literal(1),
  stage: z.string(),
  amount: z.string().nullable(),
  asker: z.string().nullable(),
  words: z.string(),
});

/** null: sealed to another key, altered, or not of this form. */
export async function openFeeReport(sealed: Uint8Array, folder: string) {
  const { privateFile } = filesIn(folder);
  const [jwk] = JSON.parse(await readFile(privateFile, 'utf8')).keys;
  const recipientKey = await crypto.subtle.importKey('jwk', jwk, 'X25519', false, ['deriveBits']);
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
  const cut = (from: number, to?: number) => Uint8Array.from(sealed.subarray(from, to));
  const info = new TextEncoder().encode('anjungan fee report 1');
  try {
    const text = await suite.open({ recipientKey, enc: cut(78, 110), info }, cut(110), cut(0, 78));
    return report.parse(JSON.parse(Buffer.from(text).toString('utf8')));
  } catch {
    return null;
  }
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true });
  return { ...(await exportJWK(privateKey)), use: 'enc', kid: 'anjungan-test-oversight' };
}

function jwks(key: JWK): string {
  return `${JSON.stringify({ keys: [key] }, null, 2)}\n`;
}
