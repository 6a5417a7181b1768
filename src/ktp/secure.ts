/**
 * Secure messaging as a relay sees it: a plain command goes to the SAM (F3), what it makes of it to the card, and
 * the card's answer without its status word back to the SAM (F4), which returns plain data and the inner status
 * word. Nothing here knows how any of it is protected.
 */
import type { FailureCode } from '../failures/catalogue.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type Answer, decodeAnswer, endsTooSoon, LONGEST_COMMAND, LONGEST_DATA, SW } from './apdu.ts';
import { concat } from './bytes.ts';
import { type Command, readBinary, selectFile, unwrap, wrap } from './commands.ts';
import { ask, type End, refusal, statusAt, wrongLength } from './ends.ts';
import {
  type Block,
  blocksAfterFirst,
  FILE,
  FIRST_READ,
  type FileId,
  fileSize,
  PREFIX,
  SIGNATURE_LENGTH,
} from './files.ts';

/** Card and SAM after they have authenticated each other. */
export interface Channel {
  readonly card: End;
  readonly sam: End;
}

/** A header at least (ISO/IEC 7816-4, 5.1). */
const SHORTEST_COMMAND = 4;

/** Selects `file` under secure messaging. */
export async function selectSecure(channel: Channel, file: FileId): Promise<Result> {
  const command = selectFile(file);
  const sent = await exchange(channel, command, false);
  if (!sent.ok) return sent;
  return sent.value.sw === SW.done ? ok() : innerRefusal(command, sent.value.sw);
}

interface SecureRead {
  /** Bytes a READ, a multiple of 8. */
  readonly chunk: number;
  /** The last READ asks for a multiple of 8 bytes and may meet the end of the file. */
  readonly rounded: boolean;
  /** Runs right before the last READ is wrapped. */
  readonly beforeLast?: () => Promise<Result<unknown>>;
}

/** The content of a file with a length prefix, without it. */
export async function readSecureFile(
  channel: Channel,
  file: FileId,
  { chunk, rounded, beforeLast }: SecureRead,
): Promise<Result<Uint8Array>> {
  const selected = await selectSecure(channel, file);
  if (!selected.ok) return selected;
  const first = await readExactly(channel, readBinary(file, 0, FIRST_READ), FIRST_READ);
  if (!first.ok) return first;
  const size = fileSize(file, first.value);
  if (!size.ok) return size;

  const parts = [first.value];
  for (const block of blocksAfterFirst(size.value, chunk, rounded ? 8 : 1)) {
    if (block.last && beforeLast) {
      const done = await beforeLast();
      if (!done.ok) return done;
    }
    const command = readBinary(file, block.offset, block.asked);
    const part =
      rounded && block.last
        ? await readRounded(channel, command, block)
        : await readExactly(channel, command, block.asked);
    if (!part.ok) return part;
    parts.push(part.value);
  }
  return ok(concat(parts).subarray(PREFIX));
}

/** File 6FF6: no prefix, one READ of 80 bytes. */
export async function readDigitalSignature(channel: Channel): Promise<Result<Uint8Array>> {
  const selected = await selectSecure(channel, FILE.digitalSignature);
  if (!selected.ok) return selected;
  const command = readBinary(FILE.digitalSignature, 0, SIGNATURE_LENGTH);
  return readExactly(channel, command, SIGNATURE_LENGTH);
}

async function readExactly(channel: Channel, command: Command, length: number): Promise<Result<Uint8Array>> {
  const sent = await exchange(channel, command, false);
  if (!sent.ok) return sent;
  const { data, sw } = sent.value;
  if (sw !== SW.done) return innerRefusal(command, sw, endsTooSoon(sw) ? 'KTP-LENGTH-INVALID' : undefined);
  return data.length === length ? ok(data) : innerLength(command, data.length);
}

/** A last block that was rounded up: all that was asked for, or 6282 with the rest of the file. */
async function readRounded(
  channel: Channel,
  command: Command,
  { needed, asked }: Block,
): Promise<Result<Uint8Array>> {
  const sent = await exchange(channel, command, true);
  if (!sent.ok) return sent;
  const { data, sw } = sent.value;
  if (sw === SW.endOfFile) {
    if (data.length < needed) return innerRefusal(command, sw, 'KTP-LENGTH-INVALID');
    if (data.length >= asked) return innerLength(command, data.length);
    return ok(data.subarray(0, needed));
  }
  if (sw !== SW.done) return innerRefusal(command, sw, endsTooSoon(sw) ? 'KTP-LENGTH-INVALID' : undefined);
  return data.length === asked ? ok(data.subarray(0, needed)) : innerLength(command, data.length);
}

/** One plain command through both ends; the answer is the inner one. `endAllowed`: the card may say 6282. */
async function exchange(channel: Channel, plain: Command, endAllowed: boolean): Promise<Result<Answer>> {
  const command = wrap(plain);
  const wrapped = await ask(channel.sam, command);
  if (!wrapped.ok) return wrapped;
  return carry(channel, command, { name: plain.name, apdu: wrapped.value }, endAllowed);
}

/**
 * Carries a protected command, made by the SAM in answer to `source`, to the card, and its answer back to the SAM.
 * KTP-CHANNEL-BROKEN: one of them does not accept what the other protected.
 */
export async function carry(
  { card, sam }: Channel,
  source: Command,
  command: Command,
  endAllowed = false,
): Promise<Result<Answer>> {
  const { length } = command.apdu;
  if (length < SHORTEST_COMMAND || length > LONGEST_COMMAND) return wrongLength(sam, source, length);

  const sent = await card.send(command);
  if (!sent.ok) return sent;
  const { data, sw } = sent.value;
  if (sw !== SW.done && !(endAllowed && sw === SW.endOfFile))
    return refusal(card, command, sw, protectedRefusal(sw));
  if (data.length === 0 || data.length > LONGEST_DATA) return wrongLength(card, command, data.length);

  const opening = unwrap(command.name, data);
  const opened = await ask(sam, opening, 'KTP-CHANNEL-BROKEN');
  if (!opened.ok) return opened;
  const inner = decodeAnswer(opened.value);
  return inner ? ok(inner) : wrongLength(sam, opening, opened.value.length);
}

function protectedRefusal(sw: number): FailureCode | undefined {
  if (sw === SW.channelMissing || sw === SW.channelWrong) return 'KTP-CHANNEL-BROKEN';
  return endsTooSoon(sw) ? 'KTP-LENGTH-INVALID' : undefined;
}

/** The card's own refusal, as the SAM found it inside the protected answer. */
export function innerRefusal(command: Command, sw: number, code: FailureCode = 'KTP-CARD-REFUSED') {
  return fail(code, `inner SW ${statusAt(sw, command.name)}`);
}

const innerLength = (command: Command, length: number) =>
  fail('KTP-CARD-ANSWER', `${length} inner bytes at ${command.name}`);
