/** A command while the kiosk runs: the kiosk runs it, for it owns the data folder and the devices. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningKiosk, startKiosk } from '../e2e/kiosk.ts';
import { runJson } from '../support/command.ts';

let kiosk: RunningKiosk;
beforeAll(async () => {
  kiosk = await startKiosk();
});
afterAll(() => kiosk?.stop());

test('check is answered by the running kiosk', async () => {
  const { status, output } = await runJson(kiosk.config, 'check');
  const lines = output.devices.map(({ id, state }: { id: string; state: string }) => [id, state]);
  expect(lines).toEqual(
    ['new', 'old', 'finger', 'panel', 'store', 'disk', 'clock'].map((id) => [id, 'ready']),
  );
  expect(status).toBe(0);
});

test('a failure keeps its code on the way back', async () => {
  // The bench of this kiosk starts with empty readers.
  const { status, output } = await runJson(kiosk.config, 'card', 'read', '--reader', 'new');
  expect({ status, code: output.error.code }).toEqual({ status: 1, code: 'CARD-ABSENT' });
});

test('it is audited as by the console, and the chain stays whole', async () => {
  expect(await runJson(kiosk.config, 'audit', 'verify')).toMatchObject({ status: 0, output: { ok: true } });
});

test('another data folder is another kiosk: its bench is refused while this pcscd runs', async () => {
  const other = `${kiosk.config}.other`;
  const configuration = JSON.parse(readFileSync(kiosk.config, 'utf8'));
  const elsewhere = {
    dataDir: `${configuration.dataDir}-2`,
    bench: { folder: `${configuration.bench.folder}-2` },
  };
  writeFileSync(other, JSON.stringify({ ...configuration, ...elsewhere }));
  const { status, output } = await runJson(other, 'card', 'read', '--reader', 'new');
  expect({ status, code: output.error.code }).toEqual({ status: 1, code: 'BENCH-PCSCD-RUNNING' });
  expect(output.error.remedy).toContain('pcscd');
});
