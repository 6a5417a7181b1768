/**
 * Reads a USB stick as if its maker were hostile: only the files that its `manifest.json` names, each a plain file
 * directly in the folder, of the size and SHA-256 that the manifest tells. A manifest that agrees with itself proves
 * nothing of who wrote it: signatures are for whoever takes the files.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';

export interface StickFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MANIFEST = 'manifest.json';
const LONGEST_MANIFEST = 64 * 1024;
const MOST_FILES = 32;
const LARGEST_FILE = 8 * 1024 * 1024;
/** Of all files together: they are held in memory. */
const LARGEST_STICK = 32 * 1024 * 1024;

const manifest = z.strictObject({
  files: z
    .array(
      z.strictObject({
        /** No slash and no leading dot: it can name nothing outside the folder. */
        name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
        bytes: z.int().min(0).max(LARGEST_FILE),
        /** Lower-case hex. */
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(MOST_FILES)
    .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, 'a name occurs twice')
    .refine((files) => files.reduce((sum, { bytes }) => sum + bytes, 0) <= LARGEST_STICK, 'too much'),
});

/** All files or none. STICK-MANIFEST-INVALID, STICK-FILE-REFUSED. */
export async function readStick(folder: string): Promise<Result<StickFile[]>> {
  const listed = await readManifest(folder);
  if (!listed.ok) return listed;
  const files: StickFile[] = [];
  for (const { name, bytes: size, sha256 } of listed.value.files) {
    const bytes = await readPlain(join(folder, name), size);
    if (typeof bytes === 'string') return fail('STICK-FILE-REFUSED', `${name}: ${bytes}`);
    if (bytes.length !== size)
      return fail('STICK-FILE-REFUSED', `${name}: ${bytes.length} bytes, ${size} are listed`);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      return fail('STICK-FILE-REFUSED', `${name}: another hash than is listed`);
    files.push({ name, bytes });
  }
  return ok(files);
}

async function readManifest(folder: string): Promise<Result<z.output<typeof manifest>>> {
  const bytes = await readPlain(join(folder, MANIFEST), LONGEST_MANIFEST);
  if (typeof bytes === 'string') return fail('STICK-MANIFEST-INVALID', bytes);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail('STICK-MANIFEST-INVALID', 'no JSON');
  }
  const parsed = manifest.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  // Where it is wrong, not what stands there.
  const [issue] = parsed.error.issues;
  return fail('STICK-MANIFEST-INVALID', `${issue?.path.join('.')}: ${issue?.code}`);
}

/** The bytes of a plain file of at most `most`; or, in words, why not. */
async function readPlain(path: string, most: number): Promise<Uint8Array | string> {
  // No link is followed, and neither a pipe nor a device is waited for.
  const how = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;
  try {
    await using file = await open(path, how);
    const stats = await file.stat();
    if (!stats.isFile()) return 'no plain file';
    const { size } = stats;
    if (size > most) return `${size} bytes, more than ${most}`;
    const bytes = new Uint8Array(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await file.read(bytes, length, size - length, length);
      if (bytesRead === 0) return 'shorter than it says';
      length += bytesRead;
    }
    return bytes;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
}
