/** Biometric information records for tests. */
import fc from 'fast-check';
import type { Bir } from '../../../src/biometrics/records/cbeff.ts';

export const irisBir: Bir = {
  index: '086e059f-6baa-4824-9f2b-8e2807de3947',
  format: { organization: 'Mosip', type: '9' },
  created: new Date('2026-11-24T08:05:59.250Z'),
  type: 'Iris',
  subtype: ['Left'],
  level: 'Raw',
  purpose: 'Enroll',
  quality: { algorithm: { organization: 'Anjungan', type: 'iris-1' }, score: 80 },
  data: Uint8Array.of(0x49, 0x49, 0x52, 0, 0xff),
  others: [['RETRIES', '1']],
};

/** Texts of characters that XML can hold. */
const text = fc
  .string({ unit: 'binary', maxLength: 20 })
  .map((raw) => raw.replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));
const registered = fc.record({ organization: text, type: text });
export const anyBir: fc.Arbitrary<Bir> = fc.record({
  index: fc.uuid(),
  format: registered,
  created: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  type: fc.constantFrom('Finger', 'Face', 'Iris', 'SignatureSign'),
  subtype: fc.subarray(['Left', 'RingFinger'] as const),
  level: fc.constantFrom('Raw', 'Processed'),
  purpose: fc.constantFrom('Enroll', 'Verify'),
  quality: fc.record({ algorithm: registered, score: fc.nat(100) }),
  data: fc.uint8Array({ maxLength: 50 }),
  others: fc.array(fc.tuple(text, text), { maxLength: 3 }),
});
