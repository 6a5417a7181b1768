/** The activation desk's screen. */
import { z } from 'zod';
import { type FingerPosition, isFingerPosition } from '../../rules/finger-position.ts';
import { COMPARED_FIELDS, DISPUTE_REASONS } from '../../rules/hand-over.ts';
import { benchStatus } from './bench.ts';
import { failureView } from './failure-view.ts';

const generation = z.enum(['new', 'old']);

const readerView = z.strictObject({
  id: z.string(),
  generation,
  kind: z.enum(['apdu', 'sealed']),
  state: z.enum(['connecting', 'ready', 'busy', 'lost']),
  /** null: the reader cannot tell. */
  card: z.boolean().nullable(),
  sam: z.boolean().nullable(),
  failure: failureView.nullable(),
  /** A verification can start on this reader now. */
  canVerify: z.boolean(),
});
export type ReaderView = z.infer<typeof readerView>;

const sensorView = z.strictObject({ id: z.string(), failure: failureView.nullable() });
export type SensorView = z.infer<typeof sensorView>;

/** As written on the chip; names are those of src/rules/biodata.ts. */
export const biodataView = z.strictObject({
  nik: z.string(),
  nama: z.string(),
  alamat: z.string(),
  rt: z.string(),
  rw: z.string(),
  tempatLahir: z.string(),
  kecamatan: z.string(),
  kelurahan: z.string(),
  kabupaten: z.string(),
  jenisKelamin: z.string(),
  golonganDarah: z.string(),
  agama: z.string(),
  statusPerkawinan: z.string(),
  pekerjaan: z.string(),
  tanggalLahir: z.string(),
  provinsi: z.string(),
  kewarganegaraan: z.string(),
});

export type BiodataView = z.infer<typeof biodataView>;

const cardView = z.strictObject({
  uid: z.string().nullable(),
  cardType: z.enum(['A', 'B']).nullable(),
  cardGeneration: z.enum(['old', 'new']).nullable(),
  genuine: z.boolean().nullable(),
  activated: z.boolean().nullable(),
  biodata: biodataView.nullable(),
  /** Names of the fields this kind of reader cannot tell. */
  untold: z.array(z.string()),
});
export type CardView = z.infer<typeof cardView>;

const fingerPosition = z.custom<FingerPosition>((code) => typeof code === 'number' && isFingerPosition(code));

const fingerTryView = z.strictObject({
  match: z.boolean(),
  quality: z.number().nullable(),
  failure: failureView.nullable(),
});
export type FingerTryView = z.infer<typeof fingerTryView>;

export const verificationView = z.strictObject({
  at: z.literal('verification'),
  reader: z.string(),
  evidence: z.enum(['sam', 'box']),
  step: z.enum([
    'awaiting-card',
    'reading-photo',
    'reading',
    'awaiting-finger',
    'matching',
    'reading-biodata',
    'verified',
    'refused',
    'failed',
  ]),
  /** The photo is fetched by this id, see `photoPath`. */
  photoId: z.string().nullable(),
  card: cardView.nullable(),
  /** ISO/IEC 19794-2 positions of the fingers on the chip. */
  fingers: z.array(fingerPosition),
  tries: z.array(fingerTryView),
  triesLeft: z.int().min(0),
  failure: failureView.nullable(),
});
export type VerificationView = z.infer<typeof verificationView>;

const activationView = z.strictObject({
  at: z.literal('activation'),
  reader: z.string(),
  step: z.enum(['activating', 'settling', 'settled']),
  outcome: z.enum(['done', 'already', 'refused', 'unknown']).nullable(),
  photoId: z.string().nullable(),
  card: cardView,
  failure: failureView.nullable(),
});
export type ActivationView = z.infer<typeof activationView>;

const comparisonView = z.strictObject({
  at: z.literal('comparison'),
  step: z.enum(['running', 'done']),
  rows: z.array(
    z.strictObject({
      reader: z.string(),
      generation,
      step: z.enum(['waiting', 'awaiting-card', 'reading', 'done']),
      readable: z.boolean().nullable(),
      failure: failureView.nullable(),
    }),
  ),
});
export type ComparisonView = z.infer<typeof comparisonView>;

const disputeReason = z.enum(DISPUTE_REASONS);
const text = z.string().nullable();

const handOverView = z.strictObject({
  at: z.literal('hand-over'),
  step: z.enum(['looking-up', 'comparing', 'recording', 'settled', 'failed']),
  photoId: z.string().nullable(),
  card: cardView,
  evidence: z.enum(['sam', 'box']),
  verified: z.boolean(),
  /** What the kiosk's own lists tell; null: nothing. */
  listed: z
    .strictObject({
      record: z.strictObject({ nik: text, nama: text, tanggalLahir: text, kelurahan: text }),
      /** YYYY-MM-DD; null: the card is in no list of finished cards. */
      arrivedOn: text,
      setAside: disputeReason.nullable(),
    })
    .nullable(),
  /** On which chip and lists disagree. */
  differences: z.array(z.enum(COMPARED_FIELDS)),
  mayHandOver: z.boolean(),
  dispute: z.strictObject({ reason: disputeReason, fields: z.array(biodataView.keyof()) }).nullable(),
  failure: failureView.nullable(),
});
export type HandOverView = z.infer<typeof handOverView>;

const finishedCards = z.strictObject({
  villages: z.array(
    z.strictObject({
      village: z.string(),
      arrived: z.int().min(0),
      handedOver: z.int().min(0),
      inSafe: z.int().min(0),
      /** In the safe for longer than a month. */
      longer: z.int().min(0),
    }),
  ),
  village: text,
  waiting: z.array(
    z.strictObject({
      nik: z.string(),
      name: z.string(),
      arrivedOn: z.string(),
      setAside: disputeReason.nullable(),
    }),
  ),
});

export const deskView = z.strictObject({
  screen: z.literal('desk'),
  readers: z.array(readerView),
  sensor: sensorView.nullable(),
  work: z.discriminatedUnion('at', [
    z.strictObject({ at: z.literal('idle') }),
    verificationView,
    activationView,
    comparisonView,
    handOverView,
  ]),
  finished: finishedCards,
  /** Activations that nobody saw the end of; `since` is ISO 8601. */
  unknownActivations: z.array(z.strictObject({ intentId: z.string(), uid: z.string(), since: z.string() })),
  /** Why the desk takes no work at present. */
  closed: failureView.nullable(),
  /** What may be asked for now, beside starting a verification (see `readers`). */
  can: z.array(
    z.enum([
      'activate',
      'compare',
      'begin-hand-over',
      'hand-over',
      'dispute',
      'show-cards',
      'retry',
      'cancel',
      'finish',
      'report-fee',
    ]),
  ),
  /** null where the devices are real. */
  bench: benchStatus.nullable(),
});
export type DeskView = z.infer<typeof deskView>;
