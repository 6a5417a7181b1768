/** The card's side that needs no key: application, UID, card control and the photo, all free to read. */
import { fail, ok, type Result } from '../failures/failure.ts';
import { endsTooSoon, SW } from './apdu.ts';
import { concat, hex } from './bytes.ts';
import { readBinary, selectApplication, selectFile, typeAUid, typeBUid } from './commands.ts';
import { blocksAfterFirst, FILE, FIRST_READ, type FileId, fileSize, PREFIX } from './files.ts';
import type { ActivationByte, CardProfile } from './profile.ts';
import { ask, askAll, type Relay, type Step, step, wrongLength } from './relay.ts';

/** What a card tells of itself without a SAM. */
export interface CardIdentity {
  readonly cardType: 'A' | 'B';
  readonly cardGeneration: 'old' | 'new';
  /** UID8: 16 upper-case hex digits. */
  readonly uid: string;
  /** null: the state byte is neither of the two that the profile knows. */
  readonly activated: boolean | null;
  /** Card control without its length prefix, as the SAM wants it: 29 or 51 bytes. */
  readonly cardControl: Uint8Array;
}

/** No such application, or no such command: the chip of something else. */
const NOT_A_KTP: readonly number[] = [
  SW.functionUnknown,
  SW.fileNotFound,
  SW.parametersWrong,
  SW.instructionUnknown,
  SW.classUnknown,
];

/** Selects DF 7F0A, which comes first. KTP-NOT-A-KTP when the card knows no such application. */
const opening = step(selectApplication, {
  refused: (sw) => (NOT_A_KTP.includes(sw) ? 'KTP-NOT-A-KTP' : undefined),
});

/** Opens the card. */
export function openCard(relay: Relay): Promise<Result<unknown>> {
  return ask(relay, opening);
}

/** UID and card control; the application must be selected. */
export async function identify(relay: Relay, profile: CardProfile): Promise<Result<CardIdentity>> {
  const uid = await readUid(relay, profile);
  if (!uid.ok) return uid;
  const control = await readCardControl(relay, profile);
  if (!control.ok) return control;
  return ok({ ...uid.value, ...control.value });
}

/**
 * Type B is asked first: only 9000 to that says B. FF CA says nothing of the type, since on a type B card it
 * returns the PUPI, with 9000 too. KTP-UID-UNKNOWN: a type A UID that is not 7 bytes, for which UID8 is not defined.
 */
async function readUid(
  relay: Relay,
  profile: CardProfile,
): Promise<Result<Pick<CardIdentity, 'cardType' | 'uid'>>> {
  const command = typeBUid[profile.typeBUid];
  const b = await ask(relay, step(command));
  if (b.ok && b.value.length < 8) return wrongLength(command, b.value.length);
  if (b.ok) return ok({ cardType: 'B', uid: hex(b.value.subarray(-8)) });
  if (b.failure.code !== 'KTP-CARD-REFUSED') return b;
  const a = await ask(relay, step(typeAUid));
  if (!a.ok) return a;
  if (a.value.length !== 7) return fail('KTP-UID-UNKNOWN', `${a.value.length} bytes at ${typeAUid.name}`);
  return ok({ cardType: 'A', uid: `80${hex(a.value)}` });
}

/**
 * Card control (6FF0), from which the generation and the activation state are told. KTP-GENERATION-UNKNOWN: it has
 * neither 29 nor 51 bytes.
 */
export async function readCardControl(
  relay: Relay,
  profile: CardProfile,
): Promise<Result<Pick<CardIdentity, 'cardGeneration' | 'activated' | 'cardControl'>>> {
  const read = await readClearFile(relay, FILE.cardControl, profile.clearChunk);
  if (!read.ok) return read;
  const cardControl = read.value.content;
  const cardGeneration = generationOf(cardControl.length);
  if (!cardGeneration) return fail('KTP-GENERATION-UNKNOWN', `card control has ${cardControl.length} bytes`);
  return ok({ cardGeneration, activated: isActivated(cardControl, profile.activation), cardControl });
}

function generationOf(cardControlLength: number): 'old' | 'new' | undefined {
  if (cardControlLength === 29) return 'old';
  return cardControlLength === 51 ? 'new' : undefined;
}

function isActivated(cardControl: Uint8Array, { fromEnd, inactive, active }: ActivationByte): boolean | null {
  const state = cardControl.at(-fromEnd);
  if (state === active) return true;
  return state === inactive ? false : null;
}

interface ClearFile {
  /** Without the length prefix. */
  readonly content: Uint8Array;
  /** The file from offset 0, prefix included, READ by READ. */
  readonly blocks: readonly Uint8Array[];
}

/** Opens the card and reads the photo (6FF2). KTP-PHOTO-NOT-JPEG when it does not begin with the marker SOI (ISO/IEC 10918-1, B.1.1.3). */
export async function readPhoto(relay: Relay, profile: CardProfile): Promise<Result<ClearFile>> {
  const read = await readClearFile(relay, FILE.photo, profile.clearChunk, [opening]);
  if (!read.ok) return read;
  const [first, second] = read.value.content;
  return first === 0xff && second === 0xd8 ? read : fail('KTP-PHOTO-NOT-JPEG');
}

async function readClearFile(
  relay: Relay,
  file: FileId,
  chunk: number,
  before: readonly Step[] = [],
): Promise<Result<ClearFile>> {
  const first = await ask(relay, ...before, step(selectFile(file)), readClear(file, 0, FIRST_READ));
  if (!first.ok) return first;
  const size = fileSize(file, first.value);
  if (!size.ok) return size;
  const reads = blocksAfterFirst(size.value, chunk, 1).map(({ offset, asked }) => [
    readClear(file, offset, asked),
  ]);
  const rest = await askAll(relay, reads);
  if (!rest.ok) return rest;
  const blocks = [first.value, ...rest.value];
  return ok({ content: concat(blocks).subarray(PREFIX), blocks });
}

/** Exactly `length` bytes; KTP-LENGTH-INVALID when the file ends before them. */
function readClear(file: FileId, offset: number, length: number): Step {
  const refused = (sw: number) => (endsTooSoon(sw) ? 'KTP-LENGTH-INVALID' : undefined);
  return step(readBinary(file, offset, length), { length, refused });
}
