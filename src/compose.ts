/**
 * Puts the kiosk together: settings → bench (for virtual devices) → store → devices → flows. The only file that
 * knows everybody; main, the command line and the tests use it.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createBiometrics } from './biometrics/pool.ts';
import { createCaseFiles } from './capture/case-files.ts';
import { composeStation, type OpenedStation } from './compose-station.ts';
import { composeUplink } from './compose-uplink.ts';
import { type Configuration, fromProject } from './config.ts';
import { createLenReader } from './devices/card-reader/len/driver.ts';
import { createPcscReader } from './devices/card-reader/pcsc/driver.ts';
import type { CardReader } from './devices/card-reader/port.ts';
import { createFlightRecorder, type FlightRecorder } from './devices/supervision/flight-recorder.ts';
import { createSupervisor, type Supervisor } from './devices/supervision/supervisor.ts';
import { guardUsb, keepNews, noteReaders } from './devices-in-care.ts';
import { type Failure, fail, ok, type Result } from './failures/failure.ts';
import { startDailyRound } from './flows/daily-round.ts';
import { createDesk, type Desk } from './flows/desk.ts';
import type { ChipStation, DeskParts } from './flows/parts.ts';
import { settleOpen } from './flows/settle-open.ts';
import type { StationOptions } from './flows/station.ts';
import type { SamOpen } from './ktp/sam.ts';
import { type DeviceSettings, type Devices, openDevices } from './open-devices.ts';
import { lightLamps } from './panel-lamps.ts';
import { canonicalJson, type Json } from './store/canonical-json.ts';
import type { StoreSettings } from './store/settings.ts';
import { openStore, type Store } from './store/store.ts';
import type { Uplink } from './uplink/folder.ts';
import { testCentreFiles } from './virtual/centre/keys.ts';
import { type Bench, startBench } from './virtual/client.ts';

export interface Kiosk {
  readonly configuration: Configuration;
  readonly parts: DeskParts;
  readonly devices: Devices;
  /** Only in a kiosk that stays: a command uses its devices and is gone. */
  readonly supervisor: Supervisor | undefined;
  readonly recorder: FlightRecorder;
  /** Only with virtual devices. */
  readonly bench: Bench | undefined;
  /** Starts the desk: settles activations left open, then takes work. */
  openDesk(onBug: (error: unknown) => void): Promise<Result<Desk>>;
  /** Once it is open. */
  readonly desk: () => Desk | undefined;
  /**
   * Starts the recording: settles batches and sealings left open, takes up or wipes an unfinished session, then serves;
   * from then on does what is due by the day. `onFailure` hears of what could not be done and stands in nobody's way.
   */
  openStation(
    options: StationOptions & { readonly onFailure: (failure: Failure) => void },
  ): Promise<Result<OpenedStation>>;
  /** The way to the centre and back, as the configuration has it when it is asked for. */
  uplink(): Promise<Result<Uplink>>;
  /** Ends everything that compose started, in the opposite order. */
  close(): Promise<void>;
}

/** The desk works on one finger at a time. */
const BIOMETRIC_THREADS = 1;

/** A command opens only what it needs; the kiosk itself needs all. */
export interface Need {
  /** Ids of readers, or all of them. */
  readonly readers: readonly string[] | 'all';
  /** Kinds of devices, or all of them. */
  readonly devices: readonly DeviceSettings['kind'][] | 'all';
  /** Somebody looks after the devices as long as the kiosk is up. */
  readonly supervised?: boolean;
}

export const EVERYTHING: Need = { readers: 'all', devices: 'all', supervised: true };

export async function compose(configuration: Configuration, need: Need): Promise<Result<Kiosk>> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  const composed = await composeInto(configuration, need, opened);
  if (composed.ok) return ok({ ...composed.value, close });
  await close();
  return composed;
}

