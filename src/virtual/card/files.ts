/** The files of a KTP-el (reference: ktp-el-card.md, "The chip"). */

export const DF_KTP = 0x7f0a;
export const EF = {
  cardControl: 0x6ff0,
  biodata: 0x6ff1,
  photo: 0x6ff2,
  signatureImage: 0x6ff3,
  minutiae1: 0x6ff4,
  minutiae2: 0x6ff5,
  digitalSignature: 0x6ff6,
} as const;

/** Readable without authentication; all else under secure messaging only. */
export const FREE_FILES: ReadonlySet<number> = new Set([EF.cardControl, EF.photo]);

/** Bytes of card control, without its length field. */
export const CARD_CONTROL_LENGTH = { old: 29, new: 51 } as const;
/** EF digital signature has no length field and always this size. */
export const SIGNATURE_LENGTH = 80;
/** ECDSA P-256, r ‖ s; the rest of the 80 bytes is zero. */
export const ECDSA_LENGTH = 64;

/** content behind its 2-byte big-endian length, as the files are stored. */
export function prefixed(content: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(content.length >> 8, content.length & 0xff), content]);
}
