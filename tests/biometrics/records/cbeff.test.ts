import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bir, encodeBirs } from '../../../src/biometrics/records/cbeff.ts';

const SAMPLE = '../shared/data/cbeff/mosip_cbeff-sample.xml';

/** An element as Expat, which knows nothing of our writer, reads it: its name with the namespace, and what is inside. */
type Element = readonly [name: string, content: string | readonly Element[]];

const reader = `
import sys, json, xml.etree.ElementTree as tree
def read(e): return [e.tag, [read(c) for c in e] if len(e) else (e.text or '')]
print(json.dumps([read(tree.fromstring(d.encode('utf-8'))) for d in json.load(sys.stdin)]))`;

/** null: there is no python3. */
function parse(documents: readonly string[]): Element[] | null {
  const { error, status, stdout, stderr } = spawnSync('python3', ['-I', '-S', '-c', reader], {
    input: JSON.stringify(documents),
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  if (error) return null;
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const NAMESPACE = '{http://standards.iso.org/iso-iec/19785/-3/ed-2/}';
const el = (name: string, content: string | readonly Element[]): Element => [NAMESPACE + name, content];

const iris: Bir = {
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

function expected(bir: Bir): Element {
  const version = [el('Major', '1'), el('Minor', '1')];
  return el('BIR', [
    el('Version', version),
    el('CBEFFVersion', version),
    el('BIRInfo', [el('Integrity', 'false')]),
    el('BDBInfo', [
      el('Index', bir.index),
      el('Format', [el('Organization', bir.format.organization), el('Type', bir.format.type)]),
      el('CreationDate', bir.created.toISOString()),
      el('Type', bir.type),
      el('Subtype', bir.subtype.join(' ')),
      el('Level', bir.level),
      el('Purpose', bir.purpose),
      el('Quality', [
        el('Algorithm', [
          el('Organization', bir.quality.algorithm.organization),
          el('Type', bir.quality.algorithm.type),
        ]),
        el('Score', String(bir.quality.score)),
      ]),
    ]),
    el('BDB', Buffer.from(bir.data).toString('base64')),
    ...bir.others.map(([key, value]) => el('Others', [el('Key', key), el('Value', value)])),
  ]);
}

/** Texts of characters that XML can hold. */
const text = fc
  .string({ unit: 'binary', maxLength: 20 })
  .map((raw) => raw.replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));
const registered = fc.record({ organization: text, type: text });
const anyBir: fc.Arbitrary<Bir> = fc.record({
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

const face: Bir = { ...iris, type: 'Face', subtype: [], others: [] };
const made = fc.sample(fc.array(anyBir, { maxLength: 3 }), 100);
const sampleIsThere = existsSync(SAMPLE);
// All in one process: starting it takes longer than reading the documents.
const parsed = parse([
  encodeBirs([iris, face]),
  ...(sampleIsThere ? [readFileSync(SAMPLE, 'utf8')] : []),
  ...made.map(encodeBirs),
]);

const outer = (birs: readonly Bir[]) =>
  el('BIR', [el('BIRInfo', [el('Integrity', 'false')]), ...birs.map(expected)]);

describe.skipIf(parsed === null)('BIRs in XML (skipped where there is no python3 to read them)', () => {
  test('an independent reader finds every element in its place', () => {
    expect(parsed![0]).toEqual(outer([iris, face]));
  });

  test('it is well-formed, and says the same, whatever the texts are', () => {
    expect(parsed!.slice(-made.length)).toEqual(made.map(outer));
  });

  test.skipIf(!sampleIsThere)(
    'our elements are those of the sample, in its order (skipped where ../shared/data is absent)',
    () => {
      const children = ([, content]: Element) => content as readonly Element[];
      const names = ([name, content]: Element): unknown =>
        typeof content === 'string' ? name : [name, content.map(names)];
      // The sample's records also have a security block, which is its maker's, and more than one "Others".
      const sample = children(children(parsed![1]!)[1]!)
        .filter(([name]) => name !== `${NAMESPACE}SB`)
        .map(names);
      expect(sample.slice(0, 6)).toEqual(children(expected(iris)).map(names));
    },
  );
});

test('characters that XML cannot hold are a bug of the caller', () => {
  for (const value of ['\u0000', '\u001b', '\r', '\ud800', '\uffff'])
    expect(() => encodeBirs([{ ...iris, others: [['KEY', value]] }])).toThrow(RangeError);
});
