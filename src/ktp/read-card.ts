/**
 * A card is read: the whole exchange between chip and SAM, in the order used in the field. The card room knows
 * slots only; it holds no key and does not know how secure messaging works inside.
 */
import type { Slots } from '../devices/card-reader/port.ts';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import type { Biodata } from '../rules/biodata.ts';
import { parseBiodata } from '../rules/biodata-csv.ts';
import { authentication, isUnproven } from './authenticate.ts';
import { type CardIdentity, identify, readPhoto } from './chip.ts';
import {
  autoDecipher,
  givePhoto,
  type Phase,
  stopSignatureCheck,
  verdict as verdictCommand,
} from './commands.ts';
import { FILE, fileName } from './files.ts';
import type { CardProfile } from './profile.ts';
import { ask, type Relay, relayOf, step } from './relay.ts';
import { openSam, type SamOpen } from './sam.ts';
import { readSecureFiles, signatureCheck } from './secure.ts';

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
  /** Milliseconds that the commands of each phase took; a phase that was not reached is not there. */
  readonly timings: Readonly<Partial<Record<Phase, number>>>;
}

export interface ReadOptions {
  readonly profile: CardProfile;
  readonly samOpen: SamOpen;
  /** Ends the read between two APDUs (KTP-CANCELLED). */
  readonly signal: AbortSignal;
  /** Gets the photo, a JPEG, before the SAM is touched; again when the read is begun again. */
  readonly onPhoto?: (jpeg: Uint8Array) => void;
  /** Chip and SAM proved themselves to each other: once a read, before it answers. */
  readonly onAuthenticated?: () => void;
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
  { profile, samOpen, onPhoto = () => {}, onAuthenticated = () => {} }: ReadOptions,
): Promise<Result<CardReading>> {
  const photo = await readPhoto(relay, profile);
  if (!photo.ok) return photo;
  onPhoto(photo.value.content);
  const identity = await identify(relay, profile);
  if (!identity.ok) return identity;
  const samUid = await openSam(relay, samOpen);
  if (!samUid.ok) return samUid;
  const found = await readProtected(relay, profile.smChunk, identity.value, photo.value.blocks);
  if (!found.ok && !isUnproven(found.failure)) return found;
  if (found.ok) onAuthenticated();

  const { cardControl: _, ...known } = identity.value;
  const told = found.ok ? found.value : { ...NOTHING, verdict: found.failure };
  return ok({
    ...known,
    ...told,
    samUid: samUid.value,
    photo: photo.value.content,
    genuine: told.verdict === null,
    apdus: relay.apdus,
    timings: relay.timings,
  });
}

type Protected = Pick<CardReading, 'biodata' | 'signature' | 'minutiae' | 'verdict'>;
/** What a chip tells that has not proved itself. */
const NOTHING = { biodata: null, signature: null, minutiae: [] };

/** Everything under secure messaging; the SAM sees it pass and judges at the end. */
async function readProtected(
  relay: Relay,
  chunk: number,
  identity: CardIdentity,
  photoBlocks: readonly Uint8Array[],
): Promise<Result<Protected>> {
  // The photo's file block by block as it was read; then the SAM deciphers the files that follow by itself.
  const photoCheck = [...photoBlocks.map((block) => step(givePhoto(block))), step(autoDecipher)];
  const read = await readSecureFiles(
    relay,
    [...authentication(identity), ...signatureCheck],
    [
      { file: FILE.biodata, rounded: false, after: photoCheck },
      { file: FILE.signatureImage, rounded: true },
      { file: FILE.minutiae1, rounded: true },
      { file: FILE.minutiae2, rounded: true, beforeLast: step(stopSignatureCheck) },
    ],
    chunk,
  );
  if (!read.ok) return read;
  const verdict = await askVerdict(relay);
  if (!verdict.ok) return verdict;

  // A card that was tampered with may hold anything here: what the SAM says of it comes first.
  const [csv, signature, ...minutiae] = read.value;
  const biodata = parseBiodata(csv!) ?? null;
  if (!biodata && !verdict.value)
    return fail('KTP-BIODATA-INVALID', `${csv!.length} bytes in ${fileName(FILE.biodata)}`);
  return ok({ biodata, signature: signature!, minutiae, verdict: verdict.value });
}

/** null: genuine, which only a bare 9000 of the SAM says. */
async function askVerdict(relay: Relay): Promise<Result<Failure | null>> {
  const asked = await ask(relay, step(verdictCommand, { length: 0, refused: () => 'KTP-NOT-GENUINE' }));
  if (asked.ok) return ok(null);
  return asked.failure.code === 'KTP-NOT-GENUINE' ? ok(asked.failure) : asked;
}
