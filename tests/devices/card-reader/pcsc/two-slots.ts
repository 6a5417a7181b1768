/** Two emulated PC/SC readers under a pcscd of our own, a simple card for each, and the driver in front of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPcscReader } from '../../../../src/devices/card-reader/pcsc/driver.ts';
import { pcscReaderSettings } from '../../../../src/devices/card-reader/pcsc/settings.ts';
import type { ApduReader, ReaderStatus, Slot } from '../../../../src/devices/card-reader/port.ts';
import { ok, type Result } from '../../../../src/failures/failure.ts';
import { t1Atr, type VirtualCard } from '../../../../src/virtual/card/virtual-card.ts';
import { Pcscd } from '../../../../src/virtual/pcscd.ts';
import { openPty, type Pty } from '../../../../src/virtual/pty.ts';
import { GemPcTwin } from '../../../../src/virtual/reader/gempc-twin.ts';
import { CardSlot } from '../../../../src/virtual/reader/slot.ts';

export const never = new AbortController().signal;

/** Answers every command with as many bytes as its Le asks for, each its own name's first letter, and counts its resets. */
export class EchoCard implements VirtualCard {
  readonly atr: Uint8Array | null;
  readonly #filler: number;
  resets = 0;
  commands = 0;

  constructor(name: string, mute = false) {
    this.#filler = name.charCodeAt(0);
    this.atr = mute ? null : t1Atr(name);
  }

  reset(): void {
    this.resets++;
  }

  transmit(apdu: Uint8Array): Uint8Array {
    this.commands++;
    return Buffer.concat([Buffer.alloc(apdu[4] || 256, this.#filler), Buffer.from([0x90, 0x00])]);
  }
}

export interface TwoSlots {
  readonly chip: CardSlot;
  readonly sam: CardSlot;
  readonly pcscd: Pcscd;
  end(): Promise<void>;
}

/** One card in each slot, or what `lay` says. */
export async function startTwoSlots(): Promise<TwoSlots> {
  const folder = await mkdtemp(path.join(tmpdir(), 'anjungan-pcsc-'));
  const slots = { chip: new CardSlot(), sam: new CardSlot() };
  const ptys: Pty[] = [];
  for (const [name, slot] of Object.entries(slots)) {
    const pty = value(await openPty(path.join(folder, name), (bytes) => twin.receive(bytes)));
    const twin = new GemPcTwin(slot, (bytes) => pty.write(bytes));
    ptys.push(pty);
  }
  const pcscd = new Pcscd(folder, [
    { name: 'Anjungan Test Chip', device: ptys[0]!.device },
    { name: 'Anjungan Test SAM', device: ptys[1]!.device },
  ]);
  value(await pcscd.start());
  return {
    ...slots,
    pcscd,
    async end() {
      await pcscd.stop();
      for (const pty of ptys) await pty.close();
      await rm(folder, { recursive: true });
    },
  };
}

export function openReader(
  wire: Partial<ReturnType<typeof settingsOf>['wire']> = {},
  names = {},
): ApduReader {
  return createPcscReader(settingsOf(wire, names));
}

function settingsOf(wire: object, names: object) {
  return pcscReaderSettings.parse({
    id: 'new',
    generation: 'new',
    driver: 'pcsc',
    chip: '^Anjungan Test Chip',
    sam: '^Anjungan Test SAM',
    samOpen: { credential: 'none' },
    wire,
    ...names,
  });
}

/** READ BINARY of `length` bytes. */
export const read = (length: number) => Uint8Array.of(0x00, 0xb0, 0x00, 0x00, length);

/** Reads until an answer is a failure, `times` at most. */
export async function readOften(slot: Slot, times: number): Promise<Result<number>> {
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
