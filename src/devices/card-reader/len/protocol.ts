/**
 * The commands of the old reader that the kiosk uses, each with its answer (legacy-reader.md). Pure: no line, no
 * clock. `ektppoll`, `ektpreset`, `ektpdisplay` and `ektplog` are not used: a card, a finger and a text to show
 * are asked for in one command, and after a fault the box is opened anew.
 */
import { type Failure, fail, ok, type Result } from '../../../failures/failure.ts';
import type { Biodata } from '../../../rules/biodata.ts';
import { parseBiodata } from '../../../rules/biodata-csv.ts';
import { type FingerPosition, isFingerPosition } from '../../../rules/finger-position.ts';
import type { Operator } from '../port.ts';
import { meaningOf } from './refusal.ts';

export interface Command<T> {
  readonly name: string;
  readonly args: readonly (string | number)[];
  /** The name of its answer. */
  readonly answer: string;
  /** How long the box may work on it before it answers, seconds. */
  readonly seconds: number;
  /** OLD-GARBLED: a payload that is no such answer. */
  readonly read: (payload: Uint8Array) => Result<T>;
}

/** Who is there? OLD-NOT-FOUND: a device that answers as another. */
export const ack: Command<void> = {
  name: 'ektpack',
  args: [],
  answer: 'ack',
  seconds: 0,
  read: answered('ektpack', (payload) =>
    ascii(payload) === 'len442ektpreader' ? ok() : fail('OLD-NOT-FOUND', 'another device answers'),
  ),
};

export const open: Command<void> = {
  name: 'ektpopen',
  args: [],
  answer: 'open',
  seconds: 0,
  read: answered('ektpopen', (payload) => {
    const text = ascii(payload);
    return text === '0' ? ok() : fail('OLD-NOT-OPEN', `ektpopen answered ${shownCode(text)}`);
  }),
};

/** Sent before the line is closed; whatever it answers, the line is closed. */
export const close: Command<void> = {
  name: 'ektpclose',
  args: [],
  answer: 'close',
  seconds: 0,
  read: () => ok(),
};

/** Hardware id, serial number and firmware, in words. */
export const info: Command<string> = {
  name: 'ektpinfo',
  args: [],
  answer: 'info',
  seconds: 0,
  read: answered('ektpinfo', (payload) => {
    const [hid, sn, firmware, ...more] = ascii(payload).split(',');
    if (firmware === undefined || more.length > 0) return fail('OLD-GARBLED', 'ektpinfo: not three fields');
    return ok(`len442ektpreader, hardware ${hid}, serial ${sn}, firmware ${firmware}`);
  }),
};

/** Codes of `putktp`, as `ektppoll` tells them too; every other code that comes with fingers is a card. */
const WAITING = ['3', '18'];
const FAILED = '27';

/**
 * Waits up to `seconds` for a card. The value: which fingers it holds, or undefined: no card yet.
 * Fingers are numbered 1 right thumb … 10 left little, as in ISO/IEC 19794-2: an assumption, since the maker's
 * numbering is not public; 0 is taken for "none".
 */
export function put(seconds: number): Command<FingerPosition[] | undefined> {
  return {
    name: 'ektpput',
    args: [seconds, 'LETAKKAN KTP-EL'],
    answer: 'putktp',
    seconds,
    read: awaited(['OLD-TIMED-OUT', 'CARD-ABSENT'], readPut),
  };
}

const readPut = answered('ektpput', (payload): Result<FingerPosition[]> => {
  const [code = '', ...numbers] = ascii(payload).split(',');
  if (WAITING.includes(code)) return fail('OLD-TIMED-OUT', `ektpput: code ${code}`);
  if (code === FAILED) return fail('OLD-CARD-REFUSED', 'ektpput: code 27');
  if (!/^\d{1,3}$/.test(code) || numbers.length !== 2 || !numbers.every((n) => /^\d{1,2}$/.test(n)))
    return fail('OLD-GARBLED', 'ektpput: neither a code nor two fingers');
  const fingers = numbers.map(Number).filter((number) => number !== 0);
  if (!fingers.every(isFingerPosition)) return fail('OLD-GARBLED', 'ektpput: a finger beyond 10');
  return fingers.length > 0 ? ok(fingers) : fail('OLD-NO-FINGER');
});

/** The box's own 1:1 match of a live finger. The value: the verdict, or undefined: none placed in `seconds`. */
export function finger(
  seconds: number,
  position: FingerPosition,
  by: Operator,
): Command<boolean | undefined> {
  return {
    name: 'ektpfinger',
    args: [seconds, position, by.id, by.nik, 'LETAKKAN JARI'],
    answer: 'finger',
    seconds,
    read: awaited(['OLD-TIMED-OUT'], readFinger),
  };
}

const readFinger = answered('ektpfinger', (payload): Result<boolean> => {
  const verdict = ascii(payload);
  if (verdict === 'Y') return ok(true);
  return verdict === 'N' ? ok(false) : fail('OLD-GARBLED', 'ektpfinger: neither Y nor N');
});

/** The biodata; the box gives it after a match only. */
export function demog(seconds: number, by: Operator): Command<Biodata> {
  return {
    name: 'ektpdemog',
    args: [seconds, by.id, by.nik],
    answer: 'demog',
    seconds,
    read: answered('ektpdemog', (payload) => {
      const biodata = parseBiodata(payload);
      return biodata ? ok(biodata) : fail('OLD-BIODATA-INVALID', `ektpdemog: ${payload.length} bytes`);
    }),
  };
}

/** After these the box may be in any state: it is greeted and opened anew before the next command. */
const upsetting: readonly Failure['code'][] = [
  'OLD-LOST',
  'OLD-SILENT',
  'OLD-GARBLED',
  'OLD-NOT-OPEN',
  'OLD-BUSY',
];

export function upsets(failure: Failure): boolean {
  return upsetting.includes(failure.code);
}

/** Sorts `error,<text>` out of an answer before `read` sees it. */
function answered<T>(name: string, read: (payload: Uint8Array) => Result<T>) {
  return (payload: Uint8Array): Result<T> => {
    const error = /^error(?:,(.*))?$/is.exec(ascii(payload));
    return error ? meaningOf(name, error[1] ?? '') : read(payload);
  };
}

/** A command that waits for a person: refusals that only say that nobody came are no failures. */
function awaited<T>(nobodyCame: readonly Failure['code'][], read: (payload: Uint8Array) => Result<T>) {
  return (payload: Uint8Array): Result<T | undefined> => {
    const told = read(payload);
    return !told.ok && nobodyCame.includes(told.failure.code) ? ok(undefined) : told;
  };
}

/** Bytes beyond ASCII are noise in every answer but the biodata; they stay visible as one character each. */
function ascii(payload: Uint8Array): string {
  return Buffer.from(payload).toString('latin1').trim();
}

function shownCode(text: string): string {
  return /^-?\d{1,5}$/.test(text) ? text : 'no code';
}
