import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CODE_WORDS, decodeIrisTemplate, encodeIrisTemplate } from '../../../src/biometrics/iris/template.ts';

const words = fc
  .uint32Array({ minLength: CODE_WORDS, maxLength: CODE_WORDS })
  .map((noise) => new Uint32Array(noise));
const code = fc.record({ cosine: words, sine: words, mask: words });

test('a code comes back as it was kept; torn or of another version it is refused', () => {
  fc.assert(
    fc.property(code, fc.nat(771), (template, at) => {
      const bytes = encodeIrisTemplate(template);
      expect(bytes).toHaveLength(772);
      expect(decodeIrisTemplate(bytes)).toEqual({ ok: true, value: template });
      const refused = { failure: { code: 'IRIS-CODE-INVALID' } };
      expect(decodeIrisTemplate(bytes.subarray(0, at))).toMatchObject(refused);
      bytes[at % 4]! ^= 1;
      expect(decodeIrisTemplate(bytes)).toMatchObject(refused);
    }),
    { numRuns: 50 },
  );
});

test('golden bytes', () => {
  const zeros = () => new Uint32Array(CODE_WORDS);
  const bytes = encodeIrisTemplate({ cosine: zeros().fill(0x01020304, 0, 1), sine: zeros(), mask: zeros() });
  expect(Buffer.from(bytes.subarray(0, 12)).toString('hex')).toBe('495243310102030400000000');
});
