/**
 * A day of residents at every device of the bench, while a share of all frames on every line is torn. Card readers are
 * not among them: a read is 192 frames on a line whose protocol repeats none, and of 19,000 reads one would get through.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { compose, type Kiosk } from '../../src/compose.ts';
import { checkConfiguration } from '../../src/config.ts';
import type { Panel } from '../../src/devices/panel/port.ts';
import { type Failure, fail, ok, type Result } from '../../src/failures/failure.ts';
import { LEFT_FOUR } from '../../src/rules/finger-position.ts';
import type { BenchCommand } from '../../src/virtual/commands.ts';
import { benchIn } from '../support/bench-in.ts';
import { value } from '../support/bench-kiosk.ts';

/** What came of one device in a day. */
export interface DeviceDay {
  readonly device: string;
  /** Residents that it served. */
  readonly served: number;
  /** Tries that ended without a capture, by code. */
  readonly failed: Readonly<Record<string, number>>;
  /** Of one resident, tries and pauses together. */
  readonly longestMs: number;
}

export const DEVICES = ['finger', 'slap', 'iris', 'photo', 'pad', 'scanner', 'printer', 'panel'];
/** Of all frames on every line. */
export const TORN = 0.05;
/** Nobody tries more often, or longer: the device is stuck. */
const MOST_TRIES = 20;
const TRY_MS = 30_000;
/** Before the next try, as the supervisor tests the device and finds it again. */
const PAUSE_MS = 200;
/** Enough for a signature to be one. */
const SAMPLES = 40;

/** How one resident is captured: what is done at the device, and what the kiosk does. */
interface Act {
  /** Goes on until the capture is over. */
  readonly person: readonly BenchCommand[];
  capture(signal: AbortSignal): Promise<Result>;
}

/** All devices, each with one resident after the other. */
export async function tornDay(residents: number): Promise<readonly DeviceDay[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'torn-'));
  const base = await benchIn(folder, DEVICES);
  const configuration = checkConfiguration(
    {
      ...base,
      bench: { ...base.bench, pace: 0, seed: 'a torn day' },
      supervision: { heartbeat: 1, retest: 1, firstWait: 0.05, longestWait: 0.5 },
    },
    'the torn day',
  );
  const kiosk = value(await compose(value(configuration), { readers: [], devices: 'all', supervised: true }));
  try {
    const hand = async (command: BenchCommand) => void value(await kiosk.bench!.send(command));
    for (const device of DEVICES) await hand({ command: 'disturb', device, as: 'torn', rate: TORN });
    // The devices have nothing to do with one another: each has its own queue of residents.
    return await Promise.all(DEVICES.map((id) => dayOf(id, residents, kiosk, hand)));
  } finally {
    await kiosk.close();
    await rm(folder, { recursive: true });
  }
}

async function dayOf(
  device: string,
  residents: number,
  kiosk: Kiosk,
  hand: (command: BenchCommand) => Promise<void>,
): Promise<DeviceDay> {
  const failed: Record<string, number> = {};
  let [served, longestMs] = [0, 0];
  for (let resident = 0; resident < residents; resident++) {
    const begun = performance.now();
    const act = actAt(device, resident, kiosk);
    let done: Result = fail('SENSOR-SILENT');
    for (let tries = 0; tries < MOST_TRIES && !done.ok; tries++) {
      if (tries > 0) await delay(PAUSE_MS);
      done = await oneTry(act, hand);
      if (!done.ok) failed[done.failure.code] = (failed[done.failure.code] ?? 0) + 1;
    }
    longestMs = Math.max(longestMs, performance.now() - begun);
    if (!done.ok) break;
    served++;
  }
  return { device, served, failed, longestMs: Math.round(longestMs) };
}

async function oneTry(
  { person, capture }: Act,
  hand: (command: BenchCommand) => Promise<void>,
): Promise<Result> {
  const over = new AbortController();
  const captured = capture(AbortSignal.any([over.signal, AbortSignal.timeout(TRY_MS)])).finally(() =>
    over.abort(),
  );
  // Somebody whose code was not taken holds it there again.
  while (!over.signal.aborted) {
    for (const command of person) await hand(command);
    await delay(500, undefined, { signal: over.signal }).catch(() => {});
  }
  return captured;
}

/** Nothing came until the patience ended. */
const nothing: Failure = { code: 'DESK-CANCELLED' };

/** Takes frames until `enough`; what the device hands out after that is not wanted. */
async function take<F>(
  frames: AsyncGenerator<F, Result<void>>,
  enough: (frame: F, count: number) => boolean,
): Promise<Result> {
  for (let count = 1; ; count++) {
    const next = await frames.next();
    if (next.done) return next.value.ok ? { ok: false, failure: nothing } : next.value;
    if (!enough(next.value, count)) continue;
    await frames.return(ok());
    return ok();
  }
}

function pressed(panel: Panel, button: string, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve) => {
    const end = (result: Result) => {
      unsubscribe();
      resolve(result);
    };
    const unsubscribe = panel.subscribe(({ name, active, changed }) => {
      if (name === button && active && changed) end(ok());
    });
    signal.addEventListener('abort', () => end({ ok: false, failure: nothing }), { once: true });
  });
}

function actAt(device: string, resident: number, kiosk: Kiosk): Act {
  const { fingerSensors, irisCameras, photoCameras, signaturePads, codeScanners, receiptPrinters } =
    kiosk.devices;
  const [finger, slap] = fingerSensors;
  const act = (what: Record<string, unknown>): BenchCommand => ({ command: 'device', device, act: what });
  const code = `UNDANGAN-${resident}`;
  switch (device) {
    case 'finger': {
      const press = { command: 'press', sensor: device, finger: 'endah-2', rests: true } as const;
      return {
        person: [press],
        capture: (signal) => take(finger!.acquire({ positions: [2] }, signal), () => true),
      };
    }
    case 'slap':
      return {
        person: [act({ present: { person: 'endah', fingers: [...LEFT_FOUR] } })],
        capture: (signal) => take(slap!.acquire({ positions: LEFT_FOUR }, signal), (_, count) => count === 4),
      };
    case 'iris':
      return {
        person: [],
        capture: (signal) => take(irisCameras[0]!.acquire({ eyes: ['left'] }, signal), () => true),
      };
    case 'photo':
      return {
        person: [],
        capture: (signal) => take(photoCameras[0]!.acquire({ subject: 'face' }, signal), () => true),
      };
    case 'pad':
      return {
        person: [act({ sign: { seed: `resident ${resident}` } })],
        capture: (signal) => take(signaturePads[0]!.acquire(signal), (_, count) => count === SAMPLES),
      };
    case 'scanner':
      return {
        person: [act({ scan: code })],
        // A torn code is another code: nothing on this line can tell but whoever knows it.
        capture: (signal) => take(codeScanners[0]!.scan(signal), (scanned) => scanned === code),
      };
    case 'panel':
      return {
        person: [act({ press: 'start' })],
        capture: (signal) => pressed(kiosk.devices.panels[0]!, 'start', signal),
      };
    default:
      return {
        person: [act({ paper: 'full' })],
        capture: (signal) =>
          receiptPrinters[0]!.print([{ type: 'line', text: code }, { type: 'cut' }], signal),
      };
  }
}
