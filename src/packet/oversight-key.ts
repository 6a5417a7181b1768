/**
 * The public key of whoever looks into fees that were asked for: an inspectorate, never an office that this kiosk serves.
 * Nobody here holds its other half, so that no role of the kiosk, and no thief of it, reads a report.
 */
import { readFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type KeyId, keyIdOf } from './key-id.ts';

const set = z.looseObject({
  keys: z.tuple([
    z.looseObject({ kty: z.literal('OKP'), crv: z.literal('X25519'), x: z.string().length(43) }),
  ]),
});

export interface OversightKey {
  readonly id: KeyId;
  readonly sealing: CryptoKey;
}

/**
 * @param file a JWK set (RFC 7517) of one X25519 key
 * @returns OVERSIGHT-KEY-INVALID also for a file that cannot be read, and for a private key
 */
export async function readOversightKey(file: string): Promise<Result<OversightKey>> {
  try {
    const [jwk] = set.parse(JSON.parse(await readFile(file, 'utf8'))).keys;
    if ('d' in jwk) return fail('OVERSIGHT-KEY-INVALID', 'a private key, which no kiosk may have');
    return ok({
      id: await keyIdOf(jwk as JWK),
      sealing: await crypto.subtle.importKey('jwk', jwk as JsonWebKey, 'X25519', true, []),
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return fail('OVERSIGHT-KEY-INVALID', code ?? 'no JWK set of one X25519 key');
  }
}
