import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { compressFingerImage } from '../../src/biometrics/records/finger-image-pixels.ts';
import { drawnPrint } from '../biometrics/prints.ts';

const folder = mkdtempSync(join(tmpdir(), 'anjungan-finger-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function kiosk(...words: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, ['src/cli/kiosk.ts', ...words, '--json']);
  return JSON.parse(stdout);
}

test('a WSQ picture becomes an ISO/IEC 19794-2 record that matches it', async () => {
  const [picture, record] = [join(folder, 'finger.wsq'), join(folder, 'finger.fmr')];
  writeFileSync(picture, await compressFingerImage(drawnPrint(), 'wsq'));
  const found = await kiosk('fingerprint', 'extract', picture, '--out', record);
  expect(found).toEqual({ quality: expect.any(Number), reasons: [], minutiae: expect.any(Number) });
  const compared = await kiosk('fingerprint', 'match', picture, record);
  expect(compared).toEqual({ score: expect.any(Number), threshold: expect.any(Number), match: true });
}, 60_000);
