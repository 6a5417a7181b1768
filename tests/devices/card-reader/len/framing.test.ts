import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCommand, FrameParser } from '../../../../src/devices/card-reader/len/framing.ts';

const ascii = (text: string) => Buffer.from(text, 'latin1');
const shown = (frames: { name: string; payload: Uint8Array }[]) =>
  frames.map(({ name, payload }) => [name, Buffer.from(payload).toString('latin1')]);
const parse = (...texts: string[]) => {
  const parser = new FrameParser();
  return texts.flatMap((text) => shown(parser.push(ascii(text))));
};

describe('answers, as the document writes them', () => {
  it.each([
    ['$ack#len442ektpreader#;', 'ack', 'len442ektpreader'],
    ['$open#0#;', 'open', '0'],
    ['$info#442,0001,1.2#;', 'info', '442,0001,1.2'],
    ['$putktp#34,2,7#;', 'putktp', '34,2,7'],
    ['$finger#Y#;', 'finger', 'Y'],
    ['$demog#"3273","JL. A"#;', 'demog', '"3273","JL. A"'],
    ['$machinelg#kosong#;', 'machinelg', 'kosong'],
    ['$putktp#error,kartu tidak dikenal#;', 'putktp', 'error,kartu tidak dikenal'],
  ])('%s', (text, name, payload) => {
    expect(parse(text)).toEqual([[name, payload]]);
    expect(parse(`${text}\0\r\n`)).toEqual([[name, payload]]);
  });

  it.each([
    ['noise before and between', 'x#;\0$$Q#;$open#0#;\0\0;#$ab1#$close#0#;', ['open:0', 'close:0']],
    ['a torn answer before a whole one', '$putktp#34,2$finger#Y#;', ['finger:Y']],
    ['a torn biodata before a whole answer', '$demog#"327$open#0#;', ['open:0']],
    ['# and ; inside a payload', '$info#a#b;c,1,2##;', ['info:a#b;c,1,2#']],
    ['#; inside the biodata', '$demog#"JL. #;5","B"#;', ['demog:"JL. #;5","B"']],
    ['an empty payload', '$reset##;', ['reset:']],
    ['a name without a payload', '$reset#;$open#0#;', ['open:0']],
    ['a head that shares its # with the end', '$info#a$b#;', ['info:a$b']],
  ])('%s', (_, text, expected) => {
    expect(parse(text).map((pair) => pair.join(':'))).toEqual(expected);
    expect(parse(...text).map((pair) => pair.join(':'))).toEqual(expected);
  });

  it('tells how many bytes it could not use', () => {
    const parser = new FrameParser();
    parser.push(ascii('noise$open#0#;xy'));
    expect(parser.dropped).toBe(7);
  });

  it('gives up an answer that never ends, and reads the next', () => {
    const parser = new FrameParser();
    for (let i = 0; i < 100; i++)
      expect(parser.push(ascii(i === 0 ? '$demog#"' : 'x'.repeat(1_000)))).toEqual([]);
    expect(parser.dropped).toBeGreaterThan(80_000);
    expect(shown(parser.push(ascii('$open#0#;')))).toEqual([['open', '0']]);
  });
});

describe('answers under any treatment of the line', () => {
  const name = fc.stringMatching(/^[a-z]{1,16}$/);
  const plain = fc
    .string({ unit: 'binary-ascii' })
    .filter((text) => !text.startsWith('"') && !`${text}#`.includes('#;') && !/\$[a-z]{1,16}#/.test(text))
    .filter((text) => !text.startsWith(';'));
  const quoted = fc
    .string({ unit: 'binary-ascii' })
    .map((text) => `"${text}"`)
    .filter((text) => !text.slice(1).includes('"#;') && !/\$[a-z]{1,16}#/.test(text));
  const frame = fc.record({ name, payload: fc.oneof(plain, quoted) });
  /** No `#`: so no head and no end of an answer, but any beginning of either. */
  const noise = fc.string({ unit: fc.constantFrom('$', ';', '"', '\0', '\n', 'a', 'p', '0', ',', '\xff') });
  /** An answer without its end, dropped at the head of the next. */
  const torn = fc.stringMatching(/^\$[a-z]{1,16}#[a-z0-9,"]{1,20}$/);
  const cuts = fc.array(fc.nat(), { maxLength: 20 });

  /** The text in pieces, cut at places that depend on `at` only. */
  function pieces(text: string, at: readonly number[]): string[] {
    const places = [0, ...at.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
    return places.slice(1).map((place, index) => text.slice(places[index]!, place));
  }

  it('come out whole, in order, and nothing else does', () => {
    const item = fc.tuple(fc.oneof(noise, torn), frame);
    fc.assert(
      fc.property(fc.array(item), noise, cuts, (items, tail, at) => {
        const line =
          items.map(([before, { name, payload }]) => `${before}$${name}#${payload}#;`).join('') + tail;
        expect(parse(...pieces(line, at))).toEqual(items.map(([, { name, payload }]) => [name, payload]));
      }),
    );
  });

  it('are the same however the line is cut, for any bytes at all', () => {
    const bytes = fc.string({ unit: fc.constantFrom('$', '#', ';', '"', 'a', 'b', '\0', ',') });
    fc.assert(
      fc.property(bytes, cuts, (line, at) => {
        expect(parse(...pieces(line, at))).toEqual(parse(line));
      }),
      { numRuns: 1_000 },
    );
  });

  it('never keep more than the cap', () => {
    const piece = fc.string({ unit: fc.constantFrom('$', '#', ';', '"', 'a'), maxLength: 20 });
    const long = fc.tuple(piece, fc.constantFrom('a', '"', '#', ';'), fc.nat(20_000));
    fc.assert(
      fc.property(fc.array(long, { maxLength: 5 }), (parts) => {
        const parser = new FrameParser();
        const line = parts.map(([text, filler, count]) => text + filler.repeat(count));
        const frames = line.flatMap((text) => parser.push(ascii(text)));
        const used = frames.reduce((sum, { name, payload }) => sum + name.length + payload.length + 4, 0);
        const kept = line.join('').length - used - parser.dropped;
        expect(kept).toBeGreaterThanOrEqual(0);
        expect(kept).toBeLessThan(16 * 1024 + 20);
      }),
    );
  });
});

describe('buildCommand', () => {
  it.each([
    ['ektpack', [], 'ektpack#;\0'],
    ['ektpput', [2, 'LETAKKAN KTP-EL'], 'ektpput#2#LETAKKAN KTP-EL#;\0'],
    [
      'ektpfinger',
      [10, 2, 'op1', '3273010101850002', 'JARI'],
      'ektpfinger#10#2#op1#3273010101850002#JARI#;\0',
    ],
  ])('%s', (name, args, bytes) => {
    expect(Buffer.from(buildCommand(name, args)!).toString('latin1')).toBe(bytes);
  });

  it('refuses what would end the argument or arrive as something else', () => {
    for (const bad of ['', 'a#b', 'a;b', 'a\0', 'a\nb', 'é', '\x7f', '😀'])
      expect(buildCommand('ektpdemog', [10, bad, '1'])).toBeUndefined();
  });

  it('carries an argument as it is or not at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        const command = buildCommand('ektpput', [text]);
        if (command)
          expect(Buffer.from(command).toString('latin1').split('#')).toEqual(['ektpput', text, ';\0']);
        else expect(text).toMatch(/^$|[^ !"$-:<-~]/);
      }),
    );
  });
});
