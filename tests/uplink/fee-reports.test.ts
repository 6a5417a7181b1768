/** A fee that somebody reports, from the screen to the oversight: the centre carries it and cannot read it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { composeFeeReports } from '../../src/compose-uplink.ts';
import { checkConfiguration } from '../../src/config.ts';
import { openStore } from '../../src/store/store.ts';
import { createFolderUplink } from '../../src/uplink/folder.ts';
import { loadTestCentreKeys } from '../../src/virtual/centre/keys.ts';
import { openRows } from '../../src/virtual/centre/open-dispatch.ts';
import { makeTestOversightKey, openFeeReport } from '../../src/virtual/centre/oversight.ts';
import { AT, options, value } from '../store/fixture.ts';
import { kioskAndCentre } from './fixture.ts';

const TOLD = [
  { stage: 'collection', amount: 'up-to-20', asker: 'officer', words: 'saat mengambil kartu' },
  { stage: 'recording', amount: null, asker: null, words: '' },
] as const;

test('is committed with its day, travels with the batch, and is opened by the oversight alone', async () => {
  const { folder, centre, parts } = await kioskAndCentre();
  const oversight = path.join(folder, 'oversight');
  const { publicFile } = await makeTestOversightKey(oversight);
  let now = new Date(AT);
  const dataDir = path.join(folder, 'reports');
  const store = value(await openStore({ ...options(dataDir), now: () => now }));
  onTestFinished(() => store.close());
  const configuration = value(
    checkConfiguration(
      { dataDir, readers: [], oversight: { key: publicFile, channel: 'https://oversight.test' } },
      'of this test',
    ),
  );
  const keep = value(await composeFeeReports(configuration, store));
  if (!keep) throw new Error('an oversight is named');
  for (const report of TOLD) value(await keep(report));

  now = new Date(Date.parse(AT) + 86_400_000);
  value(await store.feeReports.commit());
  value(await createFolderUplink({ ...parts, store }).send('kiosk'));
  const name = readdirSync(parts.outbox).find((file) => file.startsWith('rows-'));
  const keys = await loadTestCentreKeys(path.join(folder, 'centre'));
  const rows = await openRows(readFileSync(path.join(parts.outbox, name ?? '')), keys, parts.kiosk.id);
  const day = rows?.find(({ kind, payload }) => kind === 'fee-report' && payload.day === AT.slice(0, 10));
  if (!day) throw new Error('a day that is over has a row');
  expect(Object.keys(day.payload).toSorted()).toEqual(['audit', 'day', 'reports', 'salt']);
  const sealed = (day.payload.reports as string[]).map((report) => Buffer.from(report, 'base64'));

  const opened = await Promise.all(sealed.map((report) => openFeeReport(report, oversight)));
  expect(opened.toSorted((a, b) => (a?.stage ?? '').localeCompare(b?.stage ?? ''))).toMatchObject(TOLD);
  // The centre's own key opens none of them: sealed rows and sealed reports are two things.
  expect(await openRows(sealed[0]!, keys, parts.kiosk.id)).toBeNull();
  expect((await centre.collect(parts.outbox, AT.slice(0, 10))).refused).toEqual([]);
});

test('a kiosk that was told no oversight takes none', async () => {
  const { folder, store } = await kioskAndCentre();
  const configuration = value(checkConfiguration({ dataDir: folder, readers: [] }, 'of this test'));
  expect(value(await composeFeeReports(configuration, store))).toBeUndefined();
});
