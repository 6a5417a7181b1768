/**
 * The key with which this kiosk signs what goes to the centre: Ed25519, its seed kept like the store's keys. The centre
 * knows a kiosk by its key's id (RFC 7638), so that enrolling one is telling the centre 43 characters.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { CompactSign, compactVerify, decodeProtectedHeader, EmbeddedJWK, type JWK } from 'jose';
import { fail, ok, type Result } from '../failures/failure.ts';
import { loadKey } from '../store/keys.ts';
import type { KeySource } from '../store/settings.ts';
import { guarded } from '../store/storage-failure.ts';
import { type KeyId, keyIdOf } from './key-id.ts';

/** What a signature is for; one made for another thing does not pass for it. */
export type SignedType = 'anjungan-packet' | 'anjungan-dispatch' | 'anjungan-rows';

export interface KioskKey {
  readonly id: KeyId;
  /** Compact JWS (RFC 7515, EdDSA of RFC 8037) with the public key in its header. */
  sign(type: SignedType, payload: Uint8Array): Promise<string>;
}

/**
 * A kiosk whose key was lost signs with a new one, which the centre does not know until it is told.
 * @param mayGenerate one where there is none
 * @returns STORE-KEY-…, STORE-READ-ONLY, STORE-FULL, STORE-IO
 */
export async function openKioskKey(source: KeySource, mayGenerate: boolean): Promise<Result<KioskKey>> {
  const seed = guarded(() => loadKey(source, mayGenerate));
  return seed.ok ? ok(await kioskKey(seed.value)) : seed;
}

/** @param seed 32 bytes, the Ed25519 private key */
export async function kioskKey(seed: Uint8Array): Promise<KioskKey> {
  // The seed as Node reads it: PKCS #8 with the algorithm of RFC 8410 section 7.
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const { kty, crv, x } = createPublicKey(privateKey).export({ format: 'jwk' }) as JWK;
  const jwk = { kty, crv, x } as JWK;
  const id = await keyIdOf(jwk);
  return {
    id,
    sign: (typ, payload) =>
      new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA', typ, kid: id, jwk }).sign(privateKey),
  };
}

/**
 * Whether a kiosk's signature is good, and that it is of the kiosk that `id` names: the key in its header counts only
 * because it has that id.
 * @returns the payload; PACKET-SIGNATURE-INVALID
 */
export async function verifyKiosk(jws: string, type: SignedType, id: KeyId): Promise<Result<Uint8Array>> {
  try {
    const { typ, jwk } = decodeProtectedHeader(jws);
    if (typ !== type) return fail('PACKET-SIGNATURE-INVALID', 'signed for something else');
    if (jwk === undefined || (await keyIdOf(jwk)) !== id)
      return fail('PACKET-SIGNATURE-INVALID', 'not by the key that is named');
    const { payload } = await compactVerify(jws, EmbeddedJWK, { algorithms: ['EdDSA'] });
    return ok(payload);
  } catch {
    return fail('PACKET-SIGNATURE-INVALID', 'the signature does not hold');
  }
}
