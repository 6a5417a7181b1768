/**
 * A station with real flows, a real store, real biometrics and a real capture room; only the devices are scripted, at
 * their ports: they show the virtual person who is told to stand before them.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from 'xstate';
import { createBiometrics } from '../../src/biometrics/pool.ts';
import { createCaseFiles } from '../../src/capture/case-files.ts';
import { createCaptureRoom } from '../../src/capture/room.ts';
import { capturePolicy } from '../../src/capture/settings.ts';
import type { Device } from '../../src/devices/device.ts';
import { type Failure, fail, ok, type Result } from '../../src/failures/failure.ts';
import { createCaptures, type StationDevices } from '../../src/flows/captures.ts';
import { createGuards } from '../../src/flows/identity-guards.ts';
import { recordingPolicy } from '../../src/flows/recording-policy.ts';
import { createRegistry } from '../../src/flows/registry.ts';
import type { SessionWish } from '../../src/flows/session-events.ts';
import type { SessionStatus, Stage } from '../../src/flows/session-status.ts';
import { deskPolicy } from '../../src/flows/settings.ts';
import { openStation, type Station, type StationParts } from '../../src/flows/station.ts';
import type { StationActor } from '../../src/flows/station-rights.ts';
import type { StationStatus } from '../../src/flows/station-status.ts';
import { createSealing } from '../../src/packet/seal-session.ts';
import { packetShelf } from '../../src/packet/shelf.ts';
import type { Biodata } from '../../src/rules/biodata.ts';
import type { FingerPosition } from '../../src/rules/finger-position.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import type { Invitation } from '../../src/store/roster.ts';
import { openStore } from '../../src/store/store.ts';
import { signOn } from '../../src/virtual/devices/handwriting.ts';
import { growIris } from '../../src/virtual/people/iris.ts';
import { takeView, throwView } from '../../src/virtual/people/iris-view.ts';
import { people } from '../../src/virtual/people/people.ts';
import { CLOTHS, drawScene, PLAIN_SCENE } from '../../src/virtual/people/photo-scene.ts';
import { Random } from '../../src/virtual/people/random.ts';
import { residents } from '../../src/virtual/people/residents.ts';
import { touchOf } from '../../src/virtual/people/touches.ts';
import { testCentre, testKiosk } from '../packet/fixture.ts';
import { type ChipReaderBench, chipReader, chipStationOf } from './fixture.ts';

export const resident: StationActor = { id: 'resident', role: 'resident' };
export const operator: StationActor = { id: 'op.ani', role: 'operator' };
export const supervisor: StationActor = { id: 'sv.budi', role: 'supervisor' };
export const POLICY = recordingPolicy.parse({ hours: everyDay({ from: '00:00', to: '23:59' }) });

function everyDay(hours: { from: string; to: string } | null) {
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  return Object.fromEntries(days.map((day) => [day, hours]));
}

const ENDAH: Invitation = {
  id: 'INV-0001',
  nik: '1607125204880001',
  name: 'SRI WAHYUNI',
  birthDate: '1988-04-12',
  village: 'TANJUNG LAGO',
  invitedOn: '2026-03-02',
  state: 'delivered',
  deliveredBy: 'RT 003',
};

/** NIK of somebody whom no roster knows. */
export const STRANGER = '1607125204880002';
/** As an operator enters it from the family card. */
export const biodataOf = (nik: string, rest: Partial<Biodata> = {}): Biodata => ({
  nik,
  nama: 'SRI WAHYUNINGSIH',
  alamat: 'DUSUN II',
  rt: '003',
  rw: '001',
  tempatLahir: 'PALEMBANG',
  kecamatan: 'TANJUNG LAGO',
  kelurahan: 'TANJUNG LAGO',
  kabupaten: 'BANYUASIN',
  jenisKelamin: 'PEREMPUAN',
  golonganDarah: 'O',
  agama: 'ISLAM',
  statusPerkawinan: 'KAWIN',
  pekerjaan: 'PETANI',
  tanggalLahir: '12-04-1988',
  provinsi: 'SUMATERA SELATAN',
  kewarganegaraan: 'WNI',
  ...rest,
});

/** Who stands before the devices, and what ails them. */
export interface Hands {
  person: string;
  /** Another finger is pressed than is asked for. */
  instead: Partial<Record<FingerPosition, FingerPosition>>;
  /** Until it is taken away, the device fails with it. */
  broken: Partial<Record<'finger' | 'iris' | 'photo' | 'pad', Failure>>;
  /** Nobody is there. */
  away: boolean;
  /** What hangs behind them. */
  cloth: keyof typeof CLOTHS;
}

