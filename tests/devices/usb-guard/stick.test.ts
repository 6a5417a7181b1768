import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mountStick } from '../../../src/devices/usb-guard/mount.ts';
import { readStick } from '../../../src/devices/usb-guard/stick.ts';
import { codeOf, value } from '../../support/bench-kiosk.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'anjungan-stick-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);
const listed = (name: string, content: string | Uint8Array) => ({
  name,
  bytes: Buffer.from(content).length,
  sha256: createHash('sha256').update(content).digest('hex'),
});
const list = (...files: object[]) => writeFileSync(at('manifest.json'), JSON.stringify({ files }));
const read = () => readStick(folder);

describe('a good stick', () => {
  it('gives the files of its manifest, and no other', async () => {
    writeFileSync(at('roster.json'), '["a"]');
    writeFileSync(at('autorun.inf'), 'open=evil.exe');
    writeFileSync(at('empty'), '');
    list(listed('roster.json', '["a"]'), listed('empty', ''));
    const files = value(await read());
    expect(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['roster.json', '["a"]'],
      ['empty', ''],
    ]);
  });
});

describe('a hostile stick', () => {
  it.each([
    ['../secret'],
    ['/etc/hostname'],
    ['sub/file'],
    ['..'],
    ['.hidden'],
    ['a\u0000b'],
    ['a\\b'],
    ['x'.repeat(65)],
    [''],
  ])('that names %j reads nothing', async (name) => {
    list({ ...listed('ok', ''), name });
    expect(codeOf(await read())).toBe('STICK-MANIFEST-INVALID');
  });

  it('gains nothing by links, to a file or to its manifest', async () => {
    const secret = mkdtempSync(path.join(tmpdir(), 'anjungan-secret-'));
    writeFileSync(path.join(secret, 'key'), 'secret');
    symlinkSync(path.join(secret, 'key'), at('roster.json'));
    list(listed('roster.json', 'secret'));
    expect(await read()).toEqual({
      ok: false,
      failure: { code: 'STICK-FILE-REFUSED', detail: 'roster.json: ELOOP' },
    });
    rmSync(at('manifest.json'));
    writeFileSync(path.join(secret, 'manifest.json'), '{"files":[]}');
    symlinkSync(path.join(secret, 'manifest.json'), at('manifest.json'));
    expect(codeOf(await read())).toBe('STICK-MANIFEST-INVALID');
    rmSync(secret, { recursive: true });
  });

  it('holds nobody up with a pipe, a device or a folder for a file', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    mkdirSync(at('folder'));
    for (const name of ['pipe', 'folder']) {
      list(listed(name, ''));
      expect(await read()).toMatchObject({
        failure: { code: 'STICK-FILE-REFUSED', detail: `${name}: no plain file` },
      });
    }
    if (process.getuid?.() !== 0) return; // only root makes devices
    execFileSync('mknod', [at('zero'), 'c', '1', '5']);
    list({ ...listed('zero', ''), bytes: 1_000 });
    expect(await read()).toMatchObject({ failure: { detail: 'zero: no plain file' } });
  });

  it('fills no memory with a huge file, listed or not as what it is', async () => {
    writeFileSync(at('huge'), '');
    truncateSync(at('huge'), 64 * 1024 * 1024 * 1024);
    list({ ...listed('huge', ''), bytes: 64 * 1024 * 1024 * 1024 });
    expect(codeOf(await read())).toBe('STICK-MANIFEST-INVALID');
    list({ ...listed('huge', ''), bytes: 100 });
    expect(codeOf(await read())).toBe('STICK-FILE-REFUSED');
    truncateSync(at('manifest.json'), 64 * 1024 * 1024 * 1024);
    expect(codeOf(await read())).toBe('STICK-MANIFEST-INVALID');
  });

  it('is found out when its manifest lies', async () => {
    writeFileSync(at('roster.json'), 'content');
    const right = listed('roster.json', 'content');
    for (const lie of [{ bytes: 6 }, { bytes: 8 }, { sha256: listed('', 'other').sha256 }]) {
      list({ ...right, ...lie });
      expect(codeOf(await read())).toBe('STICK-FILE-REFUSED');
    }
    list(right, listed('missing', ''));
    expect(await read()).toMatchObject({ failure: { detail: 'missing: ENOENT' } });
  });

  it('lists no file twice, not too many, and not too much', async () => {
    writeFileSync(at('a'), '');
    list(listed('a', ''), listed('a', ''));
    expect(codeOf(await read())).toBe('STICK-MANIFEST-INVALID');
    list(...Array.from({ length: 33 }, (_, i) => listed(`f${i}`, '')));
    expect(codeOf(await read())).toBe('STICK-MANIFEST-INVALID');
    list(...Array.from({ length: 5 }, (_, i) => ({ ...listed(`f${i}`, ''), bytes: 8 * 1024 * 1024 })));
    expect(codeOf(await read())).toBe('STICK-MANIFEST-INVALID');
  });

  it('without a manifest, or with anything for one, reads nothing', async () => {
    expect(codeOf(await read())).toBe('STICK-MANIFEST-INVALID');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json().map((text) => Buffer.from(text)),
          fc.uint8Array(),
        ),
        async (bytes) => {
          writeFileSync(at('manifest.json'), bytes);
          expect(codeOf(await read())).toBe('STICK-MANIFEST-INVALID');
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('mounting', () => {
  it.each(['/dev/mmcblk0p1', '/dev/sda12', '-o', '/dev/../etc', '/dev/sda1 ', 'sda1'])(
    'refuses %j',
    async (device) => {
      expect(await mountStick(device)).toMatchObject({ failure: { detail: 'no device of a stick' } });
    },
  );

  it('tells that there is no stick', async () => {
    expect(codeOf(await mountStick('/dev/sdz9'))).toBe('STICK-MOUNT-FAILED');
  });
});
