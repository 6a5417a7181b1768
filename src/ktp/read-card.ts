/**
 * A card is read: the whole exchange between chip and SAM, in the order used in the field. The card room knows
 * slots only; it holds no key and does not know how secure messaging works inside.
 */
import type { Slot } from '../devices/card-reader/port.ts';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import type { Biodata } from '../rules/biodata.ts';
import { parseBiodata } from '../rules/biodata-csv.ts';
import { SW } from './apdu.ts';
import { authenticate } from './authenticate.ts';
import { type CardIdentity, identify, openCard, readPhoto } from './chip.ts';
import {
  autoDecipher,
  givePhoto,
  giveSignature,
  startSignatureCheck,
  stopSignatureCheck,
  verdict as verdictCommand,
} from './commands.ts';
import { ask, cardEnd, type End, refusal, samEnd, type Tally, tallyOf, wrongLength } from './ends.ts';
import { FILE, fileName } from './files.ts';
import type { CardProfile } from './profile.ts';
import { openSam, type SamOpen } from './sam.ts';
import { type Channel, readDigitalSignature, readSecureFile } from './secure.ts';

/** The parts of a read, in their order. */
export type Phase =
  /** SELECT DF and the free photo: what shows the person on the screen. */
  | 'photo'
  /** UID and card control. */
  | 'identity'
  /** Opening the SAM, once while it is powered. */
  | 'sam'
  | 'authentication'
  /** The digital signature, read and handed to the SAM. */
  | 'digital-signature'
  | 'biodata'
  /** The photo, handed to the SAM. */
  | 'photo-check'
  | 'signature'
  | 'minutiae'
  | 'verdict';

export type ReadEvent =
  /** The photo, before the SAM is touched. Comes again when the read is begun again. */
  | { readonly type: 'photo'; readonly jpeg: Uint8Array }
  /** A phase begins. */
  | { readonly type: 'phase'; readonly phase: Phase };

export interface CardReading extends Omit<CardIdentity, 'cardControl'> {
  /** Upper-case hex. */
  readonly samUid: string;
  /** null where the chip did not prove itself; also where a card that is not genuine holds no such text. */
  readonly biodata: Biodata | null;
  /** A JPEG. */
  readonly photo: Uint8Array;
  /** The compressed 168 × 44 bitmap. */
  readonly signature: Uint8Array | null;
  /** The two records as they are on the chip; older cards may hold another format than ISO/IEC 19794-2. */
  readonly minutiae: readonly Uint8Array[];
  /** True only on the SAM's own verdict, FA04 → 9000. */
  readonly genuine: boolean;
  /** Why the card is not genuine: KTP-NO-PROOF, KTP-CLONE or KTP-NOT-GENUINE. */
  readonly verdict: Failure | null;
  /** Commands to card and SAM. */
  readonly apdus: number;
  /** Milliseconds of each phase that was reached. */
  readonly timings: Readonly<Partial<Record<Phase, number>>>;
}

export interface ReadOptions {
  readonly profile: CardProfile;
  readonly samOpen: SamOpen;
  /** Ends the read between two APDUs (KTP-CANCELLED). */
  readonly signal: AbortSignal;
  readonly on?: (event: ReadEvent) => void;
}

/**
 * Reads the card. A card that is not genuine is a reading, with `verdict`; everything that stands in the way of a
 * verdict is a failure. Without a SAM the photo is still told before KTP-SAM-ABSENT comes back.
 * When the line to the card fails, the whole read is begun again, `profile.retries` times; never after a refusal.
 */
export async function readCard(
  card: Slot,
  sam: Slot | undefined,
  options: ReadOptions,
): Promise<Result<CardReading>> {
  for (let retries = options.profile.retries; ; retries--) {
    const tally = tallyOf(options.signal);
    const read = await readOnce(card, sam, options, tally);
    if (read.ok || !tally.cardLost || retries <= 0) return read;
  }
}

