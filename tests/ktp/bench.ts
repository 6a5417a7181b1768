/** The virtual chip and SAM, wired straight to the relay: no reader, no pcscd. Every APDU can be watched and bent. */
import type { Slots } from '../../src/devices/card-reader/port.ts';
import { type Failure, ok, type Result } from '../../src/failures/failure.ts';
import { cardProfile } from '../../src/ktp/settings.ts';
import { type Chip, type ChipContent, createChip } from '../../src/virtual/card/chip.ts';
import { type CardGeneration, TEST_ISSUER } from '../../src/virtual/card/issuer.ts';
import { type Holder, personalise } from '../../src/virtual/card/personalise.ts';
import { createSam, TEST_CONF, TEST_PCID } from '../../src/virtual/card/sam.ts';
import type { VirtualCard } from '../../src/virtual/card/virtual-card.ts';
import { residents } from '../../src/virtual/people/residents.ts';
import { slotsOf, type Transmitter } from '../support/slots.ts';

export const profile = cardProfile.parse({});
export const noRetry = { ...profile, retries: 0 };
export const samOpen = { pcid: TEST_PCID, conf: TEST_CONF };
export const never = new AbortController().signal;

export interface Passed {
  readonly to: 'card' | 'sam';
  readonly apdu: string;
  readonly answer: string;
}

/** Decides what the relay gets instead of the true answer; undefined: the true one. The APDU reaches the card. */
export type Bend = (passing: Passed & { readonly index: number }) => Result<Uint8Array> | undefined;

export interface Pair {
  readonly card: Transmitter;
  readonly sam: Transmitter;
  /** Both, as the relay gets them. */
  readonly slots: Slots;
  readonly passed: Passed[];
}

export function wire(
  chip: Pick<VirtualCard, 'transmit'>,
  sam: VirtualCard,
  bend: Bend = () => undefined,
): Pair {
  const passed: Passed[] = [];
  const slot = (to: Passed['to'], card: Pick<VirtualCard, 'transmit'>): Transmitter => ({
    async transmit(apdu) {
      const answer = card.transmit(Uint8Array.from(apdu));
      const truth = { to, apdu: hex(apdu), answer: hex(answer) };
      const bent = bend({ ...truth, index: passed.length }) ?? ok(answer);
      passed.push({ ...truth, answer: bent.ok ? hex(bent.value) : bent.failure.code });
      return bent;
    },
  });
  const [forCard, forSam] = [slot('card', chip), slot('sam', sam)];
  return { card: forCard, sam: forSam, slots: slotsOf(forCard, forSam), passed };
}

export interface ChipWish {
  readonly type?: 'A' | 'B';
  readonly generation?: CardGeneration;
  readonly activated?: boolean;
  readonly holder?: Partial<Holder>;
  /** What the files hold instead, after signing. */
  readonly shown?: Partial<Holder>;
}

/** Bytes that look like nothing, the same each time. */
export function filler(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 17 + (index >> 4)) & 0xff);
}

export const jpeg = (length: number) => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...filler(length - 4, 1));

export const holder: Holder = {
  biodata: residents[0]!.biodata,
  photo: jpeg(1200),
  signature: filler(401, 2),
  minutiae: [filler(300, 3), filler(333, 4)],
};

export function contentOf(wish: ChipWish = {}): ChipContent {
  const { type = 'B', generation = 'new', activated = false } = wish;
  const signed = { ...holder, ...wish.holder };
  const order = { name: `ktp test ${type} ${generation}`, type, generation, activated };
  return personalise(TEST_ISSUER, order, signed, { ...signed, ...wish.shown });
}

export function pair(wish: ChipWish = {}, bend?: Bend): Pair & { readonly chip: Chip } {
  const chip = createChip(contentOf(wish));
  return { chip, ...wire(chip, openableSam(), bend) };
}

export function openableSam(): VirtualCard {
  const sam = createSam();
  sam.reset();
  return sam;
}

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
export const bytes = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

export function failureIn(result: Result<unknown>): Failure {
  if (result.ok) throw new Error('a failure was expected');
  return result.failure;
}

export function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  return result.value;
}
