/**
 * What the SAM gathers between FA00 and FA04: the content that the issuer signed, in the order it signed it. Anything
 * out of order, missing or read twice spoils the verdict, as it would spoil the hash inside a real SAM.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { ECDSA_LENGTH, EF } from './files.ts';

const SIGNED_FILES = [EF.biodata, EF.photo, EF.signatureImage, EF.minutiae1, EF.minutiae2] as const;

export class SignatureCheck {
  readonly #key: KeyObject;
  readonly #gathered = new Map<number, Uint8Array>();
  #signature: Uint8Array | undefined;
  #automatic = false;
  #last: 'not announced' | 'announced' | 'seen' = 'not announced';
  #spoiled = false;

  constructor(signingKey: KeyObject) {
    this.#key = createPublicKey(signingKey);
  }

  /** The 80 bytes of EF digital signature, untouched. */
  takeSignature(bytes: Uint8Array): void {
    this.#signature = Uint8Array.from(bytes);
  }

  get hasSignature(): boolean {
    return this.#signature !== undefined;
  }

  /** FA05: from now on the unwrapped files that follow the photo count. */
  countAutomatically(): void {
    this.#automatic = true;
  }

  get automatic(): boolean {
    return this.#automatic;
  }

  /** FA02: the next unwrapped block is the last. */
  announceLast(): void {
    this.#last = 'announced';
  }

  get ended(): boolean {
    return this.#last !== 'not announced';
  }

  /** A chunk of the photo, length field included, in order. */
  takePhoto(chunk: Uint8Array): void {
    this.#gather(EF.photo, this.#gathered.get(EF.photo)?.length ?? 0, chunk);
  }

  /** What F4 unwrapped of a READ BINARY. Files that nobody signed are left aside. */
  takeFile(file: number, offset: number, data: Uint8Array): void {
    const follows = SIGNED_FILES.indexOf(file as (typeof SIGNED_FILES)[number]) > 1;
    if (file !== EF.biodata && !follows) return;
    if (follows !== this.#automatic || !this.hasSignature || this.#last === 'seen') this.#spoiled = true;
    if (this.#last === 'announced') this.#last = 'seen';
    this.#gather(file, offset, data);
  }

  #gather(file: number, offset: number, data: Uint8Array): void {
    const latest = [...this.#gathered.keys()].at(-1);
    const soFar = this.#gathered.get(file);
    const continues = file === latest && offset === soFar!.length;
    const begins = soFar === undefined && offset === 0 && file === SIGNED_FILES[this.#gathered.size];
    if (!continues && !begins) this.#spoiled = true;
    this.#gathered.set(file, Buffer.concat([soFar ?? new Uint8Array(), data]));
  }

  /** Is the content complete, and did the issuer sign it? */
  verdict(): boolean {
    if (this.#spoiled || this.#last !== 'seen' || !this.#signature) return false;
    const contents = SIGNED_FILES.map((file) => content(this.#gathered.get(file)));
    if (contents.some((bytes) => bytes === undefined)) return false;
    return verify(
      'sha256',
      Buffer.concat(contents as Uint8Array[]),
      { key: this.#key, dsaEncoding: 'ieee-p1363' },
      this.#signature.subarray(0, ECDSA_LENGTH),
    );
  }
}

/** The file without its length field and without what was read past the end; undefined: incomplete. */
function content(file: Uint8Array | undefined): Uint8Array | undefined {
  if (!file || file.length < 2) return undefined;
  const length = (file[0]! << 8) | file[1]!;
  return file.length >= 2 + length ? file.subarray(2, 2 + length) : undefined;
}
