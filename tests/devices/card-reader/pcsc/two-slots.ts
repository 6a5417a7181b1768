/** Two emulated PC/SC readers under a pcscd of our own, a simple card for each, and the driver in front of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPcscReader } from '../../../../src/devices/card-reader/pcsc/driver.ts';
import { pcscReaderSettings } from '../../../../src/devices/card-reader/pcsc/settings.ts';
import type {
  ApduReader,
  ReaderStatus,
  ScriptOutcome,
  Slots,
  Step,
} from '../../../../src/devices/card-reader/port.ts';
import { ok, type Result } from '../../../../src/failures/failure.ts';
import { t1Atr, type VirtualCard } from '../../../../src/virtual/card/virtual-card.ts';
import { Pcscd } from '../../../../src/virtual/pcscd.ts';
import { openPty, type Pty } from '../../../../src/virtual/pty.ts';
import { GemPcTwin } from '../../../../src/virtual/reader/gempc-twin.ts';
import { CardSlot } from '../../../../src/virtual/reader/slot.ts';
import type { Transmitter } from '../../../support/slots.ts';

export const never = new AbortController().signal;

/** Answers READ BINARY with as many bytes as Le asks for, each the first letter of its name, and counts its resets. */
export class EchoCard implements VirtualCard {
  readonly atr: Uint8Array | null;
  readonly #filler: number;
  resets = 0;
  commands = 0;
  onReset = () => {};
  onCommand = (_apdu: Uint8Array) => {};

  constructor(name: string, mute = false) {
    this.#filler = name.charCodeAt(0);
    this.atr = mute ? null : t1Atr(name);
  }

  reset(): void {
    this.resets++;
    this.onReset();
  }

  transmit(apdu: Uint8Array): Uint8Array {
    this.commands++;
    this.onCommand(apdu);
    const extended = apdu.length === 7;
    const length = extended ? (apdu[5]! << 8) | apdu[6]! : apdu[4] || 256;
    return Buffer.concat([Buffer.alloc(length, this.#filler), Buffer.from([0x90, 0x00])]);
  }
}

export interface TwoSlots {
  readonly chip: CardSlot;
  readonly sam: CardSlot;
  readonly pcscd: Pcscd;
  /** While true every block from the chip arrives with a wrong checksum, as on a disturbed line. */
  garbled: boolean;
  end(): Promise<void>;
}

export async function startTwoSlots(): Promise<TwoSlots> {
  const folder = await mkdtemp(path.join(tmpdir(), 'anjungan-pcsc-'));
  const slots = { chip: new CardSlot(), sam: new CardSlot() };
  const ptys: Pty[] = [];
  for (const [name, slot] of Object.entries(slots)) {
    const pty = value(await openPty(path.join(folder, name), (bytes) => twin.receive(bytes)));
    const twin = new GemPcTwin(slot, (bytes) =>
      pty.write(two.garbled && name === 'chip' ? garble(bytes) : bytes),
    );
    ptys.push(pty);
  }
  const pcscd = new Pcscd(folder, [
    { name: 'Anjungan Test Chip', device: ptys[0]!.device },
    { name: 'Anjungan Test SAM', device: ptys[1]!.device },
  ]);
  const two: TwoSlots = {
    ...slots,
    pcscd,
    garbled: false,
    async end() {
      await pcscd.stop();
      for (const pty of ptys) await pty.close();
      await rm(folder, { recursive: true });
    },
  };
  value(await pcscd.start());
  return two;
}

/** Breaks the EDC of a T=1 block, and the LRC of the frame around it so that the frame itself is right. */
function garble(bytes: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(bytes);
  for (const fromEnd of [1, 2]) changed[changed.length - fromEnd]! ^= 0x55;
  return changed;
}

export function openReader(change: object = {}): ApduReader {
  return createPcscReader(settingsOf(change));
}

function settingsOf(change: object) {
  return pcscReaderSettings.parse({
    id: 'new',
    generation: 'new',
    driver: 'pcsc',
    chip: '^Anjungan Test Chip',
    sam: '^Anjungan Test SAM',
    samOpen: { credential: 'none' },
    ...change,
  });
}

/**
 * Lays cards into the slots (null: takes them out) and waits until the reader knows. A slot is empty in between:
 * a swap that pcscd does not see, at the moment in which it resets the card, makes it take the slot for empty for good.
 */
export async function lay(
  { chip, sam }: TwoSlots,
  reader: ApduReader,
  cards: { readonly card?: VirtualCard | null; readonly sam?: VirtualCard | null },
): Promise<void> {
  for (const [part, slot] of [['card', chip] as const, ['sam', sam] as const]) {
    const card = cards[part];
    if (card === undefined) continue;
    if (card === null || slot.card !== card) {
      slot.put(null);
      await until(reader, (status) => status[part] === false);
      slot.put(card);
    }
    if (card) await until(reader, (status) => status[part] === true);
  }
}

/** READ BINARY of `length` bytes. */
export const read = (length: number) => Uint8Array.of(0x00, 0xb0, 0x00, 0x00, length);

/** How an answer of the echoing card ends. */
const done = { ending: Uint8Array.of(0x90, 0x00), least: 2, most: 65_538 };

/** A step that reads `length` bytes, after which the script goes on. */
export const step = (length: number, to: Step['to'] = 'card'): Step => ({
  to,
  apdu: read(length),
  goOn: [done],
});

/** `length` of each answer and, if it failed, the code. */
export const told = ({ answers, failure }: ScriptOutcome) => [
  ...answers.map(({ length }) => length - 2),
  ...(failure ? [failure.code] : []),
];

type Apart<T> = (card: Transmitter, sam: Transmitter | undefined) => Promise<Result<T>>;

/** The work of an exchange that sends each command by itself. */
export function apart<T>(work: Apart<T>, signal = never): (slots: Slots) => Promise<Result<T>> {
  return (slots) => {
    const transmitter = (to: Step['to']): Transmitter => ({
      async transmit(apdu) {
        const { answers, failure } = await slots.run([{ to, apdu, goOn: [] }], signal);
        return failure ? { ok: false, failure } : ok(answers[0]!);
      },
    });
    return work(transmitter('card'), slots.sam && transmitter('sam'));
  };
}

/** Reads until an answer is a failure, `times` at most. */
export async function readOften(slot: Transmitter, times: number): Promise<Result<number>> {
  for (let done = 0; done < times; done++) {
    const answer = await slot.transmit(read(16));
    if (!answer.ok) return answer;
  }
  return ok(times);
}

/** Resolves when the status is as wanted; the test's own time-out is the limit. */
export function until(reader: ApduReader, wanted: (status: ReaderStatus) => boolean): Promise<ReaderStatus> {
  return new Promise((resolve) => {
    const look = (status: ReaderStatus) => {
      if (!wanted(status)) return;
      unsubscribe();
      resolve(status);
    };
    const unsubscribe = reader.subscribe(look);
    look(reader.status());
  });
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  return result.value;
}

export const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code);
