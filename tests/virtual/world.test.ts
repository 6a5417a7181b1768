import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../src/failures/failure.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import { isChip } from '../../src/virtual/card/chip.ts';
import type { BenchCommand, BenchLogEntry } from '../../src/virtual/commands.ts';
import type { BenchDevice, VirtualDevice } from '../../src/virtual/device.ts';
import { SupremaSfm } from '../../src/virtual/devices/suprema-sfm.ts';
import { OldReader } from '../../src/virtual/old-reader/old-reader.ts';
import type { Person } from '../../src/virtual/people/people.ts';
import { type BenchReader, World } from '../../src/virtual/world.ts';
import { ask, authenticate, need, OPEN_SAM, secure } from './card/reading.ts';
import { hex } from './hex.ts';
import { standIn } from './holder.ts';

const folder = mkdtempSync(join(tmpdir(), 'world-'));
afterAll(() => rmSync(folder, { recursive: true }));

const picture = (mark: number): GrayImage => ({
  width: 2,
  height: 2,
  dpi: 500,
  data: new Uint8Array(4).fill(mark),
});
const withImpressions = (person: Person): Person => ({
  ...person,
  fingers: person.fingers.map((finger) => ({ ...finger, impressions: [picture(1), picture(2)] })),
});
const people = [withImpressions(standIn('one', 1)), withImpressions(standIn('two', 2))];

/** Notes what is pressed. */
class Sensor extends SupremaSfm {
  readonly pressed: (GrayImage | null)[] = [];
  waits = false;
  override get awaitsFinger() {
    return this.waits;
  }
  override press(image: GrayImage | null) {
    this.pressed.push(image);
  }
}

/** On a wire that has no faults. */
const wired = (device: VirtualDevice): BenchDevice => ({
  device,
  plugged: true,
  fault: null,
  disturb() {},
  async plug() {
    return ok();
  },
  power() {},
  async close() {},
});

let world: World;
let chipReader: BenchReader;
let oldReader: BenchReader;
let sensor: Sensor;

function setUp(settings: { seed?: string; stateFile?: string } = {}): void {
  world = new World(settings, people);
  chipReader = world.addReader('new', 'apdu');
  oldReader = world.addReader('old', 'sealed');
  const traits = { firmware: 'old', cardTypes: 'both' } as const;
  world.oldReaders.set('old', new OldReader(oldReader.card, oldReader.sam, traits, () => {}));
  sensor = new Sensor(() => {});
  world.addDevice('finger', wired(sensor), { driver: 'suprema-sfm' });
}
beforeEach(() => setUp());

async function does(command: BenchCommand): Promise<unknown> {
  const done = await world.execute(command);
  if (!done.ok) throw new Error(`${done.failure.code} ${done.failure.detail}`);
  return done.value;
}
const lies = () => world.status().readers.map(({ card }) => card);

describe('cards', () => {
  it('lie in one place and come back as the same', async () => {
    await does({ command: 'lay', card: 'b-new', reader: 'new' });
    const laid = chipReader.card.card;
    expect(lies()).toEqual(['b-new', null]);
    await does({ command: 'lay', card: 'b-new', reader: 'old' });
    expect(lies()).toEqual([null, 'b-new']);
    expect(oldReader.card.card).toBe(laid);
    await does({ command: 'lay', card: 'a-old', reader: 'old' });
    expect(lies()).toEqual([null, 'a-old']);
    expect(world.status().cards.find(({ id }) => id === 'b-new')?.where).toBeNull();
    await does({ command: 'pull', reader: 'old' });
    expect(lies()).toEqual([null, null]);
  });

  it('are the deck', () => {
    const ids = world.status().cards.map(({ id }) => id);
    expect(ids).toEqual([
      ...['a-old', 'b-old', 'a-new', 'b-new'],
      ...['a-old-activated', 'b-old-activated', 'a-new-activated', 'b-new-activated'],
      ...['tampered-photo', 'tampered-biodata', 'tampered-minutiae', 'tampered-signature'],
      ...['clone', 'clone-refusing', 'dead', 'not-ktp'],
    ]);
  });

  async function activate(): Promise<void> {
    await does({ command: 'lay', card: 'b-new', reader: 'new' });
    await does({ command: 'sam', reader: 'new', sam: 'genuine' });
    const [chip, sam] = [chipReader.card.card!, chipReader.sam.card!];
    need(sam, OPEN_SAM);
    authenticate(chip, sam);
    secure(chip, sam, '00A40000026FF0');
    ask(chip, need(sam, '00F8000000'));
  }
  const isActivated = async (card: string) => {
    await does({ command: 'lay', card, reader: 'new' });
    const chip = chipReader.card.card!;
    return isChip(chip) && chip.activated;
  };

  it('stay activated as long as the bench runs, and with a state file also after', async () => {
    const stateFile = join(folder, 'state', 'cards.json');
    for (const settings of [{}, { stateFile }]) {
      setUp(settings);
      expect(await isActivated('b-new')).toBe(false);
      await activate();
      await does({ command: 'pull', reader: 'new' });
      expect(await isActivated('b-new')).toBe(true);
      expect(await isActivated('a-new')).toBe(false);
      setUp(settings);
      expect(await isActivated('b-new')).toBe('stateFile' in settings);
    }
    expect(readdirSync(join(folder, 'state'))).toEqual(['cards.json']);
  });

  it.each(['{"activated":', '{"activated":[1]}', '{}'])(
    'take %s for an empty state file',
    async (content) => {
      const stateFile = join(folder, 'torn.json');
      writeFileSync(stateFile, content);
      setUp({ stateFile });
      expect(await isActivated('b-new')).toBe(false);
      await activate();
      setUp({ stateFile });
      expect(await isActivated('b-new')).toBe(true);
    },
  );
});

