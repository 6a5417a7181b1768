/** The command line as a technician runs it: processes, exit status, one JSON object on stdout. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { benchIn } from '../support/bench-in.ts';
import { runJson, runKiosk } from '../support/command.ts';

let folder: string;
let config: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cli-'));
  config = path.join(folder, 'bench.json');
  const base = await benchIn(folder);
  const bench = {
    ...base.bench,
    lay: { new: 'b-new', old: 'b-old' },
    stateFile: path.join(folder, 'cards.json'),
  };
  writeFileSync(config, JSON.stringify({ ...base, bench }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const kiosk = (...args: readonly string[]) => runJson(config, ...args);
const finger = () => path.join(folder, 'bench/fingers/endah-right-index_2.png');
const otherFinger = () => path.join(folder, 'bench/fingers/ketut-right-index_2.png');

test('bad usage is 2', async () => {
  for (const args of [
    ['nonsense'],
    ['card', 'read'],
    ['card', 'read', '--reader'],
    ['check', '--lang', 'fr'],
    ['fingerprint', 'match', 'a'],
  ]) {
    const { status, stdout } = await runKiosk(...args);
    expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: '' });
  }
});

test('a wrong configuration is refused in both languages', async () => {
  const wrong = path.join(folder, 'wrong.json');
  writeFileSync(wrong, '{"dataDir": 5, "readers": []}');
  for (const [lang, cause] of [
    ['id', 'Berkas konfigurasi salah.'],
    ['en', 'The configuration file is wrong.'],
  ] as const) {
    const { status, stdout } = await runKiosk('check', '--config', wrong, '--json', '--lang', lang);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'CONFIG-INVALID',
      cause,
      remedy: expect.any(String),
    });
  }
});

describe('on the bench', () => {
  test('check: every device is ready', async () => {
    const { status, output } = await kiosk('check');
    expect(output.devices.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
      ['new', 'ready'],
      ['old', 'ready'],
      ['finger', 'ready'],
      ['panel', 'ready'],
      ['store', 'ready'],
      ['disk', 'ready'],
      ['clock', 'ready'],
    ]);
    expect(status).toBe(0);
  });

  test('card read', async () => {
    const { status, output, stderr } = await kiosk('card', 'read', '--reader', 'new');
    expect(status, stderr).toBe(0);
    expect(output).toMatchObject({
      reader: 'new',
      readerGeneration: 'new',
      evidence: 'sam',
      cardType: 'B',
      cardGeneration: 'new',
      uid: expect.stringMatching(/^[0-9A-F]{16}$/),
      biodata: { nama: 'SRI "ENDAH" WAHYUNI', nik: expect.stringMatching(/^\d{16}$/) },
      photo: { bytes: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      minutiae: [{ position: 2 }, { position: 7 }],
      genuine: true,
      activated: false,
      untold: [],
    });
    expect(Object.keys(output.biodata)).toHaveLength(17);
    expect(output.apdus).toBeGreaterThan(50);
  });

  test('card read on a sealed reader, or on none', async () => {
    expect(await kiosk('card', 'read', '--reader', 'old')).toMatchObject({
      status: 1,
      output: { error: { code: 'DESK-SEALED-READER' } },
    });
    expect(await kiosk('card', 'read', '--reader', 'nowhere')).toMatchObject({
      status: 1,
      output: { error: { code: 'DESK-READER-UNKNOWN' } },
    });
  });

  test("card verify: the holder's finger, and another's", async () => {
    const { status, output } = await kiosk('card', 'verify', '--reader', 'new', '--finger', finger());
    expect(status).toBe(0);
    expect(output).toMatchObject({ genuine: true, match: true, finger: 2 });
    expect(output.score).toBeGreaterThanOrEqual(output.threshold);
    const other = await kiosk('card', 'verify', '--reader', 'new', '--finger', otherFinger());
    expect(other).toMatchObject({ status: 0, output: { genuine: true, match: false } });
  });

  test('card verify on the sealed reader: match and biodata, all else untold', async () => {
    // The old reader holds another person's card (b-old).
    const person = path.join(folder, 'bench/fingers/karto-right-index_2.png');
    const { status, output } = await kiosk('card', 'verify', '--reader', 'old', '--finger', person);
    expect(status, JSON.stringify(output)).toBe(0);
    expect(output).toMatchObject({
      evidence: 'box',
      match: true,
      uid: null,
      genuine: null,
      activated: null,
      score: null,
      untold: expect.arrayContaining(['uid', 'photo', 'genuine', 'activated', 'score']),
    });
    expect(output.biodata.nik).toMatch(/^\d{16}$/);
  });

  test('card activate: refused for another, done for the holder, then already', async () => {
    const activate = (file: string) => kiosk('card', 'activate', '--reader', 'new', '--finger', file);
    expect(await activate(otherFinger())).toMatchObject({
      status: 0,
      output: { match: false, activation: 'refused', activated: false },
    });
    expect(await activate(finger())).toMatchObject({
      status: 0,
      output: { match: true, activation: 'done', activated: true },
    });
    expect(await activate(finger())).toMatchObject({ output: { activation: 'already', activated: true } });
  });

  test('card compare: each reader, readable or why not', async () => {
    const { status, output } = await kiosk('card', 'compare');
    expect(status).toBe(0);
    expect(output.readers).toEqual([
      { reader: 'new', readable: true },
      { reader: 'old', readable: true },
    ]);
  });

  test('audit verify', async () => {
    expect(await kiosk('audit', 'verify')).toMatchObject({ status: 0, output: { ok: true } });
  });
});

describe('fingerprint', () => {
  test('extract writes an ISO record that matches its own finger and no other', async () => {
    const record = path.join(folder, 'endah.fmr');
    const extracted = await runKiosk('fingerprint', 'extract', finger(), '--out', record, '--json');
    expect(JSON.parse(extracted.stdout)).toMatchObject({
      quality: expect.any(Number),
      reasons: expect.any(Array),
    });
    expect(readFileSync(record).subarray(0, 4).toString('latin1')).toBe('FMR\0');
    const own = await runKiosk('fingerprint', 'match', finger().replace('_2', '_3'), record, '--json');
    expect(JSON.parse(own.stdout)).toMatchObject({ match: true });
    const other = await runKiosk('fingerprint', 'match', otherFinger(), record, '--json');
    expect(JSON.parse(other.stdout)).toMatchObject({ match: false });
  });

  test('a file that is no finger is refused with a code', async () => {
    const { status, stdout } = await runKiosk('fingerprint', 'match', 'package.json', finger(), '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout).error.code).toMatch(/^(CONSOLE|FINGER|RECORD)-/);
  });
});
