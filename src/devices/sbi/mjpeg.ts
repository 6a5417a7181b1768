/** Motion JPEG over HTTP: pictures as the parts of a `multipart/x-mixed-replace` answer (RFC 2046, section 5.1). */

/** Of a preview; a longer one is passed over. */
export const LONGEST_PICTURE = 2 * 1_024 * 1_024;
const LONGEST_HEAD = 1_024;
const HEAD_END = Buffer.from('\r\n\r\n');

/** @returns undefined: another type of content */
export function boundaryOf(contentType: string): string | undefined {
  if (!/^multipart\/x-mixed-replace\b/i.test(contentType)) return undefined;
  return /;\s*boundary="?([^\s";]{1,70})"?/i.exec(contentType)?.[1];
}

/**
 * Finds pictures in what a connection brings, however it is cut and spoilt. It holds at most one picture. A part that
 * is no whole JPEG of the told length is passed over, and what was taken for it searched for the next part.
 */
export class MjpegParser {
  readonly #delimiter: Buffer;
  #held: Buffer = Buffer.alloc(0);

  /** @param boundary with or without its two leading hyphens: cameras differ in whether they announce them */
  constructor(boundary: string) {
    this.#delimiter = Buffer.from(boundary.startsWith('--') ? boundary : `--${boundary}`, 'latin1');
  }

  push(bytes: Uint8Array): Uint8Array[] {
    this.#held = Buffer.concat([this.#held, bytes]);
    const pictures: Uint8Array[] = [];
    for (;;) {
      const part = this.#part();
      if (part === undefined) return pictures;
      if (part.picture) pictures.push(part.picture);
      this.#held = this.#held.subarray(part.end);
    }
  }

  /** The next part, or what is not one, and where it ends; undefined: more is to come. */
  #part(): { readonly picture?: Uint8Array; readonly end: number } | undefined {
    const held = this.#held;
    const at = held.indexOf(this.#delimiter);
    // A delimiter may have begun at the end of what is held.
    if (at !== 0) return this.#skip(at > 0 ? at : held.length - this.#delimiter.length + 1);
    const past = this.#delimiter.length;
    const headEnd = held.subarray(0, past + LONGEST_HEAD).indexOf(HEAD_END, past);
    if (headEnd < 0) return held.length < past + LONGEST_HEAD ? undefined : { end: past };

    const head = held.toString('latin1', past, headEnd);
    const start = headEnd + HEAD_END.length;
    const told = /^content-length:\s*(\d{1,8})\s*$/im.exec(head)?.[1];
    if (told !== undefined && Number(told) > LONGEST_PICTURE) return { end: past };
    const next = held.indexOf(this.#delimiter, start);
    const end = told === undefined ? next - CRLF_LENGTH : start + Number(told);
    if (told === undefined && next < 0)
      return held.length - start <= LONGEST_PICTURE ? undefined : { end: past };
    // Before its end another part begins: bytes of this one are missing.
    if (next >= 0 && next < end) return { end: next };
    if (held.length < end) return undefined;
    const picture = held.subarray(start, end);
    return isJpeg(picture) ? { picture: Uint8Array.from(picture), end } : { end: past };
  }

  #skip(end: number): { readonly end: number } | undefined {
    return end > 0 ? { end } : undefined;
  }
}

const CRLF_LENGTH = 2;

/** Begins and ends as one (SOI and EOI, ISO/IEC 10918-1 annex B). */
const isJpeg = (bytes: Uint8Array) =>
  bytes.length >= 4 &&
  bytes[0] === 0xff &&
  bytes[1] === 0xd8 &&
  bytes.at(-2) === 0xff &&
  bytes.at(-1) === 0xd9;
