/**
 * The signed head of the audit: number and hash of its last entry. One copy lies in the database, written with each
 * entry; one in a file beside it, written after the commit. The file may lag behind, never run ahead: it says that the
 * log reached at least this entry.
 */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sha256 } from './audit-fields.ts';
import { canonicalJson } from './canonical-json.ts';
import { replaceFile } from './files.ts';
import { errorCode, storageFailure } from './storage-failure.ts';

export interface Head {
  /** 0: no entry yet. */
  readonly seq: number;
  /** 64 hex digits; all zero for no entry yet. */
  readonly hash: string;
}

export interface SignedHead extends Head {
  /** Ed25519 (RFC 8032) over the canonical JSON of `["anjungan audit head", seq, hash]`; base64. */
  readonly signature: string;
}

export const emptyHead: Head = { seq: 0, hash: '0'.repeat(64) };

const signedHead = z.strictObject({ seq: z.int().min(0), hash: sha256, signature: z.base64() });

export interface HeadSigner {
  sign(head: Head): SignedHead;
  verify(head: SignedHead): boolean;
}

/** `seed`: 32 bytes, the Ed25519 private key. */
export function headSigner(seed: Uint8Array): HeadSigner {
  // The seed as Node reads it: PKCS #8 with the algorithm of RFC 8410 section 7.
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const message = ({ seq, hash }: Head) => Buffer.from(canonicalJson(['anjungan audit head', seq, hash]));
  return {
    sign: ({ seq, hash }) => {
      const signature = sign(null, message({ seq, hash }), privateKey).toString('base64');
      return { seq, hash, signature };
    },
    verify: (head) => verify(null, message(head), publicKey, Buffer.from(head.signature, 'base64')),
  };
}

export interface KeptHead {
  /** undefined: the file is not there, or not signed by this kiosk. */
  read(): SignedHead | undefined;
  /** Takes note of a newer head; `flush` writes the newest. */
  note(head: SignedHead): void;
  flush(): void;
}

/** The copy in a file. */
export function keptHead(file: string, signer: HeadSigner): KeptHead {
  let newest: SignedHead | undefined;

  const flush = () => {
    if (newest === undefined) return;
    try {
      replaceFile(file, Buffer.from(`${canonicalJson({ ...newest })}\n`));
      newest = undefined;
    } catch (error) {
      // A full or broken disk also stops the database, which reports it; the older head stays and stays true.
      storageFailure(error);
    }
  };

  return {
    read: () => {
      const head = parse(readIfThere(file));
      return head !== undefined && signer.verify(head) ? head : undefined;
    },
    note: (head) => {
      // After the answer to the caller, and once for many: the second flush to disk costs nobody any waiting.
      if (newest === undefined) setImmediate(flush);
      newest = head;
    },
    flush,
  };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

function parse(text: string): SignedHead | undefined {
  try {
    return signedHead.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
