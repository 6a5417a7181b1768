/** Names a public key: its JWK thumbprint (RFC 7638, SHA-256), 43 characters of base64url. */
import { calculateJwkThumbprint, type JWK } from 'jose';

export type KeyId = string & { readonly __brand: 'KeyId' };

/** The same for a public and a private key. */
export async function keyIdOf(jwk: JWK): Promise<KeyId> {
  return (await calculateJwkThumbprint(jwk, 'sha256')) as KeyId;
}
