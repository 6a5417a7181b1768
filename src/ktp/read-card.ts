/**
 * A card is read: the whole exchange between chip and SAM, in the order used in the field. The card room knows
 * slots only; it holds no key and does not know how secure messaging works inside.
 */
import type { Slots } from '../devices/card-reader/port.ts';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import type { Biodata } from '../rules/biodata.ts';
import { parseBiodata } from '../rules/biodata-csv.ts';
import { authenticate } from './authenticate.ts';
import { type CardIdentity, identify, readPhoto } from './chip.ts';
import {
  autoDecipher,
  givePhoto,
  giveSignature,
  startSignatureCheck,
  stopSignatureCheck,
  verdict as verdictCommand,
} from './commands.ts';
import { FILE, fileName } from './files.ts';
import type { CardProfile } from './profile.ts';
import { ask, askAll, type Relay, relayOf, step } from './relay.ts';
import { openSam, type SamOpen } from './sam.ts';
import { readDigitalSignature, readSecureFiles } from './secure.ts';

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
export async function readCard(slots: Slots, options: ReadOptions): Promise<Result<CardReading>> {
  for (let retries = options.profile.retries; ; retries--) {
    const relay = relayOf(slots, options.signal);
    const read = await readOnce(relay, options);
    if (read.ok || !relay.cardLost || retries <= 0) return read;
  }
}

async function readOnce(
  relay: Relay,
  { profile, samOpen, on = () => {} }: ReadOptions,
): Promise<Result<CardReading>> {
  const { during, timings } = phases(on);

  const photo = await during('photo', () => readPhoto(relay, profile));
  if (!photo.ok) return photo;
  on({ type: 'photo', jpeg: photo.value.content });
  const identity = await during('identity', () => identify(relay, profile));
  if (!identity.ok) return identity;
  const samUid = await during('sam', () => openSam(relay, samOpen));
  if (!samUid.ok) return samUid;

  const { cardControl: _, ...known } = identity.value;
  const reading = (found: Protected): Result<CardReading> =>
    ok({
      ...known,
      samUid: samUid.value,
      photo: photo.value.content,
      ...found,
      genuine: found.verdict === null,
      apdus: relay.apdus,
      timings,
    });

  const unproven = await during('authentication', () => authenticate(relay, identity.value));
  if (!unproven.ok) return unproven;
  if (unproven.value)
    return reading({ biodata: null, signature: null, minutiae: [], verdict: unproven.value });

  const found = await readProtected(relay, profile.smChunk, photo.value.blocks, during);
  return found.ok ? reading(found.value) : found;
}

type Protected = Pick<CardReading, 'biodata' | 'signature' | 'minutiae' | 'verdict'>;

/** Everything under secure messaging; the SAM sees it pass and judges at the end. */
async function readProtected(
  relay: Relay,
  chunk: number,
  photoBlocks: readonly Uint8Array[],
  during: Phases['during'],
): Promise<Result<Protected>> {
  const signed = await during('digital-signature', () => startCheck(relay));
  if (!signed.ok) return signed;
  const text = await during('biodata', () =>
    readSecureFiles(relay, [{ file: FILE.biodata, rounded: false }], chunk),
  );
  if (!text.ok) return text;
  // The photo's file block by block as it was read; then the SAM deciphers the files that follow by itself.
  const given = await during('photo-check', () =>
    ask(relay, ...photoBlocks.map((block) => step(givePhoto(block))), step(autoDecipher)),
  );
  if (!given.ok) return given;

  const signature = await during('signature', () =>
    readSecureFiles(relay, [{ file: FILE.signatureImage, rounded: true }], chunk),
  );
  if (!signature.ok) return signature;
  const both = [
    { file: FILE.minutiae1, rounded: true },
    { file: FILE.minutiae2, rounded: true, beforeLast: step(stopSignatureCheck) },
  ];
  const minutiae = await during('minutiae', () => readSecureFiles(relay, both, chunk));
  if (!minutiae.ok) return minutiae;
  const verdict = await during('verdict', () => askVerdict(relay));
  if (!verdict.ok) return verdict;

  // A card that was tampered with may hold anything here: what the SAM says of it comes first.
  const [csv] = text.value;
  const biodata = parseBiodata(csv!) ?? null;
  if (!biodata && !verdict.value)
    return fail('KTP-BIODATA-INVALID', `${csv!.length} bytes in ${fileName(FILE.biodata)}`);
  return ok({ biodata, signature: signature.value[0]!, minutiae: minutiae.value, verdict: verdict.value });
}

async function startCheck(relay: Relay): Promise<Result<unknown>> {
  const begun = await askAll(relay, [readDigitalSignature, [step(startSignatureCheck)]]);
  return begun.ok ? ask(relay, step(giveSignature(begun.value[0]!))) : begun;
}

/** null: genuine, which only a bare 9000 of the SAM says. */
async function askVerdict(relay: Relay): Promise<Result<Failure | null>> {
  const asked = await ask(relay, step(verdictCommand, { length: 0, refused: () => 'KTP-NOT-GENUINE' }));
  if (asked.ok) return ok(null);
  return asked.failure.code === 'KTP-NOT-GENUINE' ? ok(asked.failure) : asked;
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
