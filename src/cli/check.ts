/** `check`: every device tested as a technician would want it; green, or a code with its cause and remedy. */
import { statfs } from 'node:fs/promises';
import type { Kiosk } from '../compose.ts';
import { catalogue } from '../failures/catalogue.ts';
import type { Language } from '../failures/entry.ts';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import type { Store } from '../store/store.ts';

export interface DeviceLine {
  readonly id: string;
  readonly kind: string;
  readonly driver: string;
  /** DESIGN.md: `connecting self-testing ready busy degraded lost backing-off power-cycling disabled`. */
  readonly state: string;
  /** What the device says it is. */
  readonly identity?: string;
  /** Degrees Celsius. */
  readonly temperature?: number;
  /** ISO 8601; absent: no technician has told of one. */
  readonly calibratedAt?: string;
  readonly code?: string;
  readonly cause?: string;
  readonly remedy?: string;
  readonly detail?: string;
}

/** What a test found, before it is put into words. */
type Found = Omit<DeviceLine, 'code' | 'cause' | 'remedy' | 'detail'> & { readonly failure?: Failure };

/** One device's test, s. All run side by side, so `check` as a whole stays well under 45 s. */
const PATIENCE = 20;
/** A day of 200 residents takes about 1 GiB; below that nobody should open. */
const LEAST_DISK_BYTES = 1024 ** 3;
/** No kiosk ran this program before. */
const NEWER_THAN = Date.UTC(2026, 10, 1);
/** A clock that is set by the network steps back by less. */
const CLOCK_STEP_MS = 60_000;

export async function check(kiosk: Kiosk, language: Language): Promise<Result<{ devices: DeviceLine[] }>> {
  const found = await Promise.all([
    ...kiosk.parts.readers.map((reader) => checkReader(kiosk, reader)),
    ...kiosk.devices.all.map((one) => checkDevice(kiosk, one)),
    checkStore(kiosk),
    checkDisk(kiosk.configuration.dataDir),
    checkClock(kiosk.parts.store, new Date()),
  ]);
  const devices: DeviceLine[] = [];
  for (const { failure, ...line } of found) {
    const calibrated = await kiosk.parts.store.facts.get('calibrated', line.id);
    devices.push({
      ...line,
      ...(calibrated.ok && calibrated.value !== null && { calibratedAt: calibrated.value }),
      ...(failure && explain(failure, language)),
    });
  }
  return ok({ devices });
}

async function checkReader(
  { configuration, parts }: Kiosk,
  reader: Kiosk['parts']['readers'][number],
): Promise<Found> {
  const driver = configuration.readers.find(({ id }) => id === reader.id)?.driver ?? '';
  const line = { id: reader.id, kind: 'card-reader', driver };
  const checked = await reader.check(AbortSignal.timeout(PATIENCE * 1000));
  if (!checked.ok) return { ...line, state: 'lost', failure: checked.failure };
  const { state, sam, failure } = reader.status();
  const { identity } = checked.value;
  await parts.store.devices.seen({ device: reader.id, identity: identity.slice(0, 200), temperature: null });
  if (sam === false) return { ...line, identity, state: 'degraded', failure: { code: 'CARD-SAM-ABSENT' } };
  if (failure) return { ...line, identity, state: 'degraded', failure };
  return { ...line, identity, state: state === 'busy' ? 'busy' : 'ready' };
}

/** Through the supervisor where there is one, so that the board of devices says the same. */
async function checkDevice(
  { supervisor }: Kiosk,
  { settings: { id, kind, driver }, device }: Kiosk['devices']['all'][number],
): Promise<Found> {
  const signal = AbortSignal.timeout(PATIENCE * 1000);
  if (supervisor) {
    const tested = await supervisor.test(id, signal);
    return tested.ok ? tested.value : { id, kind, driver, state: 'lost', failure: tested.failure };
  }
  const checked = await device.check(signal);
  if (!checked.ok) return { id, kind, driver, state: 'lost', failure: checked.failure };
  const { complaint, ...findings } = checked.value;
  return {
    ...{ id, kind, driver, ...findings, state: complaint ? 'degraded' : 'ready' },
    ...(complaint && { failure: complaint }),
  };
}

async function checkStore({ parts }: Kiosk): Promise<Found> {
  const line = { id: 'store', kind: 'store', driver: 'sqlcipher' };
  const verified = await parts.store.audit.verify();
  if (!verified.ok) return { ...line, state: 'lost', failure: verified.failure };
  const { entries, ok: whole } = verified.value;
  const identity = `${entries} audit entries`;
  if (!whole) return { ...line, identity, state: 'degraded', failure: { code: 'CONSOLE-AUDIT-BROKEN' } };
  return { ...line, identity, state: 'ready' };
}

async function checkDisk(dataDir: string): Promise<Found> {
  const line = { id: 'disk', kind: 'disk', driver: 'statfs' };
  const free = await freeBytes(dataDir);
  if (!free.ok) return { ...line, state: 'lost', failure: free.failure };
  const identity = `${(free.value / 1024 ** 3).toFixed(1)} GiB free`;
  if (free.value >= LEAST_DISK_BYTES) return { ...line, identity, state: 'ready' };
  return { ...line, identity, state: 'degraded', failure: { code: 'DISK-LOW', detail: identity } };
}

/** Who sets a clock back could make an old act look new; a Pi without a battery starts in the past by itself. */
export async function checkClock({ audit }: Pick<Store, 'audit'>, now: Date): Promise<Found> {
  const line = { id: 'clock', kind: 'clock', driver: 'system' };
  const latest = await audit.latest();
  if (!latest.ok) return { ...line, state: 'lost', failure: latest.failure };
  const identity = now.toISOString();
  const earliest = Math.max(NEWER_THAN, Date.parse(latest.value ?? '') - CLOCK_STEP_MS || 0);
  if (now.getTime() >= earliest) return { ...line, identity, state: 'ready' };
  const detail = `${identity}, before ${new Date(earliest).toISOString()}`;
  return { ...line, identity, state: 'degraded', failure: { code: 'CLOCK-BEHIND', detail } };
}

async function freeBytes(folder: string): Promise<Result<number>> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return ok(bavail * bsize);
  } catch (error) {
    return fail('DISK-UNREADABLE', `${(error as NodeJS.ErrnoException).code}`);
  }
}

export function explain(
  { code, detail }: Failure,
  language: Language,
): Pick<DeviceLine, 'code' | 'cause' | 'remedy' | 'detail'> {
  const { cause, staff } = catalogue[code];
  return {
    code,
    cause: cause[language],
    remedy: staff[language],
    ...(detail === undefined ? {} : { detail }),
  };
}
