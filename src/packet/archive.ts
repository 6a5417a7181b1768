/** The zip inside a packet. The same files make the same zip; what is read is believed in nothing. */
import { buffer } from 'node:stream/consumers';
import { type Entry, fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { fail, ok, type Result } from '../failures/failure.ts';

export type Files = ReadonlyMap<string, Uint8Array>;

/** Five files, and a paper or photo each for up to ten exceptions and the identity gate. */
const MOST_FILES = 40;
/** Bytes, of all files together once unpacked. */
const LARGEST_CONTENT = 64 * 2 ** 20;
/** Plain names, one folder at most: nothing that leads elsewhere. */
const NAME = /^(?:[a-z]+\/)?[a-z0-9][a-z0-9.-]{0,63}$/;
/** No time of day: the manifest tells when. The zip's own clock begins then. */
const MTIME = new Date(1980, 0, 1);

export async function pack(files: Files): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of files) {
    // Pictures do not shrink any more.
    const compress = !name.endsWith('.jpg');
    zip.addBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name, {
      mtime: MTIME,
      mode: 0o100644,
      forceDosTimestamp: true,
      compress,
    });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** All files, or PACKET-INVALID: no zip, more than 40 files or 64 MiB unpacked, names that lead elsewhere or come twice. */
export async function unpack(zip: Uint8Array): Promise<Result<Files>> {
  const files = new Map<string, Uint8Array>();
  try {
    const opened = await fromBufferPromise(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), {
      lazyEntries: true,
      strictFileNames: true,
    });
    if (opened.entryCount > MOST_FILES) return fail('PACKET-INVALID', `${opened.entryCount} files`);
    let size = 0;
    for await (const entry of opened.eachEntry()) {
      size += entry.uncompressedSize;
      const wrong = wrongWith(entry, size, files);
      if (wrong !== undefined) return fail('PACKET-INVALID', wrong);
      // Ends with an error as soon as more bytes come than the entry tells.
      files.set(entry.fileName, new Uint8Array(await buffer(await opened.openReadStreamPromise(entry))));
    }
  } catch (error) {
    return fail('PACKET-INVALID', `zip: ${(error as Error).name}`);
  }
  return ok(files);
}

function wrongWith(entry: Entry, size: number, files: Files): string | undefined {
  if (!NAME.test(entry.fileName)) return 'a name that no file of a packet has';
  if (files.has(entry.fileName)) return 'a name that comes twice';
  if (size > LARGEST_CONTENT) return `more than ${LARGEST_CONTENT} bytes`;
  return entry.isEncrypted() ? 'an encrypted file' : undefined;
}
