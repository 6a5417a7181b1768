/** Statuses as the flows tell them, written by hand: the input of the server and of the page in their tests. */
import type {
  ActivationStatus,
  CardFacts,
  CardListed,
  ComparisonStatus,
  DeskStatus,
  HandOverStatus,
  VerificationStatus,
  Work,
} from '../../src/flows/status.ts';

export const idle: DeskStatus = {
  readers: [
    { id: 'new', generation: 'new', kind: 'apdu', state: 'ready', card: false, sam: true, failure: null },
    { id: 'old', generation: 'old', kind: 'sealed', state: 'ready', card: null, sam: null, failure: null },
  ],
  sensor: { id: 'finger', failure: null },
  work: { at: 'idle' },
  unknownActivations: [],
  closed: null,
  canHandOver: false,
  canDispute: false,
  finished: { villages: [], village: null, waiting: [] },
};

/** A fictional person. */
export const card: CardFacts = {
  uid: '80A1B2C3D4E5F607',
  cardType: 'B',
  cardGeneration: 'new',
  genuine: true,
  activated: false,
  biodata: {
    nik: '1607124103850001',
    nama: 'SRI "ENDAH" WAHYUNI',
    alamat: 'DUSUN II JALUR 8',
    rt: '004',
    rw: '002',
    tempatLahir: 'PALEMBANG',
    kecamatan: 'TANJUNG LAGO',
    kelurahan: 'SUKA DAMAI',
    kabupaten: 'BANYUASIN',
    jenisKelamin: 'PEREMPUAN',
    golonganDarah: 'O',
    agama: 'ISLAM',
    statusPerkawinan: 'KAWIN',
    pekerjaan: 'PETANI/PEKEBUN',
    tanggalLahir: '01-03-1985',
    provinsi: 'SUMATERA SELATAN',
    kewarganegaraan: 'WNI',
  },
  untold: [],
};

const started: VerificationStatus = {
  at: 'verification',
  reader: 'new',
  evidence: 'sam',
  step: 'awaiting-card',
  photoId: null,
  card: null,
  fingers: [],
  tries: [],
  triesLeft: 4,
  failure: null,
  canActivate: false,
};
const read: VerificationStatus = { ...started, photoId: 'case-1', card, fingers: [2, 7] };
const noMatch = { match: false, quality: 61, failure: { code: 'FINGER-NO-MATCH' } } as const;
const activating: ActivationStatus = {
  at: 'activation',
  reader: 'new',
  step: 'activating',
  outcome: null,
  photoId: 'case-1',
  card,
  failure: null,
};
const comparing: ComparisonStatus = {
  at: 'comparison',
  step: 'running',
  rows: [
    { reader: 'new', generation: 'new', step: 'done', readable: true, failure: null },
    { reader: 'old', generation: 'old', step: 'awaiting-card', readable: null, failure: null },
  ],
};

const listed: CardListed = {
  record: {
    nik: '1607124103850001',
    nama: 'SRI "ENDAH" WAHYUNI',
    tanggalLahir: '01-03-1985',
    kelurahan: 'SUKA DAMAI',
  },
  arrivedOn: '2026-01-05',
  setAside: null,
};
const handing: HandOverStatus = {
  at: 'hand-over',
  step: 'comparing',
  photoId: 'case-1',
  card: { ...card, activated: true },
  evidence: 'sam',
  verified: true,
  listed,
  differences: [],
  mayHandOver: true,
  dispute: null,
  failure: null,
};

