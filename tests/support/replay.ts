/**
 * Replays a trace of the flight recorder against the driver that it was recorded from: the driver talks to a
 * pseudo-terminal that says what the device said in the field, when it said it, and hears what the driver says now.
 *
 * Two uses of the device are replayed: the one that failed and, where the line was open before, the one that opened it.
 * What was overwritten in the trace (images, templates, codes) comes back as zeros.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkConfiguration } from '../../src/config.ts';
import { createFlightRecorder } from '../../src/devices/supervision/flight-recorder.ts';
import { decodeBytes, type Trace, type TraceEntry } from '../../src/devices/supervision/trace-file.ts';
import { ok, type Result } from '../../src/failures/failure.ts';
import { type Devices, openDevices } from '../../src/open-devices.ts';
import { openPty } from '../../src/virtual/pty.ts';
import { value } from './bench-kiosk.ts';

export interface Replayed {
  /** What the use that failed in the field ends in now: `done`, `nothing`, or a failure's code. */
  readonly outcome: string;
  /** The first bytes that the driver wrote otherwise than in the field, in hex, and where; undefined: it did the same. */
  readonly differs: { readonly at: number; readonly field: string; readonly now: string } | undefined;
}

/** One use of the device: its entries, from the event that begins it to the one that tells its outcome. */
interface Use {
  readonly what: string;
  readonly outcome: string;
  readonly entries: readonly TraceEntry[];
}

/** A use that takes so much longer than in the field is ended, ms. */
const GRACE_MS = 2_000;
/** Bytes shown of a difference. */
const SHOWN = 16;

/** Throws for a trace that cannot be replayed: no serial line, no use that failed, a print (its receipt is not kept). */
export async function replay(trace: Trace): Promise<Replayed> {
  const uses = usesToReplay(trace);
  const folder = await mkdtemp(path.join(tmpdir(), 'replay-'));
  const line = await openLine(path.join(folder, 'line'));
  const recorder = createFlightRecorder();
  const devices = openDevices([settingsOf(trace, path.join(folder, 'line'))], recorder, undefined);
  try {
    let outcome = '';
    for (const use of uses) outcome = await replayUse(use, devices, line);
    const now = sentIn(recorder.entries(trace.head.device));
    return { outcome, differs: difference(Buffer.concat(uses.map(({ entries }) => sentIn(entries))), now) };
  } finally {
    await devices.close();
    await line.close();
    await rm(folder, { recursive: true });
  }
}

function settingsOf({ head }: Trace, port: string) {
  // There is neither bench nor panel here.
  const { virtual: _, relay: __, ...settings } = head.settings;
  const onLine = { ...settings, port };
  const [checked] = value(
    checkConfiguration({ dataDir: '.', readers: [], devices: [onLine] }, 'the trace'),
  ).devices;
  const serial =
    checked &&
    ('baudRate' in checked || checked.driver === 'topaz') &&
    !('interface' in checked && checked.interface === 'usb');
  if (!serial) throw new Error(`${head.settings.driver}: only devices on serial lines are replayed`);
  return checked;
}

/** The use that failed; before it the one in which its line was opened, unless that is itself. */
function usesToReplay({ head, entries }: Trace): Use[] {
  const uses = usesOf(entries);
  const failed = uses.findLast(({ outcome }) => outcome === head.failure?.code);
  if (!failed) throw new Error('the trace holds no use that ended in its failure');
  if (failed.what === 'print') throw new Error('a print is not replayed: its receipt is not in the trace');
  const opens = (use: Use) => use.entries.some((entry) => 'event' in entry && entry.event === 'opened');
  if (opens(failed)) return [failed];
  const opening = uses.slice(0, uses.indexOf(failed)).findLast(opens);
  return opening ? [opening, failed] : [failed];
}

