/**
 * The keys of a test centre, made where there are none: two key pairs as JWK sets (RFC 7517), one file to tell kiosks,
 * one to keep. They are random, never shipped, and named for what they are.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

export interface TestCentreFiles {
  readonly publicFile: string;
  readonly privateFile: string;
}

export function testCentreFiles(folder: string): TestCentreFiles {
  return {
    publicFile: join(folder, 'test-centre.public.jwks.json'),
    privateFile: join(folder, 'test-centre.private.jwks.json'),
  };
}

/** Leaves keys that are there as they are. */
export async function makeTestCentreKeys(folder: string): Promise<TestCentreFiles> {
  const files = testCentreFiles(folder);
  await mkdir(folder, { recursive: true });
  const kept = await readFile(files.privateFile, 'utf8').catch(() => undefined);
  const keys: JWK[] = kept === undefined ? await newKeys() : JSON.parse(kept).keys;
  if (kept === undefined) await writeFile(files.privateFile, jwks(keys), { mode: 0o600, flag: 'wx' });
  // Again each time: the kiosk must never be told another key than the one that opens.
  await writeFile(files.publicFile, jwks(keys.map(({ d: _secret, ...told }) => told)));
  return files;
}

/** First the key that packets are sealed to, then the one that signs. */
async function newKeys(): Promise<JWK[]> {
  const sealing = await generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true });
  const signing = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return [
    { ...(await exportJWK(sealing.privateKey)), use: 'enc', kid: 'anjungan-test-centre-sealing' },
    { ...(await exportJWK(signing.privateKey)), use: 'sig', kid: 'anjungan-test-centre-signing' },
  ];
}

function jwks(keys: readonly JWK[]): string {
  return `${JSON.stringify({ keys }, null, 2)}\n`;
}

export interface TestCentreKeys {
  /** RFC 7638, base64url: how packets name the key they are sealed to. */
  readonly id: string;
  readonly opening: CryptoKey;
  readonly signing: CryptoKey;
}

export async function loadTestCentreKeys(folder: string): Promise<TestCentreKeys> {
  const { privateFile } = await makeTestCentreKeys(folder);
  const [sealing, signing]: JWK[] = JSON.parse(await readFile(privateFile, 'utf8')).keys;
  if (!sealing || !signing) throw new Error(`${privateFile} is no key file of a test centre`);
  return {
    id: await calculateJwkThumbprint(sealing),
    opening: await crypto.subtle.importKey('jwk', sealing as JsonWebKey, 'X25519', false, ['deriveBits']),
    signing: (await importJWK(signing, 'EdDSA')) as CryptoKey,
  };
}
