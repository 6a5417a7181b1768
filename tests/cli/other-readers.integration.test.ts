/**
 * Readers that are not the bench's, with a chip and a SAM of other keys and another secure messaging, under a pcscd
 * that runs already: the configuration names them, and every card command works.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { biodataCsv } from '../../src/virtual/card/personalise.ts';
import { residents } from '../../src/virtual/people/residents.ts';
import { startTwoSlots, type TwoSlots } from '../devices/card-reader/pcsc/two-slots.ts';
import { runJson } from '../support/command.ts';
import { createOtherChip, createOtherSam, OTHER_CONF, OTHER_PCID } from '../virtual/other-issuer/pair.ts';

const prints = '../shared/data/fingerprint/fvc2002_db1_b';
const hasPrints = existsSync(prints);
if (!hasPrints) console.log(`skipped: ${prints} is not there`);

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

let two: TwoSlots;
let folder: string;
let config: string;

beforeAll(async () => {
  two = await startTwoSlots();
  folder = mkdtempSync(path.join(tmpdir(), 'other-readers-'));
  config = path.join(folder, 'kiosk.json');
  writeFileSync(
    config,
    JSON.stringify({
      dataDir: path.join(folder, 'data'),
      readers: [
        {
          id: 'counter_1',
          generation: 'new',
          driver: 'pcsc',
          chip: 'Test Chip',
          sam: 'Test SAM',
          samOpen: { pcid: hex(OTHER_PCID), conf: hex(OTHER_CONF) },
        },
      ],
    }),
  );
});
afterAll(async () => {
  await two?.end();
  rmSync(folder, { recursive: true });
});

/** A card with any JPEG and any minutiae records. */
async function lay(
  minutiae: readonly [Uint8Array, Uint8Array],
  tampered?: 1 | 2 | 3 | 4 | 5,
): Promise<Buffer> {
  const background = { r: 90, g: 120, b: 160 };
  const photo = await sharp({ create: { width: 240, height: 320, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const biodata = biodataCsv(residents[0]!.biodata);
  const contents = [biodata, photo, new Uint8Array(260).fill(7), ...minutiae] as const;
  two.chip.put(createOtherChip({ generation: 'new', contents, ...(tampered ? { tampered } : {}) }));
  two.sam.put(createOtherSam());
  return photo;
}

const record = (name: string) => readFileSync(path.join(prints, name));
/** Older cards may hold something else than ISO/IEC 19794-2. */
const unknown = new Uint8Array(200).fill(0xab);

test('card read: genuine, whatever the fingers are stored as', async () => {
  const photo = await lay([unknown, unknown]);
  const { status, output } = await runJson(config, 'card', 'read', '--reader', 'counter_1');
  expect(output).toMatchObject({
    reader: 'counter_1',
    cardType: 'A',
    cardGeneration: 'new',
    uid: '8004A1B2C3D4E5F6',
    biodata: { nama: 'SRI "ENDAH" WAHYUNI' },
    photo: { bytes: photo.length },
    signature: { bytes: 260 },
    minutiae: [{ bytes: 200, format: null }, { format: null }],
    genuine: true,
    activated: false,
  });
  expect(status).toBe(0);
});

test('a file changed after signing: not genuine, an answer and no failure', async () => {
  await lay([unknown, unknown], 1);
  const { status, output } = await runJson(config, 'card', 'read', '--reader', 'counter_1');
  expect({ status, genuine: output.genuine, code: output.code }).toEqual({
    status: 0,
    genuine: false,
    code: 'KTP-NOT-GENUINE',
  });
});

test.skipIf(!hasPrints)("another maker's record: verified, refused, activated", async () => {
  await lay([record('101_1.fjfx.iso'), record('102_1.fjfx.iso')]);
  const command = (name: string, finger: string) =>
    runJson(config, 'card', name, '--reader', 'counter_1', '--finger', path.join(prints, finger));
  expect(await command('verify', '103_2.png')).toMatchObject({ status: 0, output: { match: false } });
  expect(await command('verify', '102_2.png')).toMatchObject({ status: 0, output: { match: true } });
  expect(await command('activate', '101_2.png')).toMatchObject({
    status: 0,
    output: { match: true, activation: 'done', activated: true },
  });
  expect(await command('activate', '101_2.png')).toMatchObject({ output: { activation: 'already' } });
});
