import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fail, ok } from '../../src/failures/failure.ts';
import { buildPacket } from '../../src/packet/build.ts';
import {
  checkSealable,
  type PacketContent,
  sha256OfJson,
  standingBiodata,
  standingSamples,
} from '../../src/packet/content.ts';
import { proveSession } from '../../src/packet/prove.ts';
import type { FingerPosition } from '../../src/rules/finger-position.ts';
import type { SessionFact } from '../../src/store/session-facts.ts';
import { codeOf } from '../store/fixture.ts';
import { proofOf, provenContent, testCentre, testKiosk } from './fixture.ts';
import { kept, numbered, recordedSession, sampleOf } from './session.ts';

test('a whole session may be sealed', async () => {
  expect(codeOf(checkSealable(await provenContent()))).toBe('ok');
});

type FactType = SessionFact['type'];

test.each<[FactType, string]>([
  ['opened', 'PACKET-INCOMPLETE'],
  ['identified', 'PACKET-INCOMPLETE'],
  ['biodata-taken', 'PACKET-INCOMPLETE'],
  ['biodata-corrected', 'PACKET-INCOMPLETE'],
  ['biodata-confirmed', 'PACKET-INCOMPLETE'],
  ['reviewed', 'PACKET-INCOMPLETE'],
  ['identity-checked', 'PACKET-INCOMPLETE'],
  ['exception-settled', 'PACKET-INCOMPLETE'],
  ['proved', 'PACKET-UNPROVED'],
])('without %s nothing is sealed', async (type, code) => {
  const content = await provenContent();
  const facts = content.facts.filter((fact) => fact.type !== type);
  const packet = await buildPacket({ ...content, facts }, await testKiosk(), (await testCentre()).centre);
  expect(codeOf(packet)).toBe(code);
});

test('a training session never becomes a packet', async () => {
  const content = await provenContent();
  const facts = content.facts.map((fact) => (fact.type === 'opened' ? { ...fact, training: true } : fact));
  expect(codeOf(checkSealable({ ...content, facts }))).toBe('PACKET-TRAINING');
});

test('nothing that happens after the proof goes unseen', async () => {
  const content = await provenContent();
  const another = sampleOf('finger', { position: 5 });
  const facts = [...content.facts, ...numbered([kept('right-four', another)])];
  const samples = [...content.samples, another];
  expect(codeOf(checkSealable({ ...content, facts, samples }))).toBe('PACKET-UNPROVED');
});

test('a record that is not the one that was proved is never sealed', async () => {
  const content = await provenContent();
  await fc.assert(
    fc.property(fc.nat(content.samples.length - 1), fc.nat(399), (n, at) => {
      const samples = content.samples.map((sample, m) =>
        m === n ? { ...sample, record: sample.record.with(at, sample.record[at]! ^ 1) } : sample,
      );
      expect(codeOf(checkSealable({ ...content, samples }))).toBe('PACKET-UNPROVED');
    }),
    { numRuns: 50 },
  );
  const [, ...fewer] = content.samples;
  expect(codeOf(checkSealable({ ...content, samples: fewer }))).toBe('PACKET-INCOMPLETE');
});

test('an exception that its recorder settled is nobody else’s', async () => {
  const content = await provenContent();
  const facts = content.facts.map((fact) =>
    fact.type === 'exception-settled' ? { ...fact, by: 'operator-1' } : fact,
  );
  expect(codeOf(checkSealable({ ...content, facts }))).toBe('PACKET-INCOMPLETE');
});

test('a session that has ended is not sealed again', async () => {
  const content = await provenContent();
  const facts = [...content.facts, ...numbered([{ type: 'ended', how: 'sealed' }])];
  expect(codeOf(checkSealable({ ...content, facts }))).toBe('PACKET-INCOMPLETE');
});

test('of each finger the last sample stands, unless it was dropped; papers lie side by side', () => {
  const fingers = fc.array(
    fc.record({ position: fc.constantFrom<FingerPosition>(2, 3, 4), dropped: fc.boolean() }),
  );
  fc.assert(
    fc.property(fingers, (captures) => {
      const made = captures.map(({ position }) => sampleOf('finger', { position }));
      const papers = [sampleOf('document'), sampleOf('document')];
      const dropped = made.filter((_, n) => captures[n]!.dropped).map(({ id }) => id);
      const facts: SessionFact[] = [
        ...papers.map((paper) => kept('family-card', paper)),
        ...made.map((sample) => kept('right-four', sample)),
        { type: 'samples-dropped', samples: dropped, code: 'FINGER-MOVED' },
      ];
      const last = new Map(
        made.filter(({ id }) => !dropped.includes(id)).map(({ id, position }) => [position, id]),
      );
      const standing = standingSamples(numbered(facts)).map(({ sample }) => sample);
      expect(new Set(standing)).toEqual(new Set([...last.values(), ...papers.map(({ id }) => id)]));
      expect(standing).toHaveLength(last.size + 2);
    }),
    { numRuns: 50 },
  );
});

test('corrections belong to the biodata they correct', () => {
  const taken = { type: 'biodata-taken', from: 'roster', biodata: { nama: 'A', rt: '001' } } as const;
  const corrected = { type: 'biodata-corrected', field: 'nama', value: 'B' } as const;
  expect(standingBiodata(numbered([taken, corrected]))).toEqual({ nama: 'B', rt: '001' });
  expect(standingBiodata(numbered([taken, corrected, taken]))).toEqual({ nama: 'A', rt: '001' });
  expect(standingBiodata(numbered([corrected]))).toBeNull();
});

test('the same samples make the same proof', async () => {
  const session = randomUUID();
  const recorded = recordedSession();
  const [first, second] = [await proofOf(session, recorded), await proofOf(session, recorded)];
  expect(sha256OfJson(first)).toBe(sha256OfJson(second));
  expect(first.samples).toHaveLength(recorded.samples.length);
});

test('one sample that cannot be read, does not decode or is of another finger spoils the proof', async () => {
  const { facts, samples } = recordedSession();
  const read = async (id: string) => ok(samples.find((sample) => sample.id === id)!);
  const prove = async () => ok({ score: 100, ok: true });
  const session = randomUUID();
  const unread = await proveSession(session, facts, async () => fail('STORE-IO'), prove);
  expect(codeOf(unread)).toBe('STORE-IO');
  const torn = async ({ kind }: PacketContent['samples'][number]) =>
    kind === 'iris' ? fail('IRIS-IMAGE-RECORD-INVALID') : ok({ score: 100, ok: true });
  expect(codeOf(await proveSession(session, facts, read, torn))).toBe('IRIS-IMAGE-RECORD-INVALID');
  const alike = async () => ok({ score: 3, ok: false });
  expect(codeOf(await proveSession(session, facts, read, alike))).toBe('PACKET-UNPROVED');
  const swapped = async (id: string) => {
    const { position, ...found } = samples.find((sample) => sample.id === id)!;
    return ok(
      position === 3
        ? { ...found, position: 4 as FingerPosition }
        : { ...found, ...(position && { position }) },
    );
  };
  expect(codeOf(await proveSession(session, facts, swapped, prove))).toBe('PACKET-INCOMPLETE');
});
