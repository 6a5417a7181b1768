/**
 * The envelope of all records: biometric information records in XML, after the patron format of OASIS BIAS as MOSIP
 * writes and reads it (namespace of ISO/IEC 19785-3). One outer BIR holds one inner BIR a record. cbeff-read.ts reads
 * what is written here.
 */
export const BIR_TYPES = ['Finger', 'Face', 'Iris', 'SignatureSign'] as const;
export type BirType = (typeof BIR_TYPES)[number];

export const BIR_SUBTYPES = [
  'Left',
  'Right',
  'Thumb',
  'IndexFinger',
  'MiddleFinger',
  'RingFinger',
  'LittleFinger',
] as const;
export type BirSubtype = (typeof BIR_SUBTYPES)[number];

export const BIR_LEVELS = ['Raw', 'Intermediate', 'Processed'] as const;
export const BIR_PURPOSES = [
  'Verify',
  'Identify',
  'Enroll',
  'EnrollVerify',
  'EnrollIdentify',
  'Audit',
] as const;

/** Whose number it is, e.g. `{ organization: 'Mosip', type: '7' }`: finger image; 8 face image, 9 iris image. */
export interface Registered {
  readonly organization: string;
  readonly type: string;
}

export interface Bir {
  /** A UUID of this record. */
  readonly index: string;
  readonly format: Registered;
  readonly created: Date;
  readonly type: BirType;
  /** Side and finger, e.g. `['Left', 'RingFinger']`; empty for a face. */
  readonly subtype: readonly BirSubtype[];
  readonly level: (typeof BIR_LEVELS)[number];
  readonly purpose: (typeof BIR_PURPOSES)[number];
  /** 0–100, and by which algorithm. */
  readonly quality: { readonly algorithm: Registered; readonly score: number };
  /** The ISO/IEC 19794 record. */
  readonly data: Uint8Array;
  /** What the elements have no place for, e.g. `['RETRIES', '1']`. */
  readonly others: readonly (readonly [key: string, value: string])[];
}

export const BIR_NAMESPACE = 'http://standards.iso.org/iso-iec/19785/-3/ed-2/';

/**
 * @returns a whole XML document, for UTF-8
 * @throws RangeError for texts with characters that XML cannot hold
 */
export function encodeBirs(birs: readonly Bir[]): string {
  const info = element('BIRInfo', [element('Integrity', 'false')]);
  const outer = element('BIR', [info, ...birs.map((bir) => birElement(bir, info))]);
  // The namespace holds for all that is inside.
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${outer.replace('<BIR>', `<BIR xmlns="${BIR_NAMESPACE}">`)}\n`;
}

function birElement(bir: Bir, info: string): string {
  const version = [element('Major', '1'), element('Minor', '1')];
  const registered = ({ organization, type }: Registered) => [
    element('Organization', organization),
    element('Type', type),
  ];
  return element('BIR', [
    element('Version', version),
    element('CBEFFVersion', version),
    info,
    element('BDBInfo', [
      element('Index', bir.index),
      element('Format', registered(bir.format)),
      element('CreationDate', bir.created.toISOString()),
      element('Type', bir.type),
      element('Subtype', bir.subtype.join(' ')),
      element('Level', bir.level),
      element('Purpose', bir.purpose),
      element('Quality', [
        element('Algorithm', registered(bir.quality.algorithm)),
        element('Score', String(bir.quality.score)),
      ]),
    ]),
    element('BDB', Buffer.from(bir.data).toString('base64')),
    ...bir.others.map(([key, value]) => element('Others', [element('Key', key), element('Value', value)])),
  ]);
}

/** @param content a text, or elements */
function element(name: string, content: string | readonly string[]): string {
  return `<${name}>${typeof content === 'string' ? escaped(content) : content.join('')}</${name}>`;
}

/** Characters of XML 1.0, section 2.2; a carriage return would come back as a line feed. */
const WRITABLE = /^[\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  if (!WRITABLE.test(text)) throw new RangeError('a character that XML cannot hold');
  return text.replaceAll(/[&<>]/g, (character) => entities[character]!);
}
