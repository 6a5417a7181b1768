import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bir, encodeBirs } from '../../../src/biometrics/records/cbeff.ts';
import { anyBir, irisBir } from './birs.ts';

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

const face: Bir = { ...irisBir, type: 'Face', subtype: [], others: [] };
const made = fc.sample(fc.array(anyBir, { maxLength: 3 }), 100);
const sampleIsThere = existsSync(SAMPLE);
// All in one process: starting it takes longer than reading the documents.
const parsed = parse([
  encodeBirs([irisBir, face]),
  ...(sampleIsThere ? [readFileSync(SAMPLE, 'utf8')] : []),
  ...made.map(encodeBirs),
]);

const outer = (birs: readonly Bir[]) =>
  el('BIR', [el('BIRInfo', [el('Integrity', 'false')]), ...birs.map(expected)]);

describe.skipIf(parsed === null)('BIRs in XML (skipped where there is no python3 to read them)', () => {
  test('an independent reader finds every element in its place', () => {
    expect(parsed![0]).toEqual(outer([irisBir, face]));
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
      expect(sample.slice(0, 6)).toEqual(children(expected(irisBir)).map(names));
    },
  );
});

test('characters that XML cannot hold are a bug of the caller', () => {
  for (const value of ['\u0000', '\u001b', '\r', '\ud800', '\uffff'])
    expect(() => encodeBirs([{ ...irisBir, others: [['KEY', value]] }])).toThrow(RangeError);
});
