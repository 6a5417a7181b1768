/** The station's status for every screen that a resident can meet. */
import type { CaptureStage, CaptureTarget, Stage } from '../../src/flows/session-status.ts';
import type { StationStatus } from '../../src/flows/station-status.ts';
import type { FingerPosition } from '../../src/rules/finger-position.ts';
import { meaningOf } from '../../src/rules/record-status.ts';
import { at, open } from './scripted-station.ts';
import { works } from './statuses.ts';

const biodata = {
  nik: '1607125204880001',
  nama: 'SRI "ENDAH" WAHYUNI',
  tempatLahir: 'PALEMBANG',
  tanggalLahir: '12-04-1988',
  jenisKelamin: 'PEREMPUAN',
  golonganDarah: 'O',
  alamat: 'JL. CONTOH RAYA NO. 12',
  rt: '003',
  rw: '001',
  kelurahan: 'TANJUNG LAGO',
  kecamatan: 'TANJUNG LAGO',
  kabupaten: 'BANYUASIN',
  provinsi: 'SUMATERA SELATAN',
  agama: 'ISLAM',
  statusPerkawinan: 'KAWIN',
  pekerjaan: 'GURU',
  kewarganegaraan: 'WNI',
};
const sha256 = 'a'.repeat(64);

const capturing = (
  step: CaptureTarget,
  kind: CaptureStage['kind'],
  phase: CaptureStage['phase'],
  more: Partial<CaptureStage> = {},
): StationStatus =>
  at({
    at: 'capture',
    step,
    kind,
    device: kind,
    preview: null,
    phase,
    fingers: [],
    eyes: [],
    asked: 1,
    subjects: [],
    tries: 0,
    triesLeft: 2,
    quality: null,
    reasons: [],
    patient: false,
    background: null,
    failure: null,
    ...more,
  });

const hand: readonly FingerPosition[] = [2, 3, 4, 5];
const right = (phase: CaptureStage['phase'], more: Partial<CaptureStage> = {}) =>
  capturing('right-four', 'finger', phase, {
    fingers: [2],
    subjects: hand.map((position) => ({ position, eye: null, state: 'to-do', quality: null, sample: null })),
    ...more,
  });

const kiosk = (state: StationStatus['kiosk']['state']): StationStatus => ({
  ...open,
  kiosk: { ...open.kiosk, state },
});
const ended = (how: Extract<Stage, { at: 'ended' }>['how']) => at({ at: 'ended', how, receipt: null });
const verification = (
  name: 'awaiting-card' | 'reading' | 'awaiting-finger' | 'verified' | 'refused-forged',
) => {
  const work = works[name];
  if (work.at !== 'verification') throw new Error(`${name} is no verification`);
  return at({ at: 'card-check', verification: work }, { progress: [] });
};
const shipped = meaningOf('CARD_SHIPPED');