export interface StationBench {
  /** The one that is open now. */
  readonly station: Station;
  readonly parts: StationParts;
  readonly clock: SimulatedClock;
  readonly hands: Hands;
  /** The reader on which residents check their card. */
  readonly chip: ChipReaderBench;
  readonly bugs: unknown[];
  readonly dataDir: string;
  /** Asks, or throws with the code of the refusal. */
  ask(wish: SessionWish, actor?: StationActor): void;
  /** Resolves once the status satisfies the condition. */
  when(condition: (status: StationStatus) => boolean): Promise<StationStatus>;
  /** Resolves once the session is at that stage. */
  at<A extends Stage['at']>(
    stage: A,
    that?: (stage: Extract<Stage, { at: A }>) => boolean,
  ): Promise<SessionStatus>;
  /** The process dies and starts again so many seconds later; the store is what it knows. */
  restart(secondsLater?: number): Promise<void>;
  close(): Promise<void>;
}

export async function openStationBench({
  dataDir = mkdtempSync(path.join(tmpdir(), 'anjungan-station-')),
  policy = POLICY,
}: {
  dataDir?: string;
  policy?: typeof POLICY;
} = {}): Promise<StationBench> {
  let time = Date.parse('2026-03-02T01:02:03Z');
  const now = () => new Date(time);
  const store = value(await openStore({ dataDir, settings: {}, policyHash: '0'.repeat(64), now }));
  const biometrics = createBiometrics({ threads: 1 });
  const hands: Hands = { person: 'endah', instead: {}, broken: {}, away: false, cloth: 'blue' };
  const devices = await scriptedDevices(hands);
  const chip = chipReader('new');
  const room = createCaptureRoom(biometrics, now);
  const captures = createCaptures(room, devices, QUICK, (judged) => void store.devices.judge(judged));
  await store.roster.import({ number: 1, invitations: [ENDAH] }, 'kiosk');
  const centre = await testCentre();
  const parts: StationParts = {
    store,
    captures,
    registry: createRegistry(store),
    guards: createGuards({
      store,
      biometrics,
      sensor: devices.fingerSensor,
      onDuty: () => [],
      policy,
    }),
    sealing: createSealing({
      store,
      shelf: packetShelf(dataDir),
      kiosk: await testKiosk(),
      centre: centre.centre,
      policy: '0'.repeat(64),
      proveSample: biometrics.proveSample,
      now,
    }),
    scanCode: undefined,
    print: undefined,
    printNumber: undefined,
    desk: {
      readers: [chip.reader],
      chipStation: (id) => (id === 'new' ? ok(chipStationOf(chip)) : fail('DESK-READER-UNKNOWN')),
      sealedReader: () => fail('DESK-READER-UNKNOWN'),
      sensor: devices.fingerSensor,
      biometrics,
      store,
      caseFiles: createCaseFiles(),
      policy: deskPolicy.parse({}),
    },
    policy,
    selfTest: async () => [],
    clockTrusted: true,
    now,
  };
  const clock = new SimulatedClock();
  const bugs: unknown[] = [];
  const start = async () => value(await openStation(parts, { onBug: (error) => bugs.push(error), clock }));
  let station = await start();
  const when: StationBench['when'] = (condition) =>
    new Promise((resolve) => {
      const look = (status: StationStatus) => {
        if (!condition(status)) return false;
        resolve(status);
        return true;
      };
      if (look(station.status())) return;
      const unsubscribe = station.subscribe((status) => {
        if (look(status)) unsubscribe();
      });
    });
  return {
    get station() {
      return station;
    },
    async restart(secondsLater = 0) {
      station.close();
      time += secondsLater * 1000;
      station = await start();
    },
    parts,
    clock,
    hands,
    chip,
    bugs,
    dataDir,
    ask(wish, actor = resident) {
      value(station.send(actor, wish));
    },
    when,
    async at(stage, that = () => true) {
      const { session } = await when(
        (status) => status.session?.stage.at === stage && that(status.session.stage as never),
      );
      if (!session) throw new Error('the session is gone');
      return session;
    },
    async close() {
      station.close();
      await biometrics.close();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** As few pictures as do: what the captures decide is tested with them. */
const QUICK = capturePolicy.parse({
  photo: { bestOf: 1, threshold: 30 },
  finger: { tries: 1, threshold: 10 },
  iris: { bestOf: 1, threshold: 10 },
  document: { frames: 1 },
});

const AREA = { width: 100, height: 60 };

async function scriptedDevices(hands: Hands): Promise<StationDevices> {
  const everybody = await people({ cacheDir: path.join(tmpdir(), 'anjungan-people') });
  const person = () => everybody.find(({ id }) => id === hands.person) ?? fallen(hands.person);
  const device = (id: 'finger' | 'iris' | 'photo' | 'pad'): Device & { broken(): Result | undefined } => ({
    id,
    broken: () => (hands.broken[id] ? { ok: false, failure: hands.broken[id] } : undefined),
    check: async () => {
      const broken = hands.broken[id];
      return broken ? { ok: false, failure: broken } : ok({ identity: 'scripted' });
    },
    close: async () => {},
  });
  const [finger, iris, photo, pad] = [device('finger'), device('iris'), device('photo'), device('pad')];
  let impression = 0;
  return {
    fingerSensor: {
      ...finger,
      traits: { slap: false, live: false, enrolmentGrade: true, dpi: 500 },
      async *acquire({ positions }, signal) {
        const broken = finger.broken();
        if (broken) return broken;
        if (hands.away) return await untilAborted(signal);
        const [asked = 2] = positions;
        yield { image: await touchOf(person(), hands.instead[asked] ?? asked, 1 + (impression++ % 4)) };
        return ok();
      },
    },
    irisCamera: {
      ...iris,
      traits: { live: true, bothEyes: false },
      async *acquire({ eyes }, signal) {
        for (let look = 1; !signal.aborted; look++) {
          const broken = iris.broken();
          if (broken) return broken;
          if (hands.away) return await untilAborted(signal);
          const [eye = 'right'] = eyes;
          yield { image: lookInto(hands.person, eye, look), eye };
        }
        return ok();
      },
    },
    photoCamera: {
      ...photo,
      traits: { live: true },
      async *acquire(_, signal) {
        const looks = residents.find(({ id }) => id === hands.person)?.looks ?? null;
        const background = CLOTHS[hands.cloth];
        const scene = { ...PLAIN_SCENE, width: 480, height: 640, looks, background };
        while (!signal.aborted) {
          const broken = photo.broken();
          if (broken) return broken;
          if (hands.away) return await untilAborted(signal);
          yield { image: await drawScene(scene) };
        }
        return ok();
      },
    },
    signaturePad: {
      ...pad,
      traits: { x: { max: 10_000, perMm: 100 }, y: { max: 6_000, perMm: 100 }, maxPressure: 1023 },
      async *acquire(signal) {
        const broken = pad.broken();
        if (broken) return broken;
        let time = 0;
        for (const { afterMs, ...point } of signOn(AREA, 100, new Random(`${hands.person} signs`))) {
          time += afterMs;
          yield { ...point, time };
        }
        return await untilAborted(signal);
      },
    },
  };
}

function lookInto(person: string, eye: 'left' | 'right', look: number): GrayImage {
  const random = new Random(`${person}/iris ${eye}`);
  const iris = growIris(random.for('iris'));
  const dice = random.for(`look ${look}`);
  return takeView(iris, throwView(dice, iris, 0.2), dice);
}

function untilAborted(signal: AbortSignal): Promise<Result> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(ok());
    signal.addEventListener('abort', () => resolve(ok()));
  });
}