async function readOnce(
  cardSlot: Slot,
  samSlot: Slot | undefined,
  { profile, samOpen, on = () => {} }: ReadOptions,
  tally: Tally,
): Promise<Result<CardReading>> {
  const { during, timings } = phases(on);
  const card = cardEnd(cardSlot, tally);

  const photo = await during('photo', async () => {
    const opened = await openCard(card);
    return opened.ok ? readPhoto(card, profile) : opened;
  });
  if (!photo.ok) return photo;
  on({ type: 'photo', jpeg: photo.value.content });
  const identity = await during('identity', () => identify(card, profile));
  if (!identity.ok) return identity;

  if (!samSlot) return fail('KTP-SAM-ABSENT');
  const sam = samEnd(samSlot, tally);
  const samUid = await during('sam', () => openSam(samSlot, sam, samOpen));
  if (!samUid.ok) return samUid;

  const { cardControl: _, ...known } = identity.value;
  const reading = (found: Protected): Result<CardReading> =>
    ok({
      ...known,
      samUid: samUid.value,
      photo: photo.value.content,
      ...found,
      genuine: found.verdict === null,
      apdus: tally.apdus,
      timings,
    });

  const channel: Channel = { card, sam };
  const unproven = await during('authentication', () => authenticate(channel, identity.value));
  if (!unproven.ok) return unproven;
  if (unproven.value)
    return reading({ biodata: null, signature: null, minutiae: [], verdict: unproven.value });

  const found = await readProtected(channel, profile.smChunk, photo.value.blocks, during);
  return found.ok ? reading(found.value) : found;
}

type Protected = Pick<CardReading, 'biodata' | 'signature' | 'minutiae' | 'verdict'>;

/** Everything under secure messaging; the SAM sees it pass and judges at the end. */
async function readProtected(
  channel: Channel,
  chunk: number,
  photoBlocks: readonly Uint8Array[],
  during: Phases['during'],
): Promise<Result<Protected>> {
  const { sam } = channel;
  const signed = await during('digital-signature', () => startCheck(channel));
  if (!signed.ok) return signed;
  const text = await during('biodata', () =>
    readSecureFile(channel, FILE.biodata, { chunk, rounded: false }),
  );
  if (!text.ok) return text;
  const given = await during('photo-check', () => giveAll(sam, photoBlocks));
  if (!given.ok) return given;

  const rounded = { chunk, rounded: true };
  const signature = await during('signature', () => readSecureFile(channel, FILE.signatureImage, rounded));
  if (!signature.ok) return signature;
  const minutiae = await during('minutiae', async () => {
    const first = await readSecureFile(channel, FILE.minutiae1, rounded);
    if (!first.ok) return first;
    const beforeLast = () => ask(sam, stopSignatureCheck);
    const second = await readSecureFile(channel, FILE.minutiae2, { ...rounded, beforeLast });
    return second.ok ? ok([first.value, second.value]) : second;
  });
  if (!minutiae.ok) return minutiae;
  const verdict = await during('verdict', () => askVerdict(sam));
  if (!verdict.ok) return verdict;

  // A card that was tampered with may hold anything here: what the SAM says of it comes first.
  const biodata = parseBiodata(text.value) ?? null;
  if (!biodata && !verdict.value)
    return fail('KTP-BIODATA-INVALID', `${text.value.length} bytes in ${fileName(FILE.biodata)}`);
  return ok({ biodata, signature: signature.value, minutiae: minutiae.value, verdict: verdict.value });
}

async function startCheck(channel: Channel): Promise<Result<unknown>> {
  const signature = await readDigitalSignature(channel);
  if (!signature.ok) return signature;
  const started = await ask(channel.sam, startSignatureCheck);
  return started.ok ? ask(channel.sam, giveSignature(signature.value)) : started;
}

/** The photo's file block by block as it was read; then the SAM deciphers the files that follow by itself. */
async function giveAll(sam: End, photoBlocks: readonly Uint8Array[]): Promise<Result<unknown>> {
  for (const block of photoBlocks) {
    const given = await ask(sam, givePhoto(block));
    if (!given.ok) return given;
  }
  return ask(sam, autoDecipher);
}

/** null: genuine, which only a bare 9000 of the SAM says. */
async function askVerdict(sam: End): Promise<Result<Failure | null>> {
  const sent = await sam.send(verdictCommand);
  if (!sent.ok) return sent;
  const { data, sw } = sent.value;
  if (sw !== SW.done) return ok(refusal(sam, verdictCommand, sw, 'KTP-NOT-GENUINE').failure);
  return data.length === 0 ? ok(null) : wrongLength(sam, verdictCommand, data.length);
}

interface Phases {
  /** Runs a phase, tells that it begins, takes its time. */
  during<T>(phase: Phase, run: () => Promise<Result<T>>): Promise<Result<T>>;
  readonly timings: Partial<Record<Phase, number>>;
}

function phases(on: (event: ReadEvent) => void): Phases {
  const timings: Partial<Record<Phase, number>> = {};
  return {
    timings,
    during: async (phase, run) => {
      on({ type: 'phase', phase });
      const start = performance.now();
      const result = await run();
      timings[phase] = Math.round((performance.now() - start) * 100) / 100;
      return result;
    },
  };
}
