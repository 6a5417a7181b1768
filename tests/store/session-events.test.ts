/** No fact brings a person into the audit, and none is kept out of it. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkEntry } from '../../src/store/audit-events.ts';
import { publicPart } from '../../src/store/session-events.ts';
import { type SessionFact, sessionFact } from '../../src/store/session-facts.ts';
import { codeOf } from './fixture.ts';
import { NIK, opened, sealed } from './session-fixture.ts';

const PERSONAL = ['SITI AMINAH', 'JALAN MAWAR', 'katarak', 'anak kandung', 'ba'.repeat(32), '1607-000042'];
const id = randomUUID();

const facts: readonly SessionFact[] = [
  opened(),
  { type: 'identified', nik: NIK, means: 'typed', onRoster: false },
  { type: 'notice-acknowledged', version: 1 },
  { type: 'guardian-signed', name: 'SITI AMINAH', relation: 'anak kandung', sample: id },
  {
    type: 'record-looked-up',
    sources: ['roster', 'own-sessions'],
    verdict: 'may-record',
    status: 'UNREGISTERED',
  },
  { type: 'biodata-taken', from: 'operator', biodata: { nik: NIK, nama: 'SITI AMINAH' } },
  { type: 'biodata-corrected', field: 'alamat', value: 'JALAN MAWAR' },
  { type: 'biodata-confirmed', sha256: 'ba'.repeat(32) },
  {
    type: 'samples-kept',
    step: 'thumbs',
    samples: [{ sample: id, position: 1, quality: 70 }],
    tries: 3,
    discarded: 2,
  },
  { type: 'samples-dropped', samples: [id], code: 'GUARD-HAND-REPEATED' },
  {
    type: 'exception-recorded',
    exception: id,
    subject: { kind: 'iris', eye: 'left' },
    kind: 'unreadable',
    reason: 'katarak',
    photo: id,
  },
  { type: 'exception-settled', exception: id, approved: true },
  { type: 'reviewed', sample: id },
  { type: 'correction-confirmed', score: 71.5 },
  { type: 'identity-checked', means: 'family-card', samples: [id] },
  { type: 'override-approved', rule: 'finger-guard', reason: 'SITI AMINAH' },
  { type: 'taken-over' },
  { type: 'proved', samples: 13, sha256: 'cd'.repeat(32) },
  { type: 'receipt-issued', receipt: '1607-000042' },
  sealed(),
  { type: 'ended', how: 'sealed' },
];

describe('the public part of a fact', () => {
  it('is tried for every fact there is', () => {
    const tried = facts.map(({ type }) => type).toSorted();
    expect(tried).toEqual(sessionFact.options.map(({ shape }) => shape.type.value).toSorted());
  });

  it.each(facts.map((fact) => [fact.type, fact] as const))('%s holds nothing of the person', (_, fact) => {
    expect(sessionFact.safeParse(fact).success).toBe(true);
    const data = { session: id, fact: publicPart(fact) };
    expect(codeOf(checkEntry({ event: 'session-fact', by: 'rina', data }))).toBe('ok');
    for (const text of [NIK, ...PERSONAL]) expect(JSON.stringify(data)).not.toContain(text);
  });
});
