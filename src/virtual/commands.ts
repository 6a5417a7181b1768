/** What can be asked of a running bench, and what it tells of itself: the language of its control socket. */
import { z } from 'zod';
import type { Text } from '../failures/entry.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { CardKind } from './card/deck.ts';
import { SAM_KINDS, type SamKind } from './card/sams.ts';
import { deed } from './deeds.ts';
import { WIRE_FAULTS, type WireFault } from './device.ts';
import { MISHAPS } from './people/mishaps.ts';

const id = z.string().min(1).max(64);
const slot = z.enum(['card', 'sam']);

export const benchCommand = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('status') }),
  /** A card lies in one place: it leaves where it was, and what lay on the reader goes back to the drawer. */
  z.strictObject({ command: z.literal('lay'), card: id, reader: id }),
  z.strictObject({ command: z.literal('pull'), reader: id }),
  z.strictObject({ command: z.literal('sam'), reader: id, sam: z.enum(SAM_KINDS) }),
  /**
   * Presses a finger of the people (`endah-2`: any of the ten), or the picture in a file (500 dpi), on a sensor or the
   * sensor of an old reader; without `sensor` on the one that waits for a finger. It is there for one capture, the one
   * that waits or the next; with `rests` until it is lifted.
   */
  z.strictObject({
    command: z.literal('press'),
    sensor: id.optional(),
    finger: id.optional(),
    /** From 1. */
    impression: z.int().min(1).max(20).optional(),
    /** An absolute path. */
    file: z.string().min(1).optional(),
    rests: z.boolean().optional(),
    /** What goes wrong (people/mishaps.ts). */
    mishap: z.enum(MISHAPS).optional(),
  }),
  z.strictObject({ command: z.literal('lift'), sensor: id }),
  /** A virtual person does something before the kiosk, at whichever devices are there for it. */
  z.strictObject({ command: z.literal('person'), person: id, deed }),
  /** Makes one APDU go wrong: the one that follows `after` others. `effect`: `pull`, `silence` or a status word. */
  z.strictObject({
    command: z.literal('fault'),
    reader: id,
    slot,
    after: z.int().min(0),
    effect: z.union([z.enum(['pull', 'silence']), z.string().regex(/^[0-9A-F]{4}$/)]),
    /** The card has carried the command out; only the answer is lost or replaced. */
    carriedOut: z.boolean().optional(),
  }),
  /** The length field of a file (`6FF0` … `6FF6`) of the card on a reader; null: tells the truth again. */
  z.strictObject({
    command: z.literal('lie'),
    reader: id,
    file: z.string().regex(/^[0-9A-F]{4}$/),
    length: z.int().min(0).max(0xffff).nullable(),
  }),
  /** How an old reader answers from now on; null: as it should. */
  z.strictObject({
    command: z.literal('disturb-reader'),
    reader: id,
    as: z.enum(['silence', 'garbage', 'error', 'noise']).nullable(),
  }),
  /** Something done to a device, in the words of its emulator, e.g. `{"paper": "out"}`. */
  z.strictObject({ command: z.literal('device'), device: id, act: z.looseObject({}) }),
  /** What its wire does to its frames from now on (device.ts); null: nothing. */
  z.strictObject({
    command: z.literal('disturb'),
    device: id,
    as: z.enum(WIRE_FAULTS).nullable(),
    frames: z.int().min(1).optional(),
    rate: z.number().min(0).max(1).optional(),
  }),
  /** Puts its plug in or pulls it out. */
  z.strictObject({ command: z.literal('plug'), device: id, in: z.boolean() }),
  z.strictObject({ command: z.literal('power'), device: id, on: z.boolean() }),
  /** Ends every fault, lie and disturbance. */
  z.strictObject({ command: z.literal('heal') }),
  z.strictObject({ command: z.literal('pcscd'), action: z.enum(['kill', 'start', 'restart']) }),
  /** null: nonces nobody can guess. */
  z.strictObject({ command: z.literal('seed'), seed: z.string().min(1).nullable() }),
  /** Starts a new log of all APDUs, or ends logging. */
  z.strictObject({ command: z.literal('log'), on: z.boolean() }),
  /** Answers `BenchLogEntry[]`. */
  z.strictObject({ command: z.literal('read-log') }),
]);
export type BenchCommand = z.infer<typeof benchCommand>;

export interface BenchLogEntry {
  readonly reader: string;
  readonly slot: 'card' | 'sam';
  /** Upper-case hex. */
  readonly command: string;
  /** null: never answered. */
  readonly answer: string | null;
}

export interface BenchStatus {
  readonly readers: readonly {
    readonly id: string;
    readonly kind: 'apdu' | 'sealed';
    readonly label: Text;
    /** Id of the card that lies on it. */
    readonly card: string | null;
    readonly sam: SamKind;
  }[];
  /** The deck. */
  readonly cards: readonly {
    readonly id: string;
    readonly label: Text;
    readonly kind: CardKind;
    readonly person: string | null;
    /** Id of the reader that it lies on; null: in the drawer. */
    readonly where: string | null;
  }[];
  readonly fingers: readonly {
    readonly id: string;
    readonly label: Text;
    readonly person: string;
    readonly position: FingerPosition;
    /** How many; numbered from 1. */
    readonly impressions: number;
  }[];
  /** Everything that is neither reader nor card. */
  readonly devices: readonly {
    readonly id: string;
    readonly driver: string;
    readonly plugged: boolean;
    readonly fault: WireFault | null;
  }[];
  /** Where a finger can be pressed. */
  readonly sensors: readonly string[];
  /** null: no virtual reader needs it. */
  readonly pcscd: 'running' | 'ended' | null;
  /** What is wrong on purpose, in words. */
  readonly faults: readonly string[];
}
