/** The samples of a packet as biometric information records; their papers and pictures are files of their own. */
import type { Bir, BirSubtype, BirType, Registered } from '../biometrics/records/cbeff.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { Eye } from '../rules/recording.ts';
import type { SampleKind, StoredSample } from '../store/samples.ts';
import type { StandingSample } from './content.ts';

const FINGERS: Readonly<Record<FingerPosition, readonly BirSubtype[]>> = {
  1: ['Right', 'Thumb'],
  2: ['Right', 'IndexFinger'],
  3: ['Right', 'MiddleFinger'],
  4: ['Right', 'RingFinger'],
  5: ['Right', 'LittleFinger'],
  6: ['Left', 'Thumb'],
  7: ['Left', 'IndexFinger'],
  8: ['Left', 'MiddleFinger'],
  9: ['Left', 'RingFinger'],
  10: ['Left', 'LittleFinger'],
};
const EYES: Readonly<Record<Eye, readonly BirSubtype[]>> = { right: ['Right'], left: ['Left'] };

/** The numbers are MOSIP's for ISO/IEC 19794-4, -5 and -6; for -7 it has none, so ours says what it is. */
const FORMATS: Readonly<
  Partial<Record<SampleKind, { readonly type: BirType; readonly format: Registered }>>
> = {
  finger: { type: 'Finger', format: { organization: 'Mosip', type: '7' } },
  photo: { type: 'Face', format: { organization: 'Mosip', type: '8' } },
  iris: { type: 'Iris', format: { organization: 'Mosip', type: '9' } },
  signature: { type: 'SignatureSign', format: { organization: 'Anjungan', type: 'ISO-19794-7' } },
};

/** null: no biometric record, but a picture. */
export function birOf(sample: StoredSample, { step, tries, keptAt }: StandingSample): Bir | null {
  const registered = FORMATS[sample.kind];
  if (!registered) return null;
  return {
    ...registered,
    index: sample.id,
    created: new Date(keptAt),
    subtype: sample.position ? FINGERS[sample.position] : sample.eye ? EYES[sample.eye] : [],
    level: 'Raw',
    purpose: 'Enroll',
    quality: { algorithm: { organization: 'Anjungan', type: sample.kind }, score: sample.quality },
    data: sample.record,
    others: [
      ['STEP', step],
      ['RETRIES', String(tries - 1)],
    ],
  };
}
