/**
 * A desk with real flows, a real store, real biometrics and the virtual chip and SAM, wired to the relay without
 * readers in between: what the flows decide is tested here, the wires in the integration tests.
 */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from 'xstate';
import { createBiometrics } from '../../src/biometrics/pool.ts';
import { createCaseFiles } from '../../src/capture/case-files.ts';
import type { ApduReader, ReaderStatus, SealedReader } from '../../src/devices/card-reader/port.ts';
import type { FingerSensor } from '../../src/devices/fingerprint/port.ts';
import { type Failure, fail, ok, type Result } from '../../src/failures/failure.ts';
import { createDesk, type Desk } from '../../src/flows/desk.ts';
import type { ChipStation, DeskParts } from '../../src/flows/parts.ts';
import { deskPolicy } from '../../src/flows/settings.ts';
import type { DeskStatus, Work } from '../../src/flows/status.ts';
import { cardProfile } from '../../src/ktp/settings.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import { openStore } from '../../src/store/store.ts';
import { makeDeck } from '../../src/virtual/card/deck.ts';
import { TEST_CONF, TEST_PCID } from '../../src/virtual/card/sam.ts';
import { makeSam, type SamKind } from '../../src/virtual/card/sams.ts';
import type { VirtualCard } from '../../src/virtual/card/virtual-card.ts';
import { type Person, people } from '../../src/virtual/people/people.ts';
import { slotsOf, type Transmitter } from '../support/slots.ts';

let everybody: readonly Person[] | undefined;

/** The virtual people; their fingers are kept in the temporary folder from one test file to the next. */
export async function virtualPeople(): Promise<readonly Person[]> {
  everybody ??= await people({ cacheDir: path.join(tmpdir(), 'anjungan-people') });
  return everybody;
}

export interface ChipReaderBench {
  readonly reader: ApduReader;
  lay(card: VirtualCard): void;
  pull(): void;
  putSam(kind: SamKind): void;
  /** Called before each APDU, may pull the card. */
  beforeApdu: (apdu: Uint8Array, index: number) => void;
}

/** An APDU reader of the port with a virtual chip and SAM straight behind it. */
export function chipReader(id: string): ChipReaderBench {
  const listeners = new Set<(status: ReaderStatus) => void>();
  let card: VirtualCard | undefined;
  let sam = makeSam('genuine', randomBytes) ?? undefined;
  let samSlot: Transmitter | undefined;
  let index = 0;
  const status = (): ReaderStatus => ({ state: 'ready', card: card !== undefined, sam: sam !== undefined });
  const changed = () => {
    for (const listener of [...listeners]) listener(status());
  };
  const slotOf = (lying: VirtualCard, there: () => boolean, gone: Failure['code']): Transmitter => ({
    async transmit(apdu) {
      bench.beforeApdu(apdu, index++);
      return there() ? ok(lying.transmit(apdu)) : fail(gone);
    },
  });
  const powerSam = () => {
    const inSlot = sam;
    inSlot?.reset();
    samSlot = inSlot && slotOf(inSlot, () => sam === inSlot, 'CARD-SAM-GONE');
  };
  powerSam();

  const reader: ApduReader = {
    kind: 'apdu',
    id,
    generation: 'new',
    status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    check: async () => ok({ identity: 'virtual' }),
    close: async () => {},
    async exchange(signal, f) {
      const lying = card;
      if (signal.aborted) return fail('CARD-ABORTED');
      if (!lying) return fail('CARD-ABSENT');
      lying.reset();
      index = 0;
      const cardSlot = slotOf(lying, () => card === lying, 'CARD-REMOVED');
      return f(slotsOf(cardSlot, samSlot));
    },
  };
  const bench: ChipReaderBench = {
    reader,
    beforeApdu: () => {},
    lay(next) {
      card = next;
      changed();
    },
    pull() {
      card = undefined;
      changed();
    },
    putSam(kind) {
      sam = makeSam(kind, randomBytes) ?? undefined;
      powerSam();
      changed();
    },
  };
  return bench;
}

export function chipStationOf({ reader }: ChipReaderBench): ChipStation {
  return { reader, profile: cardProfile.parse({}), samOpen: { pcid: TEST_PCID, conf: TEST_CONF } };
}

/** A sealed reader of the port that answers as it is told. */
export interface SealedBench {
  readonly reader: SealedReader;
  fingers: Awaited<ReturnType<SealedReader['awaitCard']>>;
  matches: boolean[];
  biodata: Awaited<ReturnType<SealedReader['biodata']>>;
}

