/**
 * Secure messaging as a relay sees it: a plain command goes to the SAM (F3), what it makes of it to the card, and
 * the card's answer without its status word back to the SAM (F4), which returns plain data and the inner status
 * word. Nothing here knows how any of it is protected.
 */
import type { Expected } from '../devices/card-reader/port.ts';
import type { FailureCode } from '../failures/catalogue.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import {
  type Answer,
  decodeAnswer,
  endsTooSoon,
  LONGEST_COMMAND,
  LONGEST_DATA,
  SHORTEST_COMMAND,
  SW,
} from './apdu.ts';
import { concat } from './bytes.ts';
import {
  type Command,
  giveSignature,
  protectedForm,
  readBinary,
  selectFile,
  startSignatureCheck,
  unwrap,
  wrap,
} from './commands.ts';
import {
  blocksAfterFirst,
  FILE,
  FIRST_READ,
  type FileId,
  fileSize,
  PREFIX,
  SIGNATURE_LENGTH,
} from './files.ts';
import { answered, askAll, type Relay, refusal, type Step, statusAt, step, wrongLength } from './relay.ts';

/** What the inner answer must be, apart from its 9000. */
interface Inner {
  /** Data bytes, exactly; any number when absent. */
  readonly length?: number;
  /** Fewer data are enough, from so many bytes, where they come with 6282. */
  readonly enough?: number;
}

/** A file with a length prefix, and how it is read. */
export interface SecureFile {
  readonly file: FileId;
  /** The last READ asks for a multiple of 8 bytes and may meet the end of the file. */
  readonly rounded: boolean;
  /** Goes right before the last READ is wrapped. */
  readonly beforeLast?: Step;
  /** Go when it is read. */
  readonly after?: readonly Step[];
}

/**
 * The contents of files, without their prefix, `chunk` bytes a READ (a multiple of 8). What is known of a file once its
 * first eight bytes are there goes out together with the beginning of the next; `before` with that of the first.
 */
export async function readSecureFiles(
  relay: Relay,
  before: readonly Step[],
  files: readonly SecureFile[],
  chunk: number,
): Promise<Result<Uint8Array[]>> {
  const contents: Uint8Array[] = [];
  let first: Uint8Array = new Uint8Array();
  let rest: Step[][] = [];
  let after = before;
  for (const next of [...files, undefined]) {
    const groups = [...rest, after, next ? beginning(next) : []].filter((group) => group.length > 0);
    const read = await askAll(relay, groups);
    if (!read.ok) return read;
    if (rest.length > 0) contents.push(concat([first, ...read.value.slice(0, rest.length)]).subarray(PREFIX));
    if (!next) break;
    first = read.value.at(-1)!;
    const size = fileSize(next.file, first);
    if (!size.ok) return size;
    rest = readsAfterFirst(next, size.value, chunk);
    after = next.after ?? [];
  }
  return ok(contents);
}

function beginning({ file }: SecureFile): Step[] {
  const read = secured(readBinary(file, 0, FIRST_READ), { length: FIRST_READ });
  return [...secured(selectFile(file)), ...read];
}

/** One group of steps a READ. */
function readsAfterFirst({ file, rounded, beforeLast }: SecureFile, size: number, chunk: number): Step[][] {
  return blocksAfterFirst(size, chunk, rounded ? 8 : 1).map(({ offset, needed, asked, last }) => {
    const inner = rounded && last ? { length: asked, enough: needed } : { length: asked };
    const read = secured(readBinary(file, offset, asked), inner);
    return last && beforeLast ? [beforeLast, ...read] : read;
  });
}

/** File 6FF6, which has no prefix, is read by one READ of 80 bytes; they go to the SAM untouched. */
export const signatureCheck: readonly Step[] = [
  ...secured(selectFile(FILE.digitalSignature)),
  ...secured(readBinary(FILE.digitalSignature, 0, SIGNATURE_LENGTH), { length: SIGNATURE_LENGTH }),
  step(startSignatureCheck),
  step(giveSignature),
];

/** One plain command through both ends; the last of the three steps returns the inner data. */
export function secured(plain: Command<Uint8Array>, inner: Inner = {}): Step[] {
  return [protecting(wrap(plain)), ...carried(protectedForm(plain), inner)];
}

/** The SAM makes a protected command, for the card alone. */
export function protecting(command: Command): Step {
  const { judge } = step(command);
  return {
    command,
    goOn: [answered([SW.done], [SHORTEST_COMMAND, LONGEST_COMMAND])],
    judge(answer) {
      const judged = judge(answer);
      if (!judged.ok) return judged;
      const { length } = judged.value;
      const fits = length >= SHORTEST_COMMAND && length <= LONGEST_COMMAND;
      return fits ? judged : wrongLength(command, length);
    },
  };
}

/**
 * Carries a protected command to the card, and its answer back to the SAM, whose step returns the inner data.
 * KTP-CHANNEL-BROKEN: one of them does not accept what the other protected.
 */
export function carried(command: Command, inner: Inner = {}): Step[] {
  const allowed: readonly number[] = inner.enough === undefined ? [SW.done] : [SW.done, SW.endOfFile];
  const toCard: Step = {
    command,
    goOn: allowed.map((sw) => answered([sw], [1, LONGEST_DATA])),
    judge({ data, sw }) {
      if (!allowed.includes(sw)) return refusal(command, sw, protectedRefusal(sw));
      const fits = data.length > 0 && data.length <= LONGEST_DATA;
      return fits ? ok(data) : wrongLength(command, data.length);
    },
  };
  const opening = unwrap(command);
  const { judge } = step(opening, { refused: () => 'KTP-CHANNEL-BROKEN' });
  const toSam: Step = {
    command: opening,
    goOn: innerAnswers(inner),
    judge(answer) {
      const opened = judge(answer);
      if (!opened.ok) return opened;
      const found = decodeAnswer(opened.value);
      return found ? judgeInner(command, found, inner) : wrongLength(opening, opened.value.length);
    },
  };
  return [toCard, toSam];
}

function innerAnswers({ length, enough }: Inner): Expected[] {
  if (length === undefined) return [answered([SW.done, SW.done])];
  const whole = answered([SW.done, SW.done], [length, length]);
  return enough === undefined ? [whole] : [whole, answered([SW.endOfFile, SW.done], [enough, length - 1])];
}

function judgeInner(command: Command, { data, sw }: Answer, { length, enough }: Inner): Result<Uint8Array> {
  if (enough !== undefined && sw === SW.endOfFile && data.length >= enough)
    return data.length < length! ? ok(data.subarray(0, enough)) : innerLength(command, data.length);
  if (sw !== SW.done)
    return innerRefusal(
      command,
      sw,
      length !== undefined && endsTooSoon(sw) ? 'KTP-LENGTH-INVALID' : undefined,
    );
  return length === undefined || data.length === length
    ? ok(data.subarray(0, enough))
    : innerLength(command, data.length);
}

function protectedRefusal(sw: number): FailureCode | undefined {
  if (sw === SW.channelMissing || sw === SW.channelWrong) return 'KTP-CHANNEL-BROKEN';
  return endsTooSoon(sw) ? 'KTP-LENGTH-INVALID' : undefined;
}

/** The card's own refusal, as the SAM found it inside the protected answer. */
const innerRefusal = (command: Command, sw: number, code: FailureCode = 'KTP-CARD-REFUSED') =>
  fail(code, `inner SW ${statusAt(sw, command.name)}`);

const innerLength = (command: Command, length: number) =>
  fail('KTP-CARD-ANSWER', `${length} inner bytes at ${command.name}`);
