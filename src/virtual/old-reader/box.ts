/** What the sealed box does with card and SAM: the exchange of ktp-el-card.md, as far as the box goes. */
import { decodeFingerMinutiae } from '../../biometrics/records/finger-minutiae.ts';
import type { FingerPosition } from '../../rules/finger-position.ts';
import { EF } from '../card/files.ts';
import { TEST_CONF, TEST_PCID } from '../card/sam.ts';
import type { CardSlot } from '../reader/slot.ts';

/** What its firmware and antenna can do. */
export interface BoxTraits {
  readonly firmware: 'old' | 'both';
  readonly cardTypes: 'A' | 'B' | 'both';
}

/** What it keeps of a card while the card lies there. */
export interface BoxCard {
  /** As on the chip: quoted CSV. */
  readonly biodata: Uint8Array;
  /** The chip's two minutiae records by finger. */
  readonly fingers: ReadonlyMap<FingerPosition, Uint8Array>;
}

/** Texts of `error,<text>`; the first line is all that tells a site why a good new card is not read. */
const TEXT = {
  generation: 'Kartu generasi baru tidak didukung',
  type: 'Tipe kartu tidak didukung',
  card: 'Kartu tidak dapat dibaca',
  foreign: 'Bukan KTP-el',
  sam: 'SAM tidak menjawab',
} as const;

const OLD_CARD_CONTROL = 29;
const CHUNK = 208;

/** A string is the error text. */
export function readCard(card: CardSlot, sam: CardSlot, traits: BoxTraits): BoxCard | string {
  card.card?.reset();
  if (!card.card?.atr) return TEXT.card;
  if (!transmit(card, '00A40000027F0A')) return TEXT.foreign;
  const identity = identify(card);
  if (!identity) return TEXT.card;
  if (traits.cardTypes !== 'both' && traits.cardTypes !== identity.type) return TEXT.type;
  if (traits.firmware === 'old' && identity.cardControl.length !== OLD_CARD_CONTROL) return TEXT.generation;
  if (!openSam(sam)) return TEXT.sam;
  if (!authenticate(card, sam, identity)) return TEXT.card;
  const biodata = readFile(card, sam, EF.biodata);
  const records = [readFile(card, sam, EF.minutiae1), readFile(card, sam, EF.minutiae2)];
  if (!biodata || !records[0] || !records[1]) return TEXT.card;
  return { biodata, fingers: new Map(records.flatMap((record) => fingerOf(record!))) };
}

interface Identity {
  readonly type: 'A' | 'B';
  readonly uid8: Uint8Array;
  readonly cardControl: Uint8Array;
}

function identify(card: CardSlot): Identity | undefined {
  const typeB = transmit(card, '00DD000008');
  const typeA = typeB ?? transmit(card, 'FFCA000000');
  if (!typeA || !transmit(card, '00A40000026FF0')) return undefined;
  const length = transmit(card, '00B0000002')?.[1];
  const cardControl = length && transmit(card, `00B00002${hex([length])}`);
  if (!cardControl) return undefined;
  return { type: typeB ? 'B' : 'A', uid8: typeB ?? Uint8Array.of(0x80, ...typeA), cardControl };
}

function openSam(sam: CardSlot): boolean {
  // A SAM that is open already answers its reset; only a closed one is opened.
  if (transmit(sam, '00FF000000')) return true;
  const opening = TEST_CONF.map((byte, index) => byte ^ TEST_PCID[index % TEST_PCID.length]!);
  return Boolean(transmit(sam, `00F0000020${hex(opening)}`));
}

function authenticate(card: CardSlot, sam: CardSlot, { uid8, cardControl }: Identity): boolean {
  const challenge = transmit(card, '0084000008');
  if (!challenge) return false;
  const generation = cardControl.length === OLD_CARD_CONTROL ? '00' : '01';
  const asked = Buffer.concat([cardControl, uid8, challenge]);
  const response = transmit(sam, `00F100${generation}${counted(asked)}`);
  const proof = response && transmit(card, `00820000${counted(response)}`);
  return Boolean(proof && transmit(sam, `00F20000${counted(proof)}`));
}

/** A file under secure messaging, without its length field. */
function readFile(card: CardSlot, sam: CardSlot, id: number): Uint8Array | undefined {
  if (!secure(card, sam, `00A4000002${id.toString(16)}`)) return undefined;
  let file = secure(card, sam, '00B0000008');
  if (!file || file.length < 2) return undefined;
  const total = 2 + ((file[0]! << 8) | file[1]!);
  while (file.length < total) {
    const offset = file.length.toString(16).padStart(4, '0');
    const chunk = secure(card, sam, `00B0${offset}${hex([Math.min(CHUNK, total - file.length)])}`);
    if (!chunk || chunk.length === 0) return undefined;
    file = Buffer.concat([file, chunk]);
  }
  return file.subarray(2, total);
}

/** Wrapped by the SAM, carried out by the card, unwrapped by the SAM: the plain data. */
function secure(card: CardSlot, sam: CardSlot, command: string): Uint8Array | undefined {
  const wrapped = transmit(sam, `00F30000${counted(Buffer.from(command, 'hex'))}`);
  const answer = wrapped && transmit(card, hex(wrapped));
  const plain = answer && transmit(sam, `00F40000${counted(answer)}`);
  return plain && successData(plain);
}

function transmit(slot: CardSlot, apdu: string): Uint8Array | undefined {
  const answer = slot.transmit(Buffer.from(apdu, 'hex'));
  return answer ? successData(answer) : undefined;
}

function successData(answer: Uint8Array): Uint8Array | undefined {
  return answer.at(-2) === 0x90 && answer.at(-1) === 0x00 ? answer.subarray(0, -2) : undefined;
}

function fingerOf(record: Uint8Array): [FingerPosition, Uint8Array][] {
  const decoded = decodeFingerMinutiae(record);
  const position = decoded.ok && decoded.value[0]?.position;
  return position ? [[position, record]] : [];
}

/** Lc and the data, in hex. */
function counted(bytes: Uint8Array): string {
  return hex([bytes.length, ...bytes]);
}

function hex(bytes: Uint8Array | number[]): string {
  return Buffer.from(bytes).toString('hex');
}
