/**
 * Puts the kiosk together: settings → bench (for virtual devices) → store → devices → flows. The only file that
 * knows everybody; main, the command line and the tests use it.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Biometrics, createBiometrics } from './biometrics/pool.ts';
import { createCaseFiles } from './capture/case-files.ts';
import { type Configuration, fromProject } from './config.ts';
import { createLenReader } from './devices/card-reader/len/driver.ts';
import { createPcscReader } from './devices/card-reader/pcsc/driver.ts';
import type { CardReader } from './devices/card-reader/port.ts';
import type { ReaderSettings } from './devices/card-reader/settings.ts';
import type { FingerSensor } from './devices/fingerprint/port.ts';
import { createSupremaSfm } from './devices/fingerprint/suprema-sfm.ts';
import { fail, ok, type Result } from './failures/failure.ts';
import { createDesk, type Desk } from './flows/desk.ts';
import type { ChipStation, DeskParts } from './flows/parts.ts';
import { settleOpen } from './flows/settle-open.ts';
import { canonicalJson, type Json } from './store/canonical-json.ts';
import { openStore, type Store } from './store/store.ts';
import { type Bench, startBench } from './virtual/client.ts';

export interface Kiosk {
  readonly configuration: Configuration;
  readonly parts: DeskParts;
  /** Only with virtual devices. */
  readonly bench: Bench | undefined;
  /** Starts the desk: settles activations left open, then takes work. */
  openDesk(onBug: (error: unknown) => void): Promise<Result<Desk>>;
  /** Ends everything that compose started, in the opposite order. */
  close(): Promise<void>;
}

/** A command opens only what it needs; the kiosk itself needs all. */
export interface Need {
  /** Ids of readers, or all of them. */
  readonly readers: readonly string[] | 'all';
  readonly sensor: boolean;
}

export const EVERYTHING: Need = { readers: 'all', sensor: true };

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
  const wanted = configuration.readers.filter(({ id }) => need.readers === 'all' || need.readers.includes(id));
  const sensorSettings = need.sensor ? configuration.fingerSensor : undefined;

  const store = await openStore({
    ...configuration.store,
    dataDir: configuration.dataDir,
    policyHash: policyHash(configuration),
  });
  if (!store.ok) return store;
  opened.push(() => store.value.close());

  const bench = await benchFor(configuration, wanted, sensorSettings?.virtual === true);
  if (!bench.ok) return bench;
  const { value: virtual } = bench;
  if (virtual) opened.push(() => virtual.stop());

  const stations = new Map<string, ChipStation>();
  const readers: CardReader[] = [];
  for (const settings of wanted) {
    if (settings.driver === 'len') {
      readers.push(createLenReader({ ...settings, ports: settings.ports.map(fromProject) }));
    } else {
      const samOpen = await samOpenOf(settings);
      if (!samOpen.ok) return samOpen;
      const reader = createPcscReader(settings);
      readers.push(reader);
      stations.set(settings.id, { reader, profile: settings.card, samOpen: samOpen.value });
    }
  }
  for (const reader of readers) opened.push(() => reader.close());

  const sensor: FingerSensor | undefined =
    sensorSettings && createSupremaSfm({ ...sensorSettings, port: fromProject(sensorSettings.port) });
  if (sensor) opened.push(() => sensor.close());

  const biometrics: Biometrics = createBiometrics();
  opened.push(() => biometrics.close());

  const parts: DeskParts = {
    readers,
    chipStation: (id) => {
      const station = stations.get(id);
      if (station) return ok(station);
      return fail(readers.some((reader) => reader.id === id) ? 'DESK-SEALED-READER' : 'DESK-READER-UNKNOWN', id);
    },
    sealedStation: (id) => {
      const reader = readers.find((one) => one.id === id);
      if (reader?.kind === 'sealed') return ok({ reader });
      return fail(reader ? 'DESK-OPEN-READER' : 'DESK-READER-UNKNOWN', id);
    },
    sensor,
    biometrics,
    store: store.value,
    caseFiles: createCaseFiles(),
    policy: Object.freeze(configuration.policy),
  };
  return ok({
    configuration,
    parts,
    bench: virtual,
    async openDesk(onBug) {
      const abort = new AbortController();
      opened.push(async () => abort.abort());
      const settled = await settleOpen(parts, abort.signal);
      if (!settled.ok) return settled;
      const desk = createDesk(parts, { onBug });
      opened.push(async () => desk.close());
      return ok(desk);
    },
  });
}
