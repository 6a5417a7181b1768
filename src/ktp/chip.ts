/** The card's side that needs no key: application, UID, card control and the photo, all free to read. */
import { fail, ok, type Result } from '../failures/failure.ts';
import { endsTooSoon, SW } from './apdu.ts';
import { concat, hex } from './bytes.ts';
import { readBinary, selectApplication, selectFile, typeAUid, typeBUid } from './commands.ts';
import { blocksAfterFirst, FILE, FIRST_READ, type FileId, fileSize, PREFIX } from './files.ts';
import type { ActivationByte, CardProfile } from './profile.ts';
import { ask, askAll, type Relay, type Step, step } from './relay.ts';

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
  const begun = await askUid(relay, profile);
  if (!begun.ok) return begun;
  const { first, ...known } = begun.value;
  const control = await readRest(relay, FILE.cardControl, first, profile.clearChunk);
  const told = control.ok ? tellControl(control.value.content, profile) : control;
  return told.ok ? ok({ ...known, ...told.value }) : told;
}

type Begun = Pick<CardIdentity, 'cardType' | 'uid'> & {
  /** The first bytes of card control, which are read in the same breath. */
  readonly first: Uint8Array;
};

/**
 * Type B is asked first: only 9000 to that says B. FF CA says nothing of the type, since on a type B card it
 * returns the PUPI, with 9000 too. KTP-UID-UNKNOWN: a type A UID that is not 7 bytes, for which UID8 is not defined.
 */
async function askUid(relay: Relay, profile: CardProfile): Promise<Result<Begun>> {
  const control = beginning(FILE.cardControl);
  const typeB = step(typeBUid[profile.typeBUid], { least: 8, refused: () => 'KTP-UID-UNKNOWN' });
  const b = await askAll(relay, [[typeB], control]);
  if (b.ok) {
    const [uid, first] = b.value;
    return ok({ cardType: 'B', uid: hex(uid!.subarray(-8)), first: first! });
  }
  if (b.failure.code !== 'KTP-UID-UNKNOWN') return b;
  const a = await askAll(relay, [[step(typeAUid)], control]);
  if (!a.ok) return a;
  const [uid, first] = a.value;
  if (uid!.length !== 7) return fail('KTP-UID-UNKNOWN', `${uid!.length} bytes at ${typeAUid.name}`);
  return ok({ cardType: 'A', uid: `80${hex(uid!)}`, first: first! });
}

type Control = Pick<CardIdentity, 'cardGeneration' | 'activated' | 'cardControl'>;

/** Card control (6FF0) by itself. */
export async function readCardControl(relay: Relay, profile: CardProfile): Promise<Result<Control>> {
  const read = await readClearFile(relay, FILE.cardControl, profile.clearChunk);
  return read.ok ? tellControl(read.value.content, profile) : read;
}

/**
 * What card control tells of the generation and the activation state. KTP-GENERATION-UNKNOWN: it has neither 29 nor
 * 51 bytes.
 */
function tellControl(cardControl: Uint8Array, { activation }: CardProfile): Result<Control> {
  const cardGeneration = generationOf(cardControl.length);
  if (!cardGeneration) return fail('KTP-GENERATION-UNKNOWN', `card control has ${cardControl.length} bytes`);
  return ok({ cardGeneration, activated: isActivated(cardControl, activation), cardControl });
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
  const first = await ask(relay, ...before, ...beginning(file));
  return first.ok ? readRest(relay, file, first.value, chunk) : first;
}

function beginning(file: FileId): Step[] {
  return [step(selectFile(file)), readClear(file, 0, FIRST_READ)];
}

/** What follows the first bytes of the file that is selected. */
async function readRest(
  relay: Relay,
  file: FileId,
  first: Uint8Array,
  chunk: number,
): Promise<Result<ClearFile>> {
  const size = fileSize(file, first);
  if (!size.ok) return size;
  const reads = blocksAfterFirst(size.value, chunk, 1).map(({ offset, asked }) => [
    readClear(file, offset, asked),
  ]);
  const rest = await askAll(relay, reads);
  if (!rest.ok) return rest;
  const blocks = [first, ...rest.value];
  return ok({ content: concat(blocks).subarray(PREFIX), blocks });
}

/** Exactly `length` bytes; KTP-LENGTH-INVALID when the file ends before them. */
function readClear(file: FileId, offset: number, length: number): Step {
  const refused = (sw: number) => (endsTooSoon(sw) ? 'KTP-LENGTH-INVALID' : undefined);
  return step(readBinary(file, offset, length), { length, refused });
}
