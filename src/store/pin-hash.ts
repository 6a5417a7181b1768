/**
 * PINs at rest: Argon2id (RFC 9106) in the PHC string format. It runs in the thread pool, so the store answers others
 * meanwhile. Six digits are few whatever the hash: what protects them is the lock-out, and the database's encryption.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's least for Argon2id: 19 MiB, two passes, one lane. A tenth of a second or two on a Pi. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;

const derive = promisify(argon2);

export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await tagOf(pin, salt, MEMORY_KIB, PASSES, LANES);
  const parameters = `m=${MEMORY_KIB},t=${PASSES},p=${LANES}`;
  return `$argon2id$v=19$${parameters}$${base64(salt)}$${base64(tag)}`;
}

/** `stored` null: there is no such PIN, which takes as long to find out and is never right. */
export async function isPin(pin: string, stored: string | null): Promise<boolean> {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored ?? '');
  if (found === null) {
    await hashPin(pin);
    return false;
  }
  const [memory, passes, lanes] = found.slice(1, 4).map(Number);
  const [salt, tag] = found.slice(4).map((text) => Buffer.from(text, 'base64'));
  return timingSafeEqual(await tagOf(pin, salt!, memory!, passes!, lanes!), tag!);
}

async function tagOf(pin: string, salt: Buffer, memory: number, passes: number, lanes: number) {
  return derive('argon2id', {
    message: Buffer.from(pin),
    nonce: salt,
    memory,
    passes,
    parallelism: lanes,
    tagLength: TAG_BYTES,
  });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
