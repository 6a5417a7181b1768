/**
 * One full read of a card on an APDU reader, as the desk and the command line use it: the relay of src/ktp, the
 * case file that keeps photo and minutiae, the audit entry, and what is learnt of activations left unknown.
 */
import { createHash } from 'node:crypto';
import type { FingerTemplate } from '../biometrics/fingerprint/template.ts';
import { decodeFingerMinutiae } from '../biometrics/records/finger-minutiae.ts';
import type { FailureCode } from '../failures/catalogue.ts';
import { ok, type Result } from '../failures/failure.ts';
import { type CardReading, readCard } from '../ktp/read-card.ts';
import type { Biodata } from '../rules/biodata.ts';
import { type FingerPosition, LEFT_INDEX, RIGHT_INDEX } from '../rules/finger-position.ts';
import { countAuthentication, countCard, UNKNOWN_CARD } from './card-matrix.ts';
import type { DeskParts } from './parts.ts';
import { checkSam } from './sam-binding.ts';
import { resolveUnknown } from './settle-open.ts';
import type { CardFacts } from './status.ts';

export interface FileDigest {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface MinutiaeDigest extends FileDigest {
  /** `null`: not ISO/IEC 19794-2; older cards may hold something else. */
  readonly format: 'ISO/IEC 19794-2:2005' | null;
  readonly position: FingerPosition | null;
  readonly count: number | null;
}

/** What `card read` prints, and what the flows keep: plain JSON. */
export interface Reading {
  readonly reader: string;
  readonly readerGeneration: 'new';
  readonly evidence: 'sam';
  readonly cardType: 'A' | 'B';
  readonly cardGeneration: 'old' | 'new';
  readonly uid: string;
  readonly biodata: Biodata | null;
  readonly photo: FileDigest;
  readonly signature: FileDigest | null;
  readonly minutiae: readonly MinutiaeDigest[] | null;
  readonly genuine: boolean;
  /** Why the card is not genuine. */
  readonly code: FailureCode | null;
  readonly activated: boolean | null;
  readonly apdus: number;
  readonly timings: Readonly<Record<string, number>>;
  readonly untold: readonly string[];
}

/**
 * Reads the card that lies on `input.reader` into the case file `caseId`. `onPhoto` is called as soon as the photo
 * is there, long before the SAM's verdict.
 */
export async function readCase(
  parts: DeskParts,
  input: { readonly reader: string; readonly caseId: string; readonly by: string },
  signal: AbortSignal,
  onPhoto: () => void = () => {},
): Promise<Result<Reading>> {
  const station = parts.chipStation(input.reader);
  if (!station.ok) return station;
  const { reader, profile, samOpen } = station.value;
  const file = parts.caseFiles.get(input.caseId);

  const read = await reader.exchange(signal, (slots) =>
    readCard(slots, {
      profile,
      samOpen,
      signal,
      onPhoto: (jpeg) => {
        if (file) file.photo = jpeg;
        onPhoto();
      },
      onAuthenticated: () => countAuthentication(parts.store, input.reader),
    }),
  );
  if (!read.ok) {
    const unread = {
      cardType: null,
      cardGeneration: null,
      uid: null,
      genuine: null,
      code: read.failure.code,
    };
    await parts.store.audit.append('card-read', input.by, {
      reader: input.reader,
      evidence: 'sam',
      ...unread,
    });
    await countCard(parts.store, input.reader, UNKNOWN_CARD, read);
    return read;
  }
  const card = read.value;
  const fingers = card.minutiae.map(decodeOnCard);
  if (file) file.templates = fingers.filter((finger) => finger !== null);

  const audited = await parts.store.audit.append('card-read', input.by, {
    reader: input.reader,
    evidence: 'sam',
    uid: card.uid,
    cardType: card.cardType,
    cardGeneration: card.cardGeneration,
    genuine: card.genuine,
    code: card.verdict?.code ?? null,
  });
  if (!audited.ok) return audited;
  const { cardType, cardGeneration } = card;
  await countCard(parts.store, input.reader, { cardType, cardGeneration }, read);
  const sam = await checkSam(parts.store, input.reader, card.samUid, input.by);
  if (!sam.ok) return sam;
  if (card.activated !== null) {
    const resolved = await resolveUnknown(parts.store, card.uid, card.activated);
    if (!resolved.ok) return resolved;
  }
  return ok(summary(input.reader, card, fingers));
}

/** A chip's minutiae, or null when they are not ISO/IEC 19794-2. A record that names no finger is taken as asked. */
function decodeOnCard(record: Uint8Array, index: number): FingerTemplate | null {
  const decoded = decodeFingerMinutiae(record);
  const view = decoded.ok ? decoded.value[0] : undefined;
  if (!view) return null;
  return view.position === 0 ? { ...view, position: index === 0 ? RIGHT_INDEX : LEFT_INDEX } : view;
}

function summary(readerId: string, card: CardReading, fingers: readonly (FingerTemplate | null)[]): Reading {
  const told = card.minutiae.length > 0;
  return {
    reader: readerId,
    readerGeneration: 'new',
    evidence: 'sam',
    cardType: card.cardType,
    cardGeneration: card.cardGeneration,
    uid: card.uid,
    biodata: card.biodata,
    photo: digest(card.photo),
    signature: card.signature && digest(card.signature),
    minutiae: told
      ? card.minutiae.map((record, index) => {
          const finger = fingers[index];
          return {
            ...digest(record),
            format: finger ? 'ISO/IEC 19794-2:2005' : null,
            position: finger?.position || null,
            count: finger ? finger.minutiae.length : null,
          };
        })
      : null,
    genuine: card.genuine,
    code: card.verdict?.code ?? null,
    activated: card.activated,
    apdus: card.apdus,
    timings: card.timings,
    untold: [
      ...(card.biodata ? [] : ['biodata']),
      ...(card.signature ? [] : ['signature']),
      ...(told ? [] : ['minutiae']),
      ...(card.activated === null ? ['activated'] : []),
    ],
  };
}

/** What the screens show of a reading. */
export function cardFacts(reading: Reading): CardFacts {
  const { uid, cardType, cardGeneration, genuine, activated, biodata, untold } = reading;
  return { uid, cardType, cardGeneration, genuine, activated, biodata, untold };
}

function digest(content: Uint8Array): FileDigest {
  return { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}