async function composeInto(
  configuration: Configuration,
  need: Need,
  opened: (() => Promise<unknown>)[],
): Promise<Result<Omit<Kiosk, 'close'>>> {
  const wanted = configuration.readers.filter(
    ({ id }) => need.readers === 'all' || need.readers.includes(id),
  );
  const wantedDevices = configuration.devices
    .filter(({ kind }) => need.devices === 'all' || need.devices.includes(kind))
    .map(located);

  const policyHash = hashOf(configuration.policy);
  const store = await openStore({
    dataDir: configuration.dataDir,
    settings: keysOf(configuration.store),
    policyHash,
    timeZone: configuration.policy.recording.timeZone,
    now: () => new Date(),
  });
  if (!store.ok) return store;
  opened.push(() => store.value.close());

  const bench = await openBench(configuration, wanted, wantedDevices);
  if (!bench.ok) return bench;
  const virtual = bench.value;
  if (virtual) opened.push(() => virtual.stop());

  const stations = await openReaders(wanted);
  if (!stations.ok) return stations;
  const { readers, chips } = stations.value;
  opened.push(() => Promise.all(readers.map((reader) => reader.close())));

  const recorder = createFlightRecorder();
  const supervisor = need.supervised ? createSupervisor(configuration.supervision) : undefined;
  const devices = openDevices(wantedDevices, recorder, supervisor);
  opened.push(() => devices.close());
  if (supervisor) {
    const leaveLamps = lightLamps(devices.panels, supervisor, readers);
    opened.push(async () => leaveLamps());
    const { dataDir } = configuration;
    opened.push(keepNews({ supervisor, recorder, store: store.value, dataDir, devices: wantedDevices }));
    opened.push(async () => supervisor.close());
    const end = noteReaders(readers, store.value);
    opened.push(async () => end());
    if (configuration.usbGuard) opened.push(guardUsb(configuration.usbGuard, store.value));
  }

  const biometrics = createBiometrics({ threads: BIOMETRIC_THREADS });
  opened.push(() => biometrics.close());

  const parts: DeskParts = {
    readers,
    chipStation: (id) => {
      const chip = chips.get(id);
      if (chip) return ok(chip);
      return fail(
        readers.some((reader) => reader.id === id) ? 'DESK-SEALED-READER' : 'DESK-READER-UNKNOWN',
        id,
      );
    },
    sealedReader: (id) => {
      const reader = readers.find((one) => one.id === id);
      if (reader?.kind === 'sealed') return ok(reader);
      return fail(reader ? 'DESK-OPEN-READER' : 'DESK-READER-UNKNOWN', id);
    },
    sensor: devices.fingerSensors[0],
    biometrics,
    store: store.value,
    caseFiles: createCaseFiles(),
    policy: Object.freeze(configuration.policy),
  };
  let desk: Desk | undefined;
  return ok({
    configuration,
    desk: () => desk,
    parts,
    devices,
    supervisor,
    recorder,
    bench: virtual,
    async openDesk(onBug) {
      const abort = new AbortController();
      opened.push(async () => abort.abort());
      const settled = await settleOpen(parts, abort.signal);
      if (!settled.ok) return settled;
      const opening = createDesk(parts, { onBug });
      opened.push(async () => opening.close());
      desk = opening;
      return ok(opening);
    },
    uplink: () => composeUplink(configuration, store.value),
    async openStation(options) {
      await settleUplink(configuration, store.value, options.onFailure);
      const opening = await composeStation(
        { configuration, policyHash, desk: parts, devices, supervisor },
        options,
      );
      if (!opening.ok) return opening;
      opened.push(async () => opening.value.station.close());
      const { retentionDays } = configuration.policy.recording;
      const { onFailure, clock } = options;
      opened.push(startDailyRound({ store: store.value, retentionDays, onFailure, clock }));
      return opening;
    },
  });
}

/** Where there is a way to the centre: a batch that was cut off is written once more, or by the next sending. */
async function settleUplink(
  configuration: Configuration,
  store: Store,
  onFailure: (failure: Failure) => void,
): Promise<void> {
  const uplink = await composeUplink(configuration, store);
  const settled = uplink.ok ? await uplink.value.settleOpen() : uplink;
  if (!settled.ok && settled.failure.code !== 'UPLINK-UNTOLD') onFailure(settled.failure);
}

interface Readers {
  readonly readers: readonly CardReader[];
  readonly chips: ReadonlyMap<string, ChipStation>;
}

