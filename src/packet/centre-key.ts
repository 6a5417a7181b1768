/**
 * The centre's public keys, as the configuration names them: a JWK set (RFC 7517) with one X25519 key, to which packets
 * are sealed, and one Ed25519 key, with which the centre signs what it sends.
 */
import { readFile } from 'node:fs/promises';
import { importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type KeyId, keyIdOf } from './key-id.ts';

const okp = <C extends string>(crv: C) =>
  z.looseObject({
    kty: z.literal('OKP'),
    crv: z.literal(crv),
    x: z.string().length(43),
    d: z.string().length(43).optional(),
  });
const set = z.looseObject({
  keys: z.array(z.discriminatedUnion('crv', [okp('X25519'), okp('Ed25519')])).length(2),
});

export interface CentreKey {
  /** Of the key that packets are sealed to. */
  readonly id: KeyId;
  readonly sealing: CryptoKey;
  readonly signing: { readonly id: KeyId; readonly key: CryptoKey };
}

/** Errors: CENTRE-KEY-UNREADABLE, CENTRE-KEY-INVALID. */
export async function readCentreKey(file: string): Promise<Result<CentreKey>> {
  const keys = await readSet(file);
  if (!keys.ok) return keys;
  const { sealing, signing } = keys.value;
  if (sealing.d !== undefined || signing.d !== undefined)
    return fail('CENTRE-KEY-INVALID', 'a private key, which no kiosk may have');
  try {
    return ok({
      id: await keyIdOf(sealing),
      sealing: await crypto.subtle.importKey('jwk', sealing as JsonWebKey, 'X25519', true, []),
      signing: {
        id: await keyIdOf(signing),
        key: (await importJWK(signing, 'EdDSA')) as CryptoKey,
      },
    });
  } catch {
    return fail('CENTRE-KEY-INVALID', 'no point of its curve');
  }
}

/** What opens a packet: the private key of the bench's test centre, or of whoever may. */
export interface OpeningKey {
  readonly id: KeyId;
  readonly key: CryptoKey;
}

/** Errors: CENTRE-KEY-UNREADABLE, CENTRE-KEY-INVALID. */
export async function readOpeningKey(file: string): Promise<Result<OpeningKey>> {
  const keys = await readSet(file);
  if (!keys.ok) return keys;
  const { sealing } = keys.value;
  if (sealing.d === undefined) return fail('CENTRE-KEY-INVALID', 'a public key opens nothing');
  try {
    return ok({
      id: await keyIdOf(sealing),
      key: await crypto.subtle.importKey('jwk', sealing as JsonWebKey, 'X25519', false, ['deriveBits']),
    });
  } catch {
    return fail('CENTRE-KEY-INVALID', 'its two halves do not belong together');
  }
}

async function readSet(file: string): Promise<Result<{ readonly sealing: JWK; readonly signing: JWK }>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return fail('CENTRE-KEY-UNREADABLE', (error as NodeJS.ErrnoException).code);
  }
  const invalid = fail('CENTRE-KEY-INVALID', 'no JWK set of one X25519 and one Ed25519 key');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return invalid;
  }
  const found = set.safeParse(json).data?.keys;
  const sealing = found?.find(({ crv }) => crv === 'X25519');
  const signing = found?.find(({ crv }) => crv === 'Ed25519');
  return sealing && signing ? ok({ sealing: sealing as JWK, signing: signing as JWK }) : invalid;
}