function sealedReader(id: string): SealedBench {
  const bench: SealedBench = {
    fingers: ok([2, 7]),
    matches: [true],
    biodata: fail('OLD-NOT-MATCHED'),
    reader: {
      kind: 'sealed',
      id,
      generation: 'old',
      status: () => ({ state: 'ready', card: null, sam: null }),
      subscribe: () => () => {},
      check: async () => ok({ identity: 'virtual' }),
      close: async () => {},
      awaitCard: async () => bench.fingers,
      matchHolder: async () => ok(bench.matches.shift() ?? false),
      biodata: async () => bench.biodata,
    },
  };
  return bench;
}

/** A one-shot sensor: each press of `press` is one frame. */
function handSensor(): { sensor: FingerSensor; press(image: GrayImage): void } {
  let waiting: ((image: GrayImage) => void) | undefined;
  const pressed: GrayImage[] = [];
  return {
    press(image) {
      const take = waiting;
      waiting = undefined;
      if (take) take(image);
      else pressed.push(image);
    },
    sensor: {
      id: 'finger',
      traits: { slap: false, live: false, enrolmentGrade: true, dpi: 500 },
      check: async () => ok({ identity: 'virtual' }),
      close: async () => {},
      async *acquire(_, signal) {
        const image =
          pressed.shift() ??
          (await new Promise<GrayImage | undefined>((resolve) => {
            waiting = resolve;
            signal.addEventListener('abort', () => resolve(undefined));
          }));
        if (!image) return fail('DESK-CANCELLED');
        yield { image };
        return ok();
      },
    },
  };
}

export interface DeskBench {
  readonly desk: Desk;
  readonly parts: DeskParts;
  readonly clock: SimulatedClock;
  readonly chip: ChipReaderBench;
  readonly sealed: SealedBench;
  readonly bugs: unknown[];
  press(image: GrayImage): void;
  /** A fresh card of the deck. */
  card(id: string): Promise<VirtualCard>;
  /** Resolves once the desk's status satisfies the condition. */
  when(condition: (status: DeskStatus) => boolean): Promise<DeskStatus>;
  work<At extends Work['at']>(at: At, step: string): Promise<Extract<Work, { at: At }>>;
  close(): Promise<void>;
}

/** For every desk: a worker of its own for each took longer to start than its test. It ends with the process. */
const biometrics = createBiometrics({ threads: 1 });

export async function openDeskBench({ dataDir }: { dataDir?: string } = {}): Promise<DeskBench> {
  const folder = dataDir ?? mkdtempSync(path.join(tmpdir(), 'anjungan-desk-'));
  const chip = chipReader('new');
  const sealed = sealedReader('old');
  const { sensor, press } = handSensor();
  const opened = await openStore({
    dataDir: folder,
    settings: {},
    policyHash: '0'.repeat(64),
    now: () => new Date('2026-03-02T01:02:03Z'),
  });
  const store = value(opened);
  const station = chipStationOf(chip);
  const parts: DeskParts = {
    readers: [chip.reader, sealed.reader],
    chipStation: (id) => (id === 'new' ? ok(station) : fail('DESK-SEALED-READER')),
    sealedReader: (id) => (id === 'old' ? ok(sealed.reader) : fail('DESK-OPEN-READER')),
    sensor,
    biometrics,
    store,
    caseFiles: createCaseFiles(),
    policy: deskPolicy.parse({}),
  };
  const clock = new SimulatedClock();
  const bugs: unknown[] = [];
  const desk = createDesk(parts, { onBug: (error) => bugs.push(error), clock });
  const when: DeskBench['when'] = (condition) =>
    new Promise((resolve) => {
      const look = (status: DeskStatus) => {
        if (!condition(status)) return false;
        resolve(status);
        return true;
      };
      if (look(desk.status())) return;
      const unsubscribe = desk.subscribe((status) => {
        if (look(status)) unsubscribe();
      });
    });
  return {
    desk,
    parts,
    clock,
    chip,
    sealed,
    bugs,
    press,
    async card(id) {
      const card = makeDeck(await virtualPeople()).find((one) => one.id === id);
      if (!card) throw new Error(`no card ${id} in the deck`);
      return card.create();
    },
    when,
    async work(at, step) {
      const { work } = await when(
        (status) => status.work.at === at && 'step' in status.work && status.work.step === step,
      );
      return work as Extract<Work, { at: typeof at }>;
    },
    async close() {
      desk.close();
      await store.close();
      if (!dataDir) rmSync(folder, { recursive: true });
    },
  };
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`);
  return result.value;
}
