/** The report of a day, from a store with sessions in it, and from the command line. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dayReport } from '../../src/flows/day-report.ts';
import type { Invitation } from '../../src/store/roster.ts';
import type { SessionFact } from '../../src/store/session-facts.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { options, temporaryFolder, value } from '../store/fixture.ts';
import { finger, identified, kept, NIK, opened, sealed, upToProof } from '../store/session-fixture.ts';
import { runJson, runKiosk } from '../support/command.ts';

const DAY = '2026-03-02';
const OTHERS: Pick<Invitation, 'name' | 'village' | 'state' | 'deliveredBy'> = {
  name: 'RATNA DEWI',
  village: 'TANJUNG LAGO',
  state: 'printed',
  deliveredBy: null,
};

/** A day of the bench: one recorded, one who left, one of whom nobody knows who it was. */
async function aDay(store: Store): Promise<void> {
  const biodata: SessionFact = {
    type: 'biodata-taken',
    from: 'roster',
    biodata: { kelurahan: 'TANJUNG LAGO' },
  };
  const [id, packet, sample] = [randomUUID(), randomUUID(), finger()];
  value(await store.sessions.open(id, [opened(), identified(), biodata], 'resident'));
  value(await store.sessions.record(id, kept(sample), 'resident'));
  const facts = [...upToProof(sample.id), sealed(packet), { type: 'ended', how: 'sealed' } as const];
  const outbox = { kind: 'packet', id: packet, payload: {} } as const;
  value(await store.sessions.record(id, { operation: randomUUID(), facts, outbox }, 'rina'));
  const left = randomUUID();
  value(await store.sessions.open(left, [opened(), identified('1607124101900002'), biodata], 'resident'));
  value(await store.sessions.wipe(left, 'timed-out', 'kiosk'));
  const nobody = randomUUID();
  value(await store.sessions.open(nobody, [opened()], 'resident'));
  value(await store.sessions.wipe(nobody, 'abandoned', 'resident'));

  const invited = (nik: string, birthDate: string): Invitation => ({
    id: nik,
    nik,
    birthDate,
    invitedOn: DAY,
    ...OTHERS,
  });
  const invitations = [invited(NIK, '1990-01-01'), invited('1607124101900002', '2009-03-02')];
  // Not yet 17 on that day.
  invitations.push(invited('1607120303090003', '2009-03-03'));
  value(await store.roster.import({ number: 1, invitations }, 'kiosk'));
  value(await store.surveys.add([4, 4, 4, 4, 4, 4, 4, 4, 4]));
  value(await store.devices.count({ device: 'finger', outcome: 'captured' }));
  value(await store.devices.count({ device: 'finger', outcome: 'SENSOR-SILENT' }));
  for (const good of [true, false, false])
    value(await store.devices.judge({ device: 'finger', subject: 'finger-2', good }));
  value(await store.devices.count({ device: 'new', outcome: 'authenticated' }));
}

test('villages, coverage, times, devices, work and satisfaction of a day', async () => {
  const dataDir = temporaryFolder();
  const store = value(await openStore(options(dataDir)));
  await aDay(store);
  const report = value(await dayReport(store, DAY));
  expect(report).toEqual({
    day: DAY,
    villages: [
      {
        ...{ village: 'TANJUNG LAGO', recorded: 1, unfinished: 1 },
        failed: [{ how: 'timed-out', sessions: 1 }],
        reasons: [{ reason: 'new', recorded: 1 }],
      },
    ],
    unidentified: 1,
    coverage: [{ village: 'TANJUNG LAGO', mustHold: 2, recorded: 1 }],
    service: { medianSeconds: 0, p90Seconds: 0 },
    devices: [
      {
        device: 'finger',
        captured: 1,
        faults: [{ code: 'SENSOR-SILENT', count: 1 }],
        judged: [{ subject: 'finger-2', good: 1, poor: 2 }],
      },
      { device: 'new', captured: 0, faults: [], judged: [] },
    ],
    exceptions: [],
    cards: [],
    operators: [{ operator: 'rina', sessions: 1, recorded: 1, seconds: 0, excepted: 0 }],
    satisfaction: 100,
    fees: [],
    closed: null,
  });
  expect(value(await dayReport(store, '2026-03-03'))).toMatchObject({
    ...{ villages: [], service: null, devices: [], operators: [], satisfaction: null },
  });
  await store.close();

  const config = path.join(dataDir, 'config.json');
  writeFileSync(config, JSON.stringify({ dataDir, readers: [] }));
  expect(await runJson(config, 'report', '--day', DAY)).toMatchObject({ status: 0, output: report });
  const csv = await runKiosk('report', '--day', DAY, '--csv', '--config', config);
  expect(csv.stdout.split('\r\n')).toContain('"2026-03-02","villages","TANJUNG LAGO","recorded",1');
  expect(await runKiosk('report', '--day', '2026-02-30', '--config', config)).toMatchObject({ status: 2 });
});
