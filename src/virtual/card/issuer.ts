/** Whoever made a chip and a SAM: the keys that make them belong together. Test keys, known to everybody. */
import { createHash, createHmac, createPrivateKey, type KeyObject } from 'node:crypto';
import { deriveKeys, type KeyPair } from './triple-des.ts';

export type CardGeneration = 'old' | 'new';

export interface Issuer {
  readonly masterKeys: Readonly<Record<CardGeneration, Uint8Array>>;
  /** ECDSA P-256: signs what is on a chip; the SAM uses its public half. */
  readonly signingKey: KeyObject;
}

/** Published so that nobody takes it for a secret. */
const TEST_SIGNING_KEY = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: 'laODl9I5YUKy8dTy5Y1jwHk637I193H86t_zt8kiTKg',
    y: 'xmtj8EdZQ3C_WqIN_zuy5PdJqRh3LA4xnlCLibEfuYA',
    d: '4oDTfj_biMkzLOFDe1IlvBkBMJP4vbX2npD4bDFOEBo',
  },
});

/** A key, identifier or nonce of the bench: as many bytes as asked for (at most 32), from a name. */
export function named(name: string, length: number): Uint8Array {
  return createHash('sha256').update(`anjungan bench ${name}`).digest().subarray(0, length);
}

/** The issuer of the deck. */
export const TEST_ISSUER: Issuer = {
  masterKeys: { old: named('TEST_MASTER_KEY old', 32), new: named('TEST_MASTER_KEY new', 32) },
  signingKey: TEST_SIGNING_KEY,
};

/** Makes SAMs that look the same and open the same way, but belong to no chip of the deck. */
export const OTHER_TEST_ISSUER: Issuer = {
  masterKeys: { old: named('OTHER_TEST_MASTER_KEY old', 32), new: named('OTHER_TEST_MASTER_KEY new', 32) },
  signingKey: TEST_SIGNING_KEY,
};

/**
 * A chip's own keys, diversified by SHA-256 (as HMAC under the master key) over UID8 ‖ card control without its
 * last byte, the activation state, so that activation does not change them.
 */
export function cardKeys(
  issuer: Issuer,
  generation: CardGeneration,
  uid8: Uint8Array,
  cardControl: Uint8Array,
): KeyPair {
  const seed = createHmac('sha256', issuer.masterKeys[generation])
    .update(uid8)
    .update(cardControl.subarray(0, -1))
    .digest();
  return deriveKeys(seed);
}
