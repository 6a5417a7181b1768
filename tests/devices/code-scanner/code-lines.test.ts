import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodeLines, redactCodes } from '../../../src/devices/code-scanner/code-lines.ts';
import { LONGEST_CODE } from '../../../src/devices/code-scanner/code-text.ts';
import { cuts, join, pieces } from '../signature/pieces.ts';

const text = (string: string) => Buffer.from(string, 'latin1');
const printable = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 60,
});
const lineEnd = fc.constantFrom('\r', '\n', '\r\n');
/** One that holds what no code may. */
const refused = fc
  .tuple(printable, fc.integer({ min: 0, max: 255 }), printable)
  .filter(([, code]) => (code < 0x20 && code !== 0x0d && code !== 0x0a) || code > 0x7e)
  .map(([before, code, after]) => before + String.fromCharCode(code) + after);

describe('lines', () => {
  it('give every code and nothing else, however they are cut, joined and spoilt', () => {
    const line = fc.tuple(
      fc.oneof(
        printable.map((code) => ({ sent: code, read: [code] })),
        refused.map((sent) => ({ sent, read: [] })),
      ),
      lineEnd,
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 10 }), cuts, (sent, lengths) => {
        const lines = new CodeLines('line');
        const bytes = join(...sent.map(([code, end]) => text(code.sent + end)));
        const codes = [...pieces(bytes, lengths)].flatMap((piece) => lines.push(piece));
        expect(codes).toEqual(sent.flatMap(([code]) => code.read));
        expect(lines.begun).toBe(false);
      }),
    );
  });

  it('never join what was torn to what follows after a pause', () => {
    const lines = new CodeLines('line');
    expect(lines.push(text('half a c'))).toEqual([]);
    expect(lines.begun).toBe(true);
    expect(lines.quiet()).toEqual([]);
    expect(lines.push(text('whole\r'))).toEqual(['whole']);
  });

  it('end with the pause where the scanner sends no line end', () => {
    const lines = new CodeLines('quiet');
    expect(lines.push(text('co'))).toEqual([]);
    expect(lines.push(text('de'))).toEqual([]);
    expect(lines.quiet()).toEqual(['code']);
    expect(lines.quiet()).toEqual([]);
    lines.push(text('a\u0007'));
    expect(lines.quiet()).toEqual([]);
  });

  it('are bounded', () => {
    const lines = new CodeLines('line');
    const longest = 'x'.repeat(LONGEST_CODE);
    expect(lines.push(text(`${longest}\n`))).toEqual([longest]);
    expect(lines.push(text(`${longest}x\n`))).toEqual([]);
    lines.push(new Uint8Array(1_000_000).fill(0x41));
    expect(lines.push(text('\nok\n'))).toEqual(['ok']);
  });
});

it('the redaction leaves no character of a code; a good code stays one, a refused one does not become one', () => {
  const line = fc.tuple(fc.oneof(printable, refused), lineEnd).map(([code, end]) => text(code + end));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 10 }), cuts, (lines, lengths) => {
      const { received } = redactCodes();
      const bytes = join(...lines);
      const redacted = join(...[...pieces(bytes, lengths)].map((piece) => received(piece)));
      const before = new CodeLines('line').push(bytes);
      expect(new CodeLines('line').push(redacted)).toEqual(before.map((code) => '0'.repeat(code.length)));
      expect(redacted.length).toBe(bytes.length);
    }),
  );
});
