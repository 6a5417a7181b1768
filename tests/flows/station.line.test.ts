import { afterEach, expect, test } from 'vitest';
import { openStationBench, recordUntil, type StationBench, value } from './station-fixture.ts';

let bench: StationBench;
afterEach(async () => {
  expect(bench.bugs).toEqual([]);
  await bench.close();
});

test('a resident comes from the invitation to a sealed packet', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'begin', language: 'id' });
  const session = await recordUntil(bench, 'receipt');
  const id = session.sessionId ?? '';
  expect(session).toMatchObject({ nik: '1607125204880001', channel: 'self-service', onRoster: true });
  expect(session.stage).toMatchObject({ kept: 18 });
  const facts = value(await bench.parts.store.sessions.facts(id));
  expect(facts.at(-1)).toMatchObject({ type: 'ended', how: 'sealed' });
  expect(value(await bench.parts.store.audit.verify())).toMatchObject({ ok: true });
  expect(value(await bench.parts.store.outbox.pending())).toMatchObject([{ kind: 'packet' }]);
}, 60_000);