/** Every kind of work at every step that the page draws differently. */
export const works = {
  idle: { at: 'idle' },
  'awaiting-card': started,
  'reading-photo': { ...started, step: 'reading-photo' },
  reading: { ...started, step: 'reading', photoId: 'case-1' },
  'awaiting-finger': { ...read, step: 'awaiting-finger' },
  'second-try': { ...read, step: 'awaiting-finger', tries: [noMatch], triesLeft: 3 },
  matching: { ...read, step: 'matching', tries: [noMatch], triesLeft: 3 },
  verified: {
    ...read,
    step: 'verified',
    tries: [noMatch, { match: true, quality: 78, failure: null }],
    triesLeft: 2,
    canActivate: true,
  },
  'verified-active': {
    ...read,
    step: 'verified',
    card: { ...card, activated: true },
    tries: [{ match: true, quality: 78, failure: null }],
    triesLeft: 3,
  },
  'refused-finger': {
    ...read,
    step: 'refused',
    tries: [noMatch, noMatch, noMatch, noMatch],
    triesLeft: 0,
    failure: { code: 'FINGER-NO-MATCH' },
  },
  'refused-forged': {
    ...read,
    step: 'refused',
    card: { ...card, genuine: false },
    failure: { code: 'KTP-NOT-GENUINE', detail: 'SAM 6985 at FA04' },
  },
  failed: { ...started, step: 'failed', photoId: 'case-1', failure: { code: 'CARD-REMOVED' } },
  'box-finger': { ...started, reader: 'old', evidence: 'box', step: 'awaiting-finger', fingers: [7, 2] },
  'box-verified': {
    ...started,
    reader: 'old',
    evidence: 'box',
    step: 'verified',
    fingers: [2, 7],
    tries: [{ match: true, quality: null, failure: null }],
    triesLeft: 3,
    card: {
      ...card,
      uid: null,
      cardType: null,
      cardGeneration: null,
      genuine: null,
      activated: null,
      untold: ['uid', 'photo', 'signature', 'minutiae', 'genuine', 'activated'],
    },
  },
  activating,
  settling: { ...activating, step: 'settling' },
  activated: { ...activating, step: 'settled', outcome: 'done', card: { ...card, activated: true } },
  'activation-refused': {
    ...activating,
    step: 'settled',
    outcome: 'refused',
    failure: { code: 'CARD-ABSENT' },
  },
  'activation-unknown': {
    ...activating,
    step: 'settled',
    outcome: 'unknown',
    card: { ...card, activated: null },
    failure: { code: 'DESK-ACTIVATION-UNKNOWN' },
  },
  comparing,
  compared: {
    ...comparing,
    step: 'done',
    rows: [
      comparing.rows[0]!,
      {
        reader: 'old',
        generation: 'old',
        step: 'done',
        readable: false,
        failure: { code: 'OLD-GENERATION-ONLY' },
      },
    ],
  },
  'looking-up': { ...handing, step: 'looking-up', listed: null, mayHandOver: false },
  'hand-over': handing,
  'hand-over-differs': {
    ...handing,
    listed: { ...listed, record: { ...listed.record, nama: 'SRI ENDAH WAHYUNI' } },
    differences: ['nama'],
    mayHandOver: false,
  },
  'hand-over-unlisted': { ...handing, listed: null },
  'hand-over-set-aside': {
    ...handing,
    listed: { ...listed, setAside: 'field-differs' },
    mayHandOver: false,
  },
  'handed-over': { ...handing, step: 'settled', mayHandOver: false },
  'set-aside': {
    ...handing,
    step: 'settled',
    mayHandOver: false,
    dispute: { reason: 'field-differs', fields: ['nama'] },
  },
  'hand-over-failed': {
    ...handing,
    step: 'failed',
    mayHandOver: false,
    failure: { code: 'STORE-FULL' },
  },
} satisfies Record<string, Work>;

export const closed: DeskStatus = { ...idle, closed: { code: 'DESK-SAM-OTHER' } };

export const troubled: DeskStatus = {
  ...idle,
  readers: [idle.readers[0]!, { ...idle.readers[1]!, state: 'lost', failure: { code: 'OLD-NOT-FOUND' } }],
  unknownActivations: [{ intentId: 'i-1', uid: '80A1B2C3D4E5F607', since: '2026-01-12T07:05:00Z' }],
};