async function openReaders(wanted: Configuration['readers']): Promise<Result<Readers>> {
  const readers: CardReader[] = [];
  const chips = new Map<string, ChipStation>();
  for (const settings of wanted) {
    if (settings.driver === 'len') {
      readers.push(createLenReader({ ...settings, ports: settings.ports.map(fromProject) }));
      continue;
    }
    const samOpen = await readSamOpen(settings.samOpen);
    if (!samOpen.ok) return samOpen;
    const reader = createPcscReader(settings);
    readers.push(reader);
    chips.set(settings.id, { reader, profile: settings.profile, samOpen: samOpen.value });
  }
  return ok({ readers, chips });
}

/** Starts the bench when one of the devices that are wanted is virtual. */
async function openBench(
  { bench, readers: all }: Configuration,
  wanted: Configuration['readers'],
  wantedDevices: Configuration['devices'],
): Promise<Result<Bench | undefined>> {
  const readers = wanted.filter((reader) => reader.virtual);
  const devices = wantedDevices.filter((device) => device.virtual);
  if (readers.length === 0 && devices.length === 0) return ok(undefined);
  const ids = new Set(readers.map(({ id }) => id));
  const unknown = Object.keys({ ...bench.lay, ...bench.sams }).find(
    (id) => !all.some((reader) => reader.id === id),
  );
  if (unknown)
    return fail('CONFIG-INVALID', `bench.lay: found the reader ${unknown}, expected the id of a reader`);
  const ofWanted = ([id]: [string, string]) => ids.has(id);
  return startBench({
    ...bench,
    folder: fromProject(bench.folder),
    ...(bench.stateFile ? { stateFile: fromProject(bench.stateFile) } : {}),
    lay: Object.fromEntries(Object.entries(bench.lay).filter(ofWanted)),
    sams: Object.fromEntries(Object.entries(bench.sams).filter(ofWanted)),
    readers: readers.map((reader) =>
      reader.driver === 'len'
        ? { driver: reader.driver, id: reader.id, port: fromProject(reader.ports[0] ?? '') }
        : { driver: reader.driver, id: reader.id },
    ),
    devices,
  });
}

/** PCID and CONF of a SAM, from the configuration (bench) or from a systemd credential of 48 bytes, PCID first. */
async function readSamOpen(
  source: { readonly pcid: string; readonly conf: string } | { readonly credential: string },
): Promise<Result<SamOpen>> {
  if (!('credential' in source)) {
    return ok({ pcid: Buffer.from(source.pcid, 'hex'), conf: Buffer.from(source.conf, 'hex') });
  }
  const file = path.join(process.env.CREDENTIALS_DIRECTORY ?? '', source.credential);
  try {
    const secret = await readFile(file);
    if (secret.length !== 48) return fail('CONFIG-CREDENTIAL-MISSING', `${source.credential}: not 48 bytes`);
    return ok({ pcid: secret.subarray(0, 16), conf: secret.subarray(16) });
  } catch {
    return fail('CONFIG-CREDENTIAL-MISSING', source.credential);
  }
}

/** Its paths, too, start at the project's folder. */
function located<S extends DeviceSettings>(settings: S): S {
  return {
    ...settings,
    ...('port' in settings && { port: fromProject(settings.port) }),
    ...('trust' in settings && { trust: fromProject(settings.trust) }),
  };
}

/** Key files, too, start at the project's folder. */
function keysOf({ key, auditKey }: StoreSettings): StoreSettings {
  const located = (source: typeof key) => (typeof source === 'string' ? fromProject(source) : source);
  return { ...(key ? { key: located(key) } : {}), ...(auditKey ? { auditKey: located(auditKey) } : {}) };
}

/** Where the bench keeps the private key of its test centre. */
export function testCentreKeyFile({ bench }: Configuration): string {
  return testCentreFiles(fromProject(bench.folder)).privateFile;
}

/** SHA-256 of the configuration in force, for the audit. */
export function configurationHash(configuration: Configuration): string {
  return hashOf(configuration);
}

/** SHA-256 over the canonical JSON, lower-case hex. */
function hashOf(value: object): string {
  const json: Json = JSON.parse(JSON.stringify(value));
  return createHash('sha256').update(canonicalJson(json)).digest('hex');
}
