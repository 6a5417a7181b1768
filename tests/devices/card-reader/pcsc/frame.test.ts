import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createSplitter,
  decodeMessage,
  decodeRequest,
  encodeMessage,
  encodeRequest,
  type HelperMessage,
  type Request,
} from '../../../../src/devices/card-reader/pcsc/frame.ts';

const uint16 = fc.integer({ min: 0, max: 0xffff });
const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const data = fc.uint8Array({ maxLength: 600 });

const request: fc.Arbitrary<Request> = fc.record({
  op: fc.constantFrom('connect', 'disconnect', 'transmit', 'control'),
  id: uint16,
  reader: uint16,
  data,
});

const message: fc.Arbitrary<HelperMessage> = fc.oneof(
  fc.record({ type: fc.constant('done' as const), id: uint16, data }),
  fc.record({ type: fc.constant('failed' as const), id: uint16, error: uint32 }),
  fc.record({ type: fc.constant('reader' as const), reader: uint16, name: fc.string({ unit: 'binary' }) }),
  fc.record({ type: fc.constant('state' as const), reader: uint16, state: uint32 }),
  fc.record({ type: fc.constant('gone' as const), reader: uint16 }),
  fc.record({ type: fc.constant('service' as const), error: uint32 }),
);

/** Cuts bytes into chunks of these sizes, over and over. */
function chunks(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const cut: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    cut.push(bytes.subarray(at, at + size));
    at += size;
  }
  return cut;
}

function bodies(stream: readonly Buffer[]): Buffer[] {
  const found: Buffer[] = [];
  const push = createSplitter((body) => found.push(Buffer.from(body)));
  for (const chunk of stream) push(chunk);
  return found;
}

const plain = <T extends object>(value: T) =>
  'data' in value ? { ...value, data: Array.from(value.data as Uint8Array) } : value;

const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });

describe('the line between parent and child', () => {
  test('requests survive any cutting of the stream', () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 6 }), sizes, (requests, by) => {
        const stream = Buffer.concat(requests.map(encodeRequest));
        expect(bodies(chunks(stream, by)).map(decodeRequest).map(plain)).toEqual(requests.map(plain));
      }),
    );
  });

  test('messages survive any cutting of the stream', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), sizes, (messages, by) => {
        const stream = Buffer.concat(messages.map(encodeMessage));
        expect(bodies(chunks(stream, by)).map(decodeMessage).map(plain)).toEqual(messages.map(plain));
      }),
    );
  });

  test('carries an answer of 64 KB and its status word', () => {
    const frame = encodeMessage({ type: 'done', id: 1, data: new Uint8Array(65_538) });
    expect(bodies([frame])).toHaveLength(1);
  });

  test('a length beyond reason is a bug', () => {
    expect(() => bodies([Buffer.from('ffffffff00', 'hex')])).toThrow('frame too long');
  });

  test('a request is laid out as documented', () => {
    const apdu = Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08);
    const frame = encodeRequest({ op: 'transmit', id: 0x1234, reader: 1, data: apdu });
    expect(frame.toString('hex')).toBe('0000000a' + '02' + '1234' + '0001' + '0084000008');
  });
});