describe('SAMs', () => {
  it('are changed, taken out, and remember', async () => {
    await does({ command: 'sam', reader: 'new', sam: 'genuine' });
    const genuine = chipReader.sam.card;
    await does({ command: 'sam', reader: 'new', sam: 'other-issuer' });
    expect(world.status().readers[0]?.sam).toBe('other-issuer');
    await does({ command: 'sam', reader: 'new', sam: 'absent' });
    expect(chipReader.sam.card).toBeNull();
    expect(world.status().readers[0]?.sam).toBe('absent');
    await does({ command: 'sam', reader: 'new', sam: 'genuine' });
    expect(chipReader.sam.card).toBe(genuine);
    chipReader.sam.put(null); // as a fault does it
    expect(world.status().readers[0]?.sam).toBe('absent');
  });
});

describe('fingers', () => {
  it('are listed and pressed', async () => {
    expect(world.status().fingers[0]).toEqual({
      id: 'one-2',
      label: {
        id: 'SRI "ENDAH" WAHYUNI, S.PD, telunjuk kanan',
        en: 'SRI "ENDAH" WAHYUNI, S.PD, right index finger',
      },
      person: 'one',
      position: 2,
      impressions: 2,
    });
    await does({ command: 'press', sensor: 'finger', finger: 'two-7', impression: 2 });
    await does({ command: 'press', sensor: 'finger', finger: 'two-7' });
    await does({ command: 'lift', sensor: 'finger' });
    expect(sensor.pressed.map((image) => image?.data[0])).toEqual([2, 1, undefined]);
  });

  it('go to the sensor that waits, else to the stand-alone one', async () => {
    await does({ command: 'press', finger: 'one-2' });
    expect(sensor.pressed).toHaveLength(1);
    const box = world.oldReaders.get('old')!;
    Object.defineProperty(box, 'awaitsFinger', { get: () => true });
    await does({ command: 'press', finger: 'one-2' });
    expect(sensor.pressed).toHaveLength(1);
    sensor.waits = true;
    await does({ command: 'press', finger: 'one-2' });
    expect(sensor.pressed).toHaveLength(2);
  });

  it('come from a file, as grey', async () => {
    const file = join(folder, 'finger.png');
    const rgb = Buffer.from([10, 10, 10, 200, 200, 200]);
    await sharp(rgb, { raw: { width: 2, height: 1, channels: 3 } })
      .png()
      .toFile(file);
    await does({ command: 'press', sensor: 'finger', file });
    expect(sensor.pressed[0]).toMatchObject({ width: 2, height: 1, dpi: 500 });
    expect([...sensor.pressed[0]!.data]).toEqual([10, 200]);
    expect(await world.execute({ command: 'press', file: join(folder, 'none.png') })).toMatchObject({
      failure: { code: 'BENCH-IMAGE-UNREADABLE' },
    });
  });
});