export const residentScreens: Readonly<Record<string, StationStatus>> = {
  welcome: open,
  'self-test': kiosk('self-test'),
  closed: kiosk('closed'),
  paused: kiosk('paused'),
  'out-of-service': kiosk('tamper'),
  'power-fail': kiosk('power-fail'),
  choosing: at({ at: 'choosing' }, { progress: [] }),
  identification: at({ at: 'identification', purpose: 'recording', step: 'asking', failure: null }),
  'not-a-nik': at({
    at: 'identification',
    purpose: 'recording',
    step: 'asking',
    failure: { code: 'SESSION-NIK-INVALID' },
  }),
  notice: at({ at: 'notice', version: 1 }),
  guardian: at({ at: 'guardian', why: 'minor' }),
  'recorded-before': at({
    at: 'stopped',
    rule: 'recorded-before',
    status: 'CARD_PRINTED',
    mayAsk: true,
  }),
  'too-young': at({ at: 'stopped', rule: 'minimum-age', status: null, mayAsk: true }),
  'finger-guard': at({ at: 'stopped', rule: 'finger-guard', status: null, mayAsk: true }),
  biodata: at({ at: 'biodata', biodata, corrected: [], sha256, disputed: false, failure: null }),
  'biodata-corrected': at({
    at: 'biodata',
    biodata,
    corrected: ['alamat'],
    sha256,
    disputed: false,
    failure: null,
  }),
  'biodata-disputed': at({
    at: 'biodata',
    biodata,
    corrected: [],
    sha256,
    disputed: true,
    failure: null,
  }),
  photo: capturing('photo', 'photo', 'ready', { background: 'blue' }),
  'photo-live': capturing('photo', 'photo', 'placing', {
    background: 'blue',
    quality: 42,
    reasons: ['PHOTO-OFF-CENTRE'],
  }),
  signature: capturing('signature', 'signature', 'writing'),
  'right-hand': right('ready'),
  'right-hand-finger': right('waiting'),
  'right-hand-again': right('try-again', {
    quality: 18,
    reasons: ['FINGER-PARTIAL'],
    tries: 1,
    triesLeft: 1,
  }),
  'right-hand-stuck': right('stuck', { reasons: ['FINGER-PARTIAL'], tries: 2, triesLeft: 0 }),
  'sensor-lost': right('device-lost', { failure: { code: 'SENSOR-LOST' } }),
  'left-hand': capturing('left-four', 'finger', 'waiting', { fingers: [7, 8, 9, 10] }),
  thumbs: capturing('thumbs', 'finger', 'waiting', { fingers: [1] }),
  irises: capturing('irises', 'iris', 'ready', { eyes: ['right'] }),
  'chip-fingers': capturing('chip-fingers', 'finger', 'waiting', { fingers: [7] }),
  judging: right('judging'),
  'family-card': capturing('family-card', 'document', 'waiting'),
  review: at({
    at: 'review',
    biodata,
    corrected: [],
    captures: 21,
    discarded: 4,
    samples: [
      { sample: 'photo', step: 'photo', position: null, eye: null, quality: 80 },
      { sample: 'sign', step: 'signature', position: null, eye: null, quality: 80 },
      ...hand.map((position) => ({
        sample: `finger-${position}`,
        step: 'right-four' as const,
        position,
        eye: null,
        quality: 70,
      })),
    ],
  }),
  'awaiting-approval': at({ at: 'awaiting-approval', exceptions: [] }),
  'operator-finger': at({
    at: 'operator-finger',
    operator: null,
    pressing: true,
    triesLeft: 3,
    failure: null,
  }),
  gate: at({ at: 'identity-gate', means: ['family-card'], chosen: null, scans: [] }),
  proof: at({ at: 'proof', failure: null }),
  'not-sealed': at({ at: 'sealing', failure: { code: 'PACKET-CENTRE-UNTOLD' } }),
  receipt: at({
    at: 'receipt',
    receipt: 'TL01-20260302-0012',
    captures: 21,
    discarded: 4,
    kept: 17,
    printed: true,
    failure: null,
  }),
  survey: at({ at: 'survey' }),
  'record-status': at(
    { at: 'record-status', status: 'CARD_SHIPPED', since: '2026-03-02', stuck: true, next: shipped.nextStep },
    { progress: [] },
  ),
  'queue-number': at(
    {
      at: 'queue-number',
      place: { number: 23, priority: 'elderly', since: '2026-03-02T01:02:03Z', waitMinutes: 15, missed: 0 },
      printed: true,
      failure: null,
    },
    { progress: [] },
  ),
  'card-awaited': verification('awaiting-card'),
  'card-read': verification('reading'),
  'card-finger': verification('awaiting-finger'),
  'card-good': verification('verified'),
  'card-refused': verification('refused-forged'),
  'ended-sealed': ended('sealed'),
  'ended-timed-out': ended('timed-out'),
  'ended-refused': ended('refused'),
  broken: at({ at: 'broken', failure: { code: 'STORE-FULL' } }),
  'idle-warning': at({ at: 'notice', version: 1 }, { idleWarning: { secondsLeft: 20 } }),
};
