/** `check` on the bench of config/bench.json: every device as it should be, then each broken in turn. No pcscd. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { check, checkClock } from '../../src/cli/check.ts';
import { compose, type Kiosk } from '../../src/compose.ts';
import { checkConfiguration } from '../../src/config.ts';
import { ok } from '../../src/failures/failure.ts';
import type { BenchCommand } from '../../src/virtual/commands.ts';
import { benchIn } from '../support/bench-in.ts';
import { temporaryFolder, value } from '../support/bench-kiosk.ts';

interface Break {
  readonly breaks: BenchCommand;
  readonly mends: BenchCommand;
  /** What `check` says of the device then. */
  readonly code: string;
}

const silent = (device: string) => ({
  breaks: { command: 'disturb', device, as: 'silent' } as const,
  mends: { command: 'heal' } as const,
});
const unplugged = (device: string) => ({
  breaks: { command: 'plug', device, in: false } as const,
  mends: { command: 'plug', device, in: true } as const,
});
const act = (device: string, breaks: Record<string, unknown>, mends: Record<string, unknown>) => ({
  breaks: { command: 'device', device, act: breaks } as const,
  mends: { command: 'device', device, act: mends } as const,
});

const BROKEN: Readonly<Record<string, Break>> = {
  finger: { ...silent('finger'), code: 'SENSOR-SILENT' },
  slap: { ...act('slap', { status: 'Not Ready' }, { status: 'Ready' }), code: 'SBI-NOT-READY' },
  iris: { ...act('iris', { cover: true }, { cover: false }), code: 'CAMERA-DARK' },
  photo: { ...unplugged('photo'), code: 'CAMERA-ABSENT' },
  pad: { ...silent('pad'), code: 'PAD-SILENT' },
  scanner: { ...unplugged('scanner'), code: 'SCANNER-ABSENT' },
  panel: { ...silent('panel'), code: 'PANEL-SILENT' },
  printer: { ...act('printer', { paper: 'out' }, { paper: 'full' }), code: 'PRINTER-PAPER-OUT' },
};
const KIOSK_OWN = ['store', 'disk', 'clock'];

let folder: string;
let kiosk: Kiosk;
beforeAll(async () => {
  folder = temporaryFolder();
  const base = await benchIn(folder, Object.keys(BROKEN));
  const configuration = value(checkConfiguration(base, 'a test'));
  kiosk = value(await compose(configuration, { readers: [], devices: 'all' }));
});
afterAll(async () => {
  await kiosk?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What `check` says: of all, or of one device beside the kiosk's own. */
async function states(only?: string): Promise<Record<string, string>> {
  const all = kiosk.devices.all.filter(({ settings }) => only === undefined || settings.id === only);
  const { devices } = value(await check({ ...kiosk, devices: { ...kiosk.devices, all } }, 'en'));
  for (const { code, cause, remedy } of devices) expect(!code || (cause && remedy)).toBeTruthy();
  return Object.fromEntries(devices.map(({ id, state, code }) => [id, code ?? state]));
}

test('no device of the bench is forgotten here', async () => {
  const { devices } = await benchIn(folder, 'all');
  expect(devices.map(({ id }: { id: string }) => id).sort()).toEqual(Object.keys(BROKEN).sort());
});

test('every device is ready; broken in turn, each has its code; mended, all are ready again', async () => {
  const well = Object.fromEntries([...Object.keys(BROKEN), ...KIOSK_OWN].map((id) => [id, 'ready']));
  // A busy machine may hold a virtual camera up for longer than a real one may take.
  const allWell = () => vi.waitFor(async () => expect(await states()).toEqual(well), 60_000);
  await allWell();

  for (const [id, { breaks, mends, code }] of Object.entries(BROKEN)) {
    value(await kiosk.bench!.send(breaks));
    // A line that was pulled an instant ago may still count as open.
    await vi.waitFor(async () => expect(await states(id)).toMatchObject({ [id]: code }), 30_000);
    value(await kiosk.bench!.send(mends));
  }
  await allWell();
});

test('a clock that is behind the last record, or behind the program, is told', async () => {
  const audit = { latest: async () => ok('2027-05-01T10:00:00.000Z') } as Kiosk['parts']['store']['audit'];
  const at = async (time: string) => (await checkClock({ audit }, new Date(time))).failure?.code;
  expect(await at('2027-05-01T10:00:01Z')).toBeUndefined();
  expect(await at('2027-05-01T09:59:30Z')).toBeUndefined();
  expect(await at('2027-05-01T09:00:00Z')).toBe('CLOCK-BEHIND');
  const fresh = { latest: async () => ok(null) } as unknown as typeof audit;
  expect((await checkClock({ audit: fresh }, new Date('1970-01-01T00:00:10Z'))).failure?.code).toBe(
    'CLOCK-BEHIND',
  );
});
