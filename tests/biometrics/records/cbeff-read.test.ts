import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeBirs } from '../../../src/biometrics/records/cbeff.ts';
import { decodeBirs } from '../../../src/biometrics/records/cbeff-read.ts';
import { decodeFaceImages } from '../../../src/biometrics/records/face-image.ts';
import { decodeFingerImages } from '../../../src/biometrics/records/finger-image.ts';
import { decodeIrisImages } from '../../../src/biometrics/records/iris-image.ts';
import { anyBir, irisBir } from './birs.ts';

const SAMPLE = '../shared/data/cbeff/mosip_cbeff-sample.xml';

const detailOf = (xml: string) => {
  const read = decodeBirs(xml);
  return read.ok ? 'ok' : `${read.failure.code}: ${read.failure.detail}`;
};
const good = encodeBirs([irisBir]);
const changed = (from: string | RegExp, to: string) => {
  const xml = good.replace(from, to);
  if (xml === good) throw new Error('nothing was changed');
  return detailOf(xml);
};

test('what was written is read, whatever the texts are', () => {
  fc.assert(
    fc.property(fc.array(anyBir, { maxLength: 3 }), (birs) => {
      expect(decodeBirs(encodeBirs(birs))).toEqual({ ok: true, value: birs });
    }),
    { numRuns: 200 },
  );
});

test('a document that is cut anywhere is refused', () => {
  fc.assert(
    fc.property(fc.nat(good.length - 2), (length) => {
      expect(detailOf(good.slice(0, length))).toMatch(/^BIR-INVALID/);
    }),
    { numRuns: 200 },
  );
});

test('spoilt characters are refused or read, never thrown about', () => {
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.string({ unit: 'binary', maxLength: 3 }), (at, spoilt) => {
      expect(detailOf(good.slice(0, at) + spoilt + good.slice(at + 1))).toMatch(/^(ok|BIR-INVALID)/);
    }),
    { numRuns: 300 },
  );
});

describe('what a document may not have', () => {
  test.each([
    ['entities', [/^.*\n/, '<!DOCTYPE BIR [<!ENTITY e "e">]>\n'], 'a document type'],
    ['an entity that is not declared', ['RETRIES', '&retries;'], 'not well-formed'],
    ['another namespace', ['19785/-3/ed-2', '19785/-3/ed-3'], 'another namespace'],
    ['another root', [/BIR(?= xmlns)|BIR(?=>\n$)/g, 'BIRS'], 'the root is no BIR'],
    ['no data', [/<BDB>.*<\/BDB>/, ''], 'BIR needs one BDB'],
    ['data twice', [/<BDB>.*<\/BDB>/, '$&$&'], 'BIR needs one BDB'],
    ['data that are no base64', ['<BDB>', '<BDB>='], 'BDB is not base64'],
    ['an unknown type', ['<Type>Iris', '<Type>Ear'], 'an unknown Type'],
    ['an unknown subtype', ['<Subtype>Left', '<Subtype>Left Toe'], 'an unknown Subtype'],
    ['a score above 100', ['<Score>80', '<Score>101'], 'Score is not 0 to 100'],
    ['a time of no zone', ['.250Z', '.250'], 'CreationDate is no date'],
    ['a day that does not exist', ['2026-11-24', '2026-11-44'], 'CreationDate is no date'],
    ['elements without end', ['<Subtype>', `<Subtype>${'<a/>'.repeat(5_000)}`], 'more than 5000 elements'],
    ['levels without end', ['<Subtype>', `<Subtype>${'<a>'.repeat(9)}`], 'more than 6 levels'],
    ['a long document', ['<Subtype>', `<Subtype>${' '.repeat(32 * 2 ** 20)}`], 'characters'],
  ] as const)('%s', (_, [from, to], detail) => {
    expect(changed(from, to)).toContain(`BIR-INVALID: `);
    expect(changed(from, to)).toContain(detail);
  });

  test('a failure does not repeat what the document says', () => {
    expect(changed('RETRIES', '&NIK1607125204880001;')).not.toContain('1607');
  });
});

test('elements that others add are passed over; data may be broken into lines', () => {
  expect(changed('<BDB>', '<SB>c2lnbmVk</SB><BDB>\n  ')).toBe('ok');
});

test.skipIf(!existsSync(SAMPLE))(
  "another maker's document, and the records in it (skipped where ../shared/data is absent)",
  () => {
    const read = decodeBirs(readFileSync(SAMPLE, 'utf8'));
    if (!read.ok) throw new Error(read.failure.detail);
    const count = (type: string) => read.value.filter((bir) => bir.type === type).length;
    expect([count('Finger'), count('Iris'), count('Face')]).toEqual([10, 2, 1]);
    const decoders = { Finger: decodeFingerImages, Iris: decodeIrisImages, Face: decodeFaceImages };
    for (const { type, data } of read.value)
      expect(decoders[type as keyof typeof decoders](data)).toMatchObject({ ok: true });
    expect(read.value[0]).toMatchObject({
      subtype: ['Left', 'LittleFinger'],
      created: new Date('2021-08-11T10:32:48.121Z'),
      quality: { score: 80 },
    });
    expect(read.value[0]!.others).toContainEqual(['SPEC_VERSION', '0.9.5']);
  },
);
