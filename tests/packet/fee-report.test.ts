/** A report of a fee: to be opened by the oversight alone, and telling nothing by its size. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sealFeeReport } from '../../src/packet/fee-report.ts';
import { kioskKey } from '../../src/packet/kiosk-key.ts';
import { readOversightKey } from '../../src/packet/oversight-key.ts';
import { FEE_AMOUNTS, FEE_ASKERS, FEE_STAGES, type FeeReport } from '../../src/rules/fee-report.ts';
import { reportFee } from '../../src/ui/contract/fee-report.ts';
import { testCentreFiles } from '../../src/virtual/centre/keys.ts';
import { makeTestOversightKey, openFeeReport } from '../../src/virtual/centre/oversight.ts';
import { codeOf, temporaryFolder, value } from '../store/fixture.ts';
import { testCentre } from './fixture.ts';

async function oversight() {
  const folder = temporaryFolder();
  const { publicFile } = await makeTestOversightKey(folder);
  const kiosk = await kioskKey(randomBytes(32));
  return { folder, kiosk: kiosk.id, key: value(await readOversightKey(publicFile)) };
}

const report: fc.Arbitrary<FeeReport> = fc
  .record({
    stage: fc.constantFrom(...FEE_STAGES),
    amount: fc.option(fc.constantFrom(...FEE_AMOUNTS)),
    asker: fc.option(fc.constantFrom(...FEE_ASKERS)),
    words: fc.string({ unit: 'binary', maxLength: 300 }),
  })
  .filter((one) => reportFee.safeParse({ type: 'report-fee', ...one }).success);

test('every report that a screen may send is opened by the oversight as it was, and all are of one size', async () => {
  const { folder, kiosk, key } = await oversight();
  const sizes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(report, async (told) => {
      const sealed = await sealFeeReport(told, kiosk, key);
      sizes.add(sealed.length);
      const words = Buffer.from(told.words).toString();
      expect(await openFeeReport(sealed, folder)).toMatchObject({ ...told, words });
    }),
    { numRuns: 50 },
  );
  // The longest that there is: each a control sequence or a half of a pair, as JSON writes it.
  const longest = { stage: 'invitation', amount: 'up-to-100', asker: 'somebody-else' } as const;
  const sealed = await sealFeeReport({ ...longest, words: '\ud800'.repeat(300) }, kiosk, key);
  expect([...sizes, sealed.length]).toEqual([sealed.length, sealed.length]);
});

test('nobody else opens it, nor anybody what was altered', async () => {
  const { folder, kiosk, key } = await oversight();
  const told = { stage: 'collection', amount: 'up-to-20', asker: null, words: '' } as const;
  const sealed = await sealFeeReport(told, kiosk, key);
  expect(await openFeeReport(sealed, (await oversight()).folder)).toBeNull();
  for (const at of [12, 50, 80, 200, sealed.length - 1]) {
    const altered = Uint8Array.from(sealed);
    altered[at]! ^= 1;
    expect(await openFeeReport(altered, folder)).toBeNull();
  }
});

test('a key that is private, of somebody else’s form or not there is refused', async () => {
  const { folder } = await oversight();
  const { privateFile } = await makeTestOversightKey(folder);
  const centre = await testCentre();
  const broken = path.join(folder, 'broken.json');
  writeFileSync(broken, '{');
  for (const file of [privateFile, testCentreFiles(centre.folder).publicFile, broken, `${broken}.gone`])
    expect(codeOf(await readOversightKey(file))).toBe('OVERSIGHT-KEY-INVALID');
});