function usesOf(entries: readonly TraceEntry[]): Use[] {
  return entries.flatMap((entry, end): Use[] => {
    const [what, outcome] = 'event' in entry ? entry.event.split(': ') : [];
    if (what === undefined || outcome === undefined) return [];
    const begin = entries.slice(0, end).findLastIndex((other) => 'event' in other && other.event === what);
    return begin < 0 ? [] : [{ what, outcome, entries: entries.slice(begin, end + 1) }];
  });
}

/** The far end of the driver's line. */
interface Line {
  write(bytes: Uint8Array): void;
  /** Resolves when the driver has written so many bytes more than at the last call; rejects when `signal` aborts. */
  heard(bytes: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

async function openLine(port: string): Promise<Line> {
  let ahead = 0;
  let wake = () => {};
  const pty = value(
    await openPty(port, (bytes) => {
      ahead += bytes.length;
      wake();
    }),
  );
  let closing: Promise<void> | undefined;
  return {
    write: pty.write,
    async heard(bytes, signal) {
      while (ahead < bytes) {
        await new Promise<void>((resolve, reject) => {
          wake = resolve;
          signal.addEventListener('abort', reject, { once: true });
        });
      }
      ahead -= bytes;
    },
    close() {
      closing ??= pty.close();
      return closing;
    },
  };
}

async function replayUse(use: Use, devices: Devices, line: Line): Promise<string> {
  const stop = new AbortController();
  const over = new AbortController();
  speak(use.entries, line, over.signal).then(
    () => stop.abort(),
    () => {}, // what was left to say belongs to this use
  );
  try {
    return await run(use.what, devices, stop.signal);
  } finally {
    over.abort();
  }
}

/**
 * Says what the device said, each time when the driver has said what it said before, and as much later as in the field.
 * Rejects when `signal` aborts.
 */
async function speak(entries: readonly TraceEntry[], line: Line, signal: AbortSignal): Promise<void> {
  let { at } = entries[0]!;
  for (const entry of entries) {
    if ('sent' in entry) await line.heard(value(decodeBytes(entry.sent)).length, signal);
    else await delay(entry.at - at, undefined, { signal });
    if ('received' in entry) line.write(value(decodeBytes(entry.received)));
    if ('event' in entry && entry.event === 'SERIAL-LOST') await line.close();
    at = entry.at;
  }
  await delay(GRACE_MS, undefined, { signal });
}

/** Uses the device as the kiosk did. */
async function run(what: string, devices: Devices, signal: AbortSignal): Promise<string> {
  const { device } = devices.all[0]!;
  switch (what) {
    case 'check':
      return told(await device.check(signal));
    case 'heartbeat':
      return told((await device.heartbeat?.(signal)) ?? ok());
    default: {
      const streams = [
        ...devices.fingerSensors.map((sensor) => sensor.acquire({ positions: [2] }, signal)),
        ...devices.signaturePads.map((pad) => pad.acquire(signal)),
        ...devices.codeScanners.map((scanner) => scanner.scan(signal)),
      ];
      for (let frames = 0; ; frames++) {
        const next = await streams[0]!.next();
        if (!next.done) continue;
        return next.value.ok && frames === 0 ? 'nothing' : told(next.value);
      }
    }
  }
}

function told(result: Result<unknown>): string {
  return result.ok ? 'done' : result.failure.code;
}

function sentIn(entries: readonly TraceEntry[]): Buffer {
  return Buffer.concat(entries.flatMap((entry) => ('sent' in entry ? [value(decodeBytes(entry.sent))] : [])));
}

function difference(field: Buffer, now: Buffer): Replayed['differs'] {
  const longest = Math.max(field.length, now.length);
  for (let at = 0; at < longest; at++) {
    if (field[at] === now[at]) continue;
    const shown = (bytes: Buffer) =>
      bytes
        .subarray(at, at + SHOWN)
        .toString('hex')
        .toUpperCase();
    return { at, field: shown(field), now: shown(now) };
  }
  return undefined;
}
