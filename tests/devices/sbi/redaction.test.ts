import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redactSbi } from '../../../src/devices/sbi/redaction.ts';

const answerWith = (body: unknown) => {
  const json = JSON.stringify(body);
  return `HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`;
};
const redacted = (text: string) => {
  const bytes = redactSbi().received(Buffer.from(text));
  expect(bytes.length).toBe(Buffer.byteLength(text));
  return Buffer.from(bytes).toString();
};
/** Of at least 49 bytes, which is no record yet. */
const record = fc.uint8Array({ minLength: 49, maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const item = (bytes: Buffer) => {
  const told = { bioSubType: 'Left Thumb', bioValue: bytes.toString('base64url') };
  const part = Buffer.from(JSON.stringify(told)).toString('base64url');
  return { specVersion: '0.9.5', data: `e30.${part}.c2ln`, hash: 'AB'.repeat(32), error: { errorCode: '0' } };
};

it('leaves nothing of a record, and the JSON the same but for its signed parts', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), (records) => {
      const body = { biometrics: records.map(item) };
      const clean = redacted(answerWith(body));
      const json = JSON.parse(clean.slice(clean.indexOf('\r\n\r\n')));
      expect(json.biometrics).toEqual(
        body.biometrics.map((each) => ({ ...each, data: 'A'.repeat(each.data.length) })),
      );
    }),
    { numRuns: 100 },
  );
});

it('leaves nothing of a torn answer either, nor of a record that is not signed and escaped', () => {
  fc.assert(
    fc.property(record, fc.nat(3), fc.boolean(), (bytes, lost, escaped) => {
      const value = bytes
        .toString('base64')
        .replaceAll('/', escaped ? '\\/' : '/')
        .slice(lost);
      expect(redacted(`${value}"}]`)).toBe(`${'A'.repeat(value.length)}"}]`);
    }),
    { numRuns: 100 },
  );
});

it('keeps what a technician needs, and no byte that is not ASCII', () => {
  const sent =
    'RCAPTURE /capture HTTP/1.1\r\nHost: 127.0.0.1:4501\r\n\r\n' +
    '{"transactionId":"1e6f0b52-5c09-4f6b-9f7c-8a9a2f2f7b11","error":{"errorCode":"110","errorInfo":"Not ready"}}';
  expect(redacted(sent)).toBe(sent);
  expect(redacted('{"errorInfo":"Périksa"}')).toBe('{"errorInfo":"P??riksa"}');
});