function fallen(id: string): never {
  throw new Error(`no virtual person ${id}`);
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`);
  return result.value;
}

/** Does what the screens ask of a resident until that stage is reached. */
export async function recordUntil(
  bench: StationBench,
  wanted: Stage['at'] | ((stage: Stage) => boolean),
): Promise<SessionStatus> {
  const isThere = typeof wanted === 'string' ? ({ at }: Stage) => at === wanted : wanted;
  let last = '';
  for (;;) {
    const { session } = await bench.when(
      ({ session: now }) => now !== null && (isThere(now.stage) || signature(now.stage) !== last),
    );
    if (!session || isThere(session.stage)) return session as SessionStatus;
    last = signature(session.stage);
    const wish = answerTo(session);
    if (wish) bench.ask(wish, ['check-identity', 'scans-complete'].includes(wish.type) ? operator : resident);
  }
}

/** What tells one moment from the next. */
const signature = (stage: Stage) =>
  createHash('sha256')
    .update(JSON.stringify({ ...stage, reasons: [], quality: 0, preview: '' }))
    .digest('hex');

/** What a resident does who does as they are told; the operator at the gate. */
export function answerTo({ stage }: SessionStatus): SessionWish | null {
  switch (stage.at) {
    case 'choosing':
      return { type: 'record', reason: 'new' };
    case 'identification':
      return stage.step === 'asking' ? { type: 'present-invitation', code: ENDAH.id } : null;
    case 'guardian':
      return { type: 'name-guardian', name: 'WALI CONTOH', relation: 'ibu' };
    case 'notice':
      return { type: 'acknowledge-notice', version: stage.version };
    case 'biodata':
      return stage.sha256 ? { type: 'confirm-biodata', sha256: stage.sha256 } : null;
    case 'capture':
      if (stage.phase === 'ready') return { type: 'start-capture' };
      return stage.phase === 'writing' ? { type: 'finish-signature' } : null;
    case 'review':
      return { type: 'approve' };
    case 'identity-gate':
      return stage.scans.length > 0
        ? { type: 'scans-complete' }
        : { type: 'check-identity', means: 'family-card' };
    case 'receipt':
      return { type: 'close-receipt' };
    default:
      return null;
  }
}
