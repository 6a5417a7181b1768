import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, checkEntry } from '../../src/store/audit-events.ts';
import { maskNik } from '../../src/store/masked-nik.ts';
import { codeOf, UID } from './fixture.ts';

const NIK = '1607120101900001';
const verified = { reader: 'new', evidence: 'sam', uid: UID, nik: null, tries: 2 } as const;

function check(event: string, data: unknown, by = 'desk') {
  return checkEntry({ event, by, data } as unknown as AuditEntry);
}

describe('the catalogue of audit events', () => {
  it('takes what each event names', () => {
    expect(codeOf(check('holder-verified', verified))).toBe('ok');
    expect(codeOf(check('holder-verified', { ...verified, nik: maskNik(NIK) }))).toBe('ok');
    expect(codeOf(check('kiosk-stopped', { code: 'STORE-FULL' }))).toBe('ok');
  });

  it.each([
    ['an event outside it', 'holder-photographed', {}],
    ['an inherited property as an event', 'toString', {}],
    ['a field outside the event', 'holder-verified', { ...verified, nama: 'BUDI SANTOSO' }],
    ['a missing field', 'sam-bound', { reader: 'new' }],
    ['a code outside the failure catalogue', 'kiosk-stopped', { code: 'NO-SUCH-CODE' }],
    ['a full NIK where it is masked', 'holder-verified', { ...verified, nik: NIK }],
    ['a NIK as a word', 'desk-event-unknown', { state: 'idle', event: `nik-${NIK}` }],
    ['a PIN as a word', 'desk-event-unknown', { state: 'idle', event: 'pin:123456' }],
    ['bytes where a number is expected', 'holder-verified', { ...verified, tries: new Uint8Array(20) }],
    ['a lower-case UID', 'holder-verified', { ...verified, uid: UID.toLowerCase() }],
  ])('refuses %s', (_, event, data) => {
    expect(codeOf(check(event, data))).toBe('STORE-ENTRY-REFUSED');
  });

  it.each(['', NIK, `op-${NIK}`, 'Budi Santoso', '1234'])('refuses the actor %j', (by) => {
    expect(codeOf(check('holder-verified', verified, by))).toBe('STORE-ENTRY-REFUSED');
  });

  it('names the wrong fields but not what they held', () => {
    const result = check('holder-verified', { ...verified, nik: NIK });
    expect(result.ok ? '' : result.failure.detail).toBe('holder-verified: data.nik (invalid_format)');
  });
});

describe('a masked NIK', () => {
  it('shows region and running number only', () => {
    expect(maskNik(NIK)).toBe('1607••••••••0001');
  });

  it('is never made of anything but 16 digits', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/^\d{16}$/.test(text) && !/^\d{4}•{8}\d{4}$/.test(text)),
        (text) => {
          expect(() => maskNik(text)).toThrow();
        },
      ),
    );
  });
});