describe('faults', () => {
  it('are put on, told, and ended', async () => {
    await does({ command: 'lay', card: 'a-old', reader: 'new' });
    await does({ command: 'fault', reader: 'new', slot: 'card', after: 1, effect: '6F00' });
    await does({ command: 'fault', reader: 'new', slot: 'sam', after: 0, effect: 'pull' });
    await does({ command: 'lie', reader: 'new', file: '6FF2', length: 9999 });
    await does({ command: 'disturb-reader', reader: 'old', as: 'noise' });
    expect(world.status().faults).toEqual([
      'new card: 6F00 after 1 APDUs',
      'new sam: pull after 0 APDUs',
      'old: noise',
      'a length field lies',
    ]);
    const chip = chipReader.card.card!;
    const length = () => {
      need(chip, '00A40000027F0A');
      need(chip, '00A40000026FF2');
      return need(chip, '00B0000002');
    };
    expect(length()).toBe('270F');
    const apdu = () => hex(chipReader.card.transmit(Buffer.from('00A40000027F0A', 'hex'))!);
    expect([apdu(), apdu(), apdu()]).toEqual(['9000', '6F00', '9000']);
    await does({ command: 'heal' });
    expect(world.status().faults).toEqual([]);
    expect(length()).toBe('0961');
  });

  it.each([
    { command: 'lay', card: 'c-new', reader: 'new' },
    { command: 'lay', card: 'b-new', reader: 'newer' },
    { command: 'pull', reader: 'newer' },
    { command: 'press', sensor: 'toe', finger: 'one-2' },
    { command: 'press', finger: 'one-11' },
    { command: 'press', finger: 'three-2' },
    { command: 'press', finger: 'one-2', mishap: 'left-behind' },
    { command: 'press', finger: 'one-2', file: 'x.png' },
    { command: 'press' },
    { command: 'lift', sensor: 'toe' },
    { command: 'lie', reader: 'new', file: '6FF2', length: 1 },
    { command: 'disturb-reader', reader: 'new', as: 'noise' },
    { command: 'disturb', device: 'old', as: 'noise' },
    { command: 'pcscd', action: 'kill' },
    { command: 'read-log' },
  ] as BenchCommand[])('%o is refused', async (command) => {
    expect(await world.execute(command)).toMatchObject({ failure: { code: 'BENCH-COMMAND-INVALID' } });
  });
});

describe('what can be repeated', () => {
  const nonces = async () => {
    await does({ command: 'lay', card: 'b-new', reader: 'new' });
    await does({ command: 'sam', reader: 'new', sam: 'genuine' });
    chipReader.card.transmit(Buffer.from('00A40000027F0A', 'hex'));
    return hex(chipReader.card.transmit(Buffer.from('0084000008', 'hex'))!);
  };

  it('are the nonces, with a seed', async () => {
    expect(await nonces()).not.toBe(await nonces());
    await does({ command: 'seed', seed: 'x' });
    const first = await nonces();
    expect(await nonces()).toBe(first);
    setUp({ seed: 'x' });
    expect(await nonces()).toBe(first);
    await does({ command: 'seed', seed: 'y' });
    expect(await nonces()).not.toBe(first);
    await does({ command: 'seed', seed: null });
    expect(await nonces()).not.toBe(await nonces());
  });

  it('is logged APDU by APDU', async () => {
    await does({ command: 'log', on: true });
    await does({ command: 'seed', seed: 'x' });
    const challenge = await nonces();
    oldReader.sam.transmit(Buffer.from('00FF000000', 'hex'));
    await does({ command: 'sam', reader: 'old', sam: 'genuine' });
    oldReader.sam.transmit(Buffer.from('00FF000000', 'hex'));
    const log = (await does({ command: 'read-log' })) as BenchLogEntry[];
    expect(log).toEqual([
      { reader: 'new', slot: 'card', command: '00A40000027F0A', answer: '9000' },
      { reader: 'new', slot: 'card', command: '0084000008', answer: challenge },
      { reader: 'old', slot: 'sam', command: '00FF000000', answer: '6985' },
    ]);
    await does({ command: 'log', on: false });
    expect((await world.execute({ command: 'read-log' })).ok).toBe(false);
  });
});

it('tells every change', async () => {
  let changes = 0;
  const end = world.onChange(() => changes++);
  await does({ command: 'lay', card: 'b-new', reader: 'new' });
  const card = chipReader.card.card!;
  expect(isChip(card)).toBe(true);
  expect(changes).toBeGreaterThan(0);
  end();
  const before = changes;
  await does({ command: 'pull', reader: 'new' });
  expect(changes).toBe(before);
});
