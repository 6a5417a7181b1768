/**
 * What is on the bench: readers with their slots, the deck, the sensors; and what each command does to them.
 * Wires and processes are bench.ts's.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Text } from '../failures/entry.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { GrayImage } from '../rules/gray-image.ts';
import { Activations } from './activations.ts';
import { type Chip, isChip } from './card/chip.ts';
import { type DeckCard, makeDeck } from './card/deck.ts';
import { named } from './card/issuer.ts';
import { makeSam, type SamKind } from './card/sams.ts';
import type { Random, VirtualCard } from './card/virtual-card.ts';
import type { BenchCommand, BenchLogEntry, BenchStatus } from './commands.ts';
import { actAt, type Deed } from './deeds.ts';
import type { BenchDevice, VirtualDevice } from './device.ts';
import { Fingers, imageFromFile } from './fingers.ts';
import type { Disturbance, OldReader } from './old-reader/old-reader.ts';
import type { Pcscd } from './pcscd.ts';
import type { Person } from './people/people.ts';
import { type ApduFault, CardSlot } from './reader/slot.ts';
import type { BenchSettings } from './settings.ts';

/** What a finger can be pressed on. */
export interface Pressable {
  press(image: GrayImage | null, rests?: boolean): void;
  readonly awaitsFinger: boolean;
}

/** Of a device's entry in the configuration, what the bench goes by. */
interface DeviceTraits {
  readonly driver: string;
  readonly kind?: string | undefined;
  readonly relay?: string | undefined;
}

export interface BenchReader {
  readonly id: string;
  readonly kind: 'apdu' | 'sealed';
  readonly card: CardSlot;
  readonly sam: CardSlot;
}

/** So many touches of a finger differ. */
const TOUCHES = 20;
/** How often and how long people look whether a device waits for them. */
const LOOKS = 50;
const LOOK_MS = 20;

const LABELS: Readonly<Record<BenchReader['kind'], Text>> = {
  apdu: { id: 'Pembaca baru', en: 'New reader' },
  sealed: { id: 'Pembaca lama', en: 'Old reader' },
};

export class World {
  readonly #readers = new Map<string, BenchReader>();
  readonly #deck: readonly DeckCard[];
  readonly #fingers: Fingers;
  readonly #activations: Activations;
  /** One object a card and a SAM, made when first needed, so that they remember. */
  readonly #cards = new Map<string, VirtualCard>();
  readonly #sams = new Map<string, VirtualCard | null>();
  readonly #samKinds = new Map<string, SamKind>();
  readonly #lies = new Map<Chip, Set<number>>();
  readonly #listeners = new Set<() => void>();
  #log: BenchLogEntry[] | null = null;
  #seed: string | null;
  readonly oldReaders = new Map<string, OldReader>();
  readonly #devices = new Map<string, BenchDevice & DeviceTraits>();
  readonly #people: ReadonlySet<string>;
  /** How often each finger was pressed by its person: nobody presses twice alike. */
  readonly #touches = new Map<string, number>();
  pcscd: Pcscd | null = null;

  constructor(settings: Pick<BenchSettings, 'seed' | 'stateFile'>, people: readonly Person[]) {
    this.#deck = makeDeck(people);
    this.#people = new Set(people.map(({ id }) => id));
    this.#fingers = new Fingers(people);
    this.#activations = new Activations(settings.stateFile);
    this.#seed = settings.seed ?? null;
  }

