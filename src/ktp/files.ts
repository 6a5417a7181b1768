/** The files of the chip (ktp-el-card.md, “The chip”), and in which READs one of them is fetched. */
import { fail, ok, type Result } from '../failures/failure.ts';

export const FILE = {
  cardControl: 0x6ff0,
  biodata: 0x6ff1,
  photo: 0x6ff2,
  signatureImage: 0x6ff3,
  minutiae1: 0x6ff4,
  minutiae2: 0x6ff5,
  digitalSignature: 0x6ff6,
} as const;
export type FileId = (typeof FILE)[keyof typeof FILE];

export const fileName = (file: FileId): string => file.toString(16).toUpperCase();

/** Bytes of file 6FF6, which has no length prefix. */
export const SIGNATURE_LENGTH = 80;

/** Every other file begins with a READ of eight bytes: its 2-byte big-endian length and six of its content. */
export const FIRST_READ = 8;
export const PREFIX = 2;
/**
 * READ BINARY reaches no further (15 bits of offset, ISO/IEC 7816-4). The chips of today hold 8 KB in all; a length that
 * lies below this bound is found out by the card's own answers.
 */
const MOST_ADDRESSABLE = 0x8000;

/**
 * Bytes of the file with its prefix, from what its first READ returned. KTP-LENGTH-INVALID: nothing beyond that
 * first READ (no file of a KTP-el is so short), or more than READ BINARY can reach.
 */
export function fileSize(file: FileId, first: Uint8Array): Result<number> {
  const length = first[0]! * 256 + first[1]!;
  const size = PREFIX + length;
  if (size <= FIRST_READ || size > MOST_ADDRESSABLE)
    return fail('KTP-LENGTH-INVALID', `${fileName(file)} says ${length} bytes`);
  return ok(size);
}

/** One READ after the first. */
export interface Block {
  readonly offset: number;
  /** Bytes of the file that are still missing and begin here. */
  readonly needed: number;
  /** Bytes to ask for: more than `needed` only where a last block is rounded up. */
  readonly asked: number;
  readonly last: boolean;
}

/**
 * The READs that fetch the rest of a file of `size` bytes, `chunk` bytes each; the last is rounded up to a
 * multiple of `roundTo`. At least one for any size that `fileSize` lets through.
 */
export function blocksAfterFirst(size: number, chunk: number, roundTo: number): Block[] {
  const blocks: Block[] = [];
  for (let offset = FIRST_READ; offset < size; offset += chunk) {
    const needed = Math.min(chunk, size - offset);
    const last = offset + needed === size;
    blocks.push({ offset, needed, asked: last ? Math.ceil(needed / roundTo) * roundTo : needed, last });
  }
  return blocks;
}
