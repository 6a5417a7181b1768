/**
 * Reads biometric information records back (cbeff.ts writes them): those of this kiosk for the proof, and those of
 * others with the same elements. The document is not trusted: its size, depth and count of elements are bounded, and a
 * document type, where entities would be declared, is refused.
 */
import { SaxesParser } from 'saxes';
import { fail, ok, type Result } from '../../failures/failure.ts';
import {
  BIR_LEVELS,
  BIR_NAMESPACE,
  BIR_PURPOSES,
  BIR_SUBTYPES,
  BIR_TYPES,
  type Bir,
  type BirSubtype,
  type Registered,
} from './cbeff.ts';

/** Characters: thirteen records without loss in base64 are some 2 million. */
const LONGEST = 32 * 2 ** 20;
/** The outer BIR, an inner one, BDBInfo, Quality, Algorithm, Organization. */
const DEEPEST = 6;
const MOST_ELEMENTS = 5_000;
const MOST_BIRS = 100;

interface Element {
  readonly name: string;
  text: string;
  readonly children: Element[];
}

/** What is wrong with a document; it does not leave this file. */
class Unreadable extends Error {}

/**
 * Elements that others add are passed over. Text is as XML says: a carriage return comes back as a line feed.
 * @returns BIR-INVALID for what is not well-formed, too large, in another namespace, lacks an element, or has a value
 *   out of its range
 */
export function decodeBirs(xml: string): Result<readonly Bir[]> {
  if (xml.length > LONGEST) return fail('BIR-INVALID', `${xml.length} characters`);
  try {
    const outer = parse(xml);
    if (outer.name !== 'BIR') throw new Unreadable('the root is no BIR');
    const inner = outer.children.filter(({ name }) => name === 'BIR');
    if (inner.length > MOST_BIRS) throw new Unreadable(`${inner.length} records`);
    return ok(inner.map(readBir));
  } catch (error) {
    if (error instanceof Unreadable) return fail('BIR-INVALID', error.message);
    throw error;
  }
}

function parse(xml: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [];
  let root: Element | undefined;
  let elements = 0;
  // What the parser says may repeat the document's text: only where it is said.
  parser.on('error', () => {
    throw new Unreadable(`not well-formed at line ${parser.line}, column ${parser.column}`);
  });
  parser.on('doctype', () => {
    throw new Unreadable('it has a document type');
  });
  parser.on('opentag', ({ local, uri }) => {
    if (++elements > MOST_ELEMENTS) throw new Unreadable(`more than ${MOST_ELEMENTS} elements`);
    if (open.length === DEEPEST) throw new Unreadable(`more than ${DEEPEST} levels deep`);
    if (uri !== BIR_NAMESPACE) throw new Unreadable('an element of another namespace');
    const element: Element = { name: local, text: '', children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const hear = (text: string) => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  parser.on('text', hear);
  parser.on('cdata', hear);
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  // The parser refuses a document without an element.
  return root!;
}

function readBir(bir: Element): Bir {
  const info = child(bir, 'BDBInfo');
  const quality = child(info, 'Quality');
  return {
    index: child(info, 'Index').text,
    format: readRegistered(child(info, 'Format')),
    created: readDate(child(info, 'CreationDate').text),
    type: oneOf(BIR_TYPES, child(info, 'Type')),
    subtype: readSubtype(child(info, 'Subtype')),
    level: oneOf(BIR_LEVELS, child(info, 'Level')),
    purpose: oneOf(BIR_PURPOSES, child(info, 'Purpose')),
    quality: {
      algorithm: readRegistered(child(quality, 'Algorithm')),
      score: readScore(child(quality, 'Score').text),
    },
    data: readData(child(bir, 'BDB').text),
    others: bir.children
      .filter(({ name }) => name === 'Others')
      .map((other) => [child(other, 'Key').text, child(other, 'Value').text] as const),
  };
}

/** The only child of that name. */
function child(element: Element, name: string): Element {
  const [first, second] = element.children.filter((each) => each.name === name);
  if (!first || second) throw new Unreadable(`${element.name} needs one ${name}`);
  return first;
}

function readRegistered(element: Element): Registered {
  return { organization: child(element, 'Organization').text, type: child(element, 'Type').text };
}

function oneOf<T extends string>(values: readonly T[], { name, text }: Element): T {
  const value = values.find((each) => each === text);
  if (value === undefined) throw new Unreadable(`an unknown ${name}`);
  return value;
}

function readSubtype(element: Element): BirSubtype[] {
  const words = element.text.split(' ').filter((word) => word !== '');
  return words.map((text) => oneOf(BIR_SUBTYPES, { ...element, text }));
}

/** Fractions finer than a millisecond are cut off. */
function readDate(text: string): Date {
  const date = new Date(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) ? text : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new Unreadable('CreationDate is no date and time in UTC');
  return date;
}

function readScore(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 100) throw new Unreadable('Score is not 0 to 100');
  return Number(text);
}

/** Base64, which may be broken into lines. */
function readData(text: string): Uint8Array {
  const compact = text.replaceAll(/\s+/g, '');
  const data = Buffer.from(compact, 'base64');
  if (data.toString('base64') !== compact) throw new Unreadable('BDB is not base64');
  return new Uint8Array(data);
}