  /** Adds a reader with empty slots. */
  addReader(id: string, kind: BenchReader['kind']): BenchReader {
    const slot = (which: 'card' | 'sam') =>
      new CardSlot((command, answer) => this.#record(id, which, command, answer));
    const reader = { id, kind, card: slot('card'), sam: slot('sam') };
    this.#readers.set(id, reader);
    for (const each of [reader.card, reader.sam]) each.onChange(() => this.#changed());
    return reader;
  }

  addDevice(id: string, device: BenchDevice, { driver, kind, relay }: DeviceTraits): void {
    this.#devices.set(id, Object.assign(device, { driver, kind, relay }));
  }

  /** A relay of the panel switches the power of every device that names it. */
  supply(relay: string, on: boolean): void {
    for (const device of this.#devices.values()) if (device.relay === relay) device.power(on);
    this.#changed();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async execute(command: BenchCommand): Promise<Result<unknown>> {
    const done = await this.#execute(command);
    if (done.ok) this.#changed();
    return done;
  }

  async #execute(command: BenchCommand): Promise<Result<unknown>> {
    switch (command.command) {
      case 'status':
        return ok(this.status());
      case 'lay':
        return this.#lay(command.card, command.reader);
      case 'pull':
        return this.#with(command.reader, (reader) => reader.card.put(null));
      case 'sam':
        return this.#with(command.reader, (reader) => this.#putSam(reader, command.sam));
      case 'press':
        return this.#press(command);
      case 'person':
        return this.#do(command.deed, command.person);
      case 'fault':
        return this.#with(command.reader, (reader) => reader[command.slot].addFault(faultOf(command)));
      case 'lie':
        return this.#lie(command.reader, Number.parseInt(command.file, 16), command.length);
      case 'lift':
        return this.#lift(command.sensor);
      case 'disturb-reader':
        return this.#disturbReader(command.reader, command.as);
      case 'device':
        return this.#at(
          command.device,
          ({ device }) => device.act?.(command.act) ?? unknown('act of', command.device),
        );
      case 'disturb':
        return this.#at(command.device, (device) => {
          device.disturb(command.as, command);
          return ok();
        });
      case 'plug':
        return this.#at(command.device, (device) => device.plug(command.in));
      case 'power':
        return this.#at(command.device, (device) => {
          device.power(command.on);
          return ok();
        });
      case 'heal':
        return this.#heal();
      case 'pcscd':
        return this.#drivePcscd(command.action);
      case 'seed':
        this.#seed = command.seed;
        return ok();
      case 'log':
        this.#log = command.on ? [] : null;
        return ok();
      case 'read-log':
        return this.#log ? ok(this.#log) : fail('BENCH-COMMAND-INVALID', 'logging is off');
    }
  }

  #lay(cardId: string, readerId: string): Result {
    const onDeck = this.#deck.find(({ id }) => id === cardId);
    if (!onDeck) return unknown('card', cardId);
    return this.#with(readerId, (reader) => {
      const card = this.#cardOf(onDeck);
      for (const other of this.#readers.values()) {
        if (other !== reader && other.card.card === card) other.card.put(null);
      }
      reader.card.put(card);
    });
  }

  #cardOf(onDeck: DeckCard): VirtualCard {
    const { id } = onDeck;
    const card =
      this.#cards.get(id) ??
      onDeck.create({
        random: this.#random(`chip ${id}`),
        activated: this.#activations.has(id),
        onActivated: () => this.#activations.add(id),
      });
    this.#cards.set(id, card);
    return card;
  }

  #putSam(reader: BenchReader, kind: SamKind): void {
    const key = `${reader.id} ${kind}`;
    const sam = this.#sams.get(key) ?? makeSam(kind, this.#random(`sam ${key}`));
    this.#sams.set(key, sam);
    this.#samKinds.set(reader.id, kind);
    reader.sam.put(sam);
  }

  /** With a seed always the same bytes for the same chip or SAM, so that nothing depends on what came before. */
  #random(owner: string): Random {
    return (length) =>
      this.#seed === null ? randomBytes(length) : named(`nonce ${this.#seed} ${owner}`, length);
  }

  async #press(command: Extract<BenchCommand, { command: 'press' }>): Promise<Result> {
    const { sensor: id, finger, file, impression = 1, rests, mishap } = command;
    const sensor = id === undefined ? this.#waitingSensor() : this.#sensors().get(id);
    if (!sensor) return unknown('sensor', id ?? '');
    if ((finger === undefined) === (file === undefined)) {
      return fail('BENCH-COMMAND-INVALID', 'a press needs a finger or a file, not both');
    }
    const image = await (finger !== undefined
      ? this.#fingers.image(finger, impression)
      : imageFromFile(file!));
    if (!image.ok) return image;
    const seen = this.#fingers.seen(image.value, mishap);
    if (!seen.ok) return seen;
    sensor.press(seen.value, rests);
    return ok();
  }

  /** Fails where no device is there for it, or none waits for the finger or the pen. */
  async #do(wanted: Deed, person: string): Promise<Result> {
    if (!this.#people.has(person)) return unknown('person', person);
    if (!(await this.#isWanted(wanted))) return unknown('device that waits for', wanted.does);
    let heard = 0;
    for (const at of this.#devices.values()) {
      const act = actAt(wanted, person, at);
      if (!act) continue;
      const done = at.device.act?.(act) ?? ok();
      if (!done.ok) return done;
      heard += 1;
    }
    if (wanted.does === 'fingers') return this.#touch(`${person}-${wanted.fingers[0]}`);
    return heard > 0 || wanted.does === 'leave' ? ok() : unknown('device for', wanted.does);
  }

  /** People wait a moment for the lamp before they lay a finger down or take the pen. */
  async #isWanted({ does }: Deed): Promise<boolean> {
    const waits = () =>
      does === 'fingers'
        ? [...this.#sensors().values()].some((sensor) => sensor.awaitsFinger)
        : does !== 'sign' || [...this.#devices.values()].every(({ device }) => device.awaitsPen !== false);
    for (let looked = 0; looked < LOOKS && !waits(); looked++) await delay(LOOK_MS);
    return waits();
  }

  /** One that sees the whole hand has been shown it. */
  async #touch(finger: string): Promise<Result> {
    const waiting = this.#waitingSensor();
    if ([...this.#devices.values()].some((at) => at.driver === 'sbi' && at.device === waiting)) return ok();
    const impression = ((this.#touches.get(finger) ?? 0) % TOUCHES) + 1;
    this.#touches.set(finger, impression);
    return this.#press({ command: 'press', finger, impression });
  }

  #lift(id: string): Result {
    const sensor = this.#sensors().get(id);
    if (!sensor) return unknown('sensor', id);
    sensor.press(null);
    return ok();
  }

  /** Stand-alone finger sensors and those of old readers. */
  #sensors(): Map<string, Pressable> {
    const sensors = [...this.#devices].flatMap(([id, { device }]) => {
      return isPressable(device) ? [[id, device] as const] : [];
    });
    return new Map<string, Pressable>([...sensors, ...this.oldReaders]);
  }

  #waitingSensor(): Pressable | undefined {
    const sensors = [...this.#sensors().values()];
    return sensors.find((sensor) => sensor.awaitsFinger) ?? sensors[0];
  }

  #disturbReader(id: string, as: Disturbance | null): Result {
    const reader = this.oldReaders.get(id);
    if (!reader) return unknown('old reader', id);
    reader.disturbance = as;
    return ok();
  }

  #lie(readerId: string, file: number, length: number | null): Result {
    const reader = this.#readers.get(readerId);
    const card = reader?.card.card;
    if (!card || !isChip(card)) return unknown('chip on', readerId);
    card.lie(file, length);
    this.#lies.set(card, (this.#lies.get(card) ?? new Set()).add(file));
    return ok();
  }

  #heal(): Result {
    for (const { card, sam } of this.#readers.values()) {
      card.clearFaults();
      sam.clearFaults();
    }
    for (const [chip, files] of this.#lies) for (const file of files) chip.lie(file, null);
    this.#lies.clear();
    for (const reader of this.oldReaders.values()) reader.disturbance = null;
    for (const device of this.#devices.values()) device.disturb(null);
    return ok();
  }

  async #drivePcscd(action: 'kill' | 'start' | 'restart'): Promise<Result> {
    if (!this.pcscd) return fail('BENCH-COMMAND-INVALID', 'no virtual reader needs pcscd');
    if (action !== 'start') await this.pcscd.kill();
    return action === 'kill' ? ok() : this.pcscd.start();
  }

  #at(id: string, act: (device: BenchDevice) => Result<unknown> | Promise<Result<unknown>>) {
    const device = this.#devices.get(id);
    return device ? act(device) : unknown('device', id);
  }

  #with(readerId: string, act: (reader: BenchReader) => void): Result {
    const reader = this.#readers.get(readerId);
    if (!reader) return unknown('reader', readerId);
    act(reader);
    return ok();
  }

  #record(reader: string, slot: 'card' | 'sam', command: Uint8Array, answer: Uint8Array | null): void {
    this.#log?.push({ reader, slot, command: hex(command), answer: answer && hex(answer) });
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  status(): BenchStatus {
    const readers = [...this.#readers.values()];
    const lying = new Map(readers.map(({ id, card }) => [card.card, id]));
    const idOf = new Map([...this.#cards].map(([id, card]) => [card, id]));
    return {
      readers: readers.map(({ id, kind, card, sam }) => ({
        id,
        kind,
        label: LABELS[kind],
        card: card.card && (idOf.get(card.card) ?? null),
        sam: sam.card ? this.#samKinds.get(id)! : 'absent',
      })),
      cards: this.#deck.map(({ id, label, kind, person }) => {
        const card = this.#cards.get(id);
        return { id, label, kind, person, where: (card && lying.get(card)) ?? null };
      }),
      fingers: this.#fingers.list(),
      devices: [...this.#devices].map(([id, { driver, plugged, fault }]) => ({ id, driver, plugged, fault })),
      sensors: [...this.#sensors().keys()],
      pcscd: this.pcscd && (this.pcscd.running ? 'running' : 'ended'),
      faults: this.#faults(readers),
    };
  }

  #faults(readers: readonly BenchReader[]): string[] {
    const apdus = readers.flatMap((reader) =>
      (['card', 'sam'] as const).flatMap((slot) =>
        reader[slot].faults.map((fault) => `${reader.id} ${slot}: ${inWords(fault)}`),
      ),
    );
    const boxes = [...this.oldReaders].flatMap(([id, { disturbance }]) =>
      disturbance ? [`${id}: ${disturbance}`] : [],
    );
    const wires = [...this.#devices].flatMap(([id, { fault }]) => (fault ? [`${id}: ${fault}`] : []));
    return [...apdus, ...boxes, ...wires, ...(this.#lies.size > 0 ? ['a length field lies'] : [])];
  }
}

function isPressable(device: VirtualDevice): device is VirtualDevice & Pressable {
  return device.press !== undefined;
}

function unknown(what: string, id: string) {
  return fail('BENCH-COMMAND-INVALID', `there is no ${what} ${id}`);
}

function faultOf(command: Extract<BenchCommand, { command: 'fault' }>): ApduFault {
  const { after, effect, carriedOut = false } = command;
  const named = effect === 'pull' || effect === 'silence';
  return { after, effect: named ? effect : { sw: Number.parseInt(effect, 16) }, carriedOut };
}

function inWords({ after, effect }: ApduFault): string {
  const what = typeof effect === 'object' ? effect.sw.toString(16).toUpperCase() : effect;
  return `${what} after ${after} APDUs`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}
