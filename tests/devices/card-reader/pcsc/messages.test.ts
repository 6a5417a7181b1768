import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReader, createSplitter } from '../../../../src/devices/card-reader/pcsc/frame.ts';
import {
  type Call,
  type ChildMessage,
  decodeMessage,
  decodeOrder,
  encodeMessage,
  encodeOrder,
  type Order,
} from '../../../../src/devices/card-reader/pcsc/messages.ts';

const uint8 = fc.integer({ min: 0, max: 0xff });
const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const bytes = fc.uint8Array({ maxLength: 600 });

const apdu = fc.oneof(
  bytes,
  fc.record({ header: fc.uint8Array({ maxLength: 4 }), data: bytes, back: uint8, drop: uint8 }),
);
const goOn = fc.array(fc.record({ ending: fc.uint8Array({ maxLength: 4 }), least: uint32, most: uint32 }), {
  maxLength: 3,
});
const call: fc.Arbitrary<Call> = fc.oneof(
  fc.record({ op: fc.constant('connect' as const), reader: uint8, share: uint8 }),
  fc.record({ op: fc.constant('disconnect' as const), reader: uint8, disposition: uint8 }),
  fc.record({ op: fc.constant('control' as const), reader: uint8, command: bytes }),
  fc.record({ op: fc.constant('transmit' as const), reader: uint8, apdu, goOn }),
);
const order: fc.Arbitrary<Order> = fc.oneof(
  fc.record({ type: fc.constant('run' as const), id: uint32, calls: fc.array(call, { maxLength: 8 }) }),
  fc.record({ type: fc.constant('halt' as const), id: uint32 }),
);
const message: fc.Arbitrary<ChildMessage> = fc.oneof(
  fc.record({
    type: fc.constant('answers' as const),
    id: uint32,
    last: fc.boolean(),
    answers: fc.array(fc.record({ data: bytes, us: uint32 }), { maxLength: 8 }),
  }),
  fc.record({ type: fc.constant('failed' as const), id: uint32, error: uint32 }),
  fc.record({ type: fc.constant('reader' as const), reader: uint8, name: fc.string({ unit: 'binary' }) }),
  fc.record({ type: fc.constant('state' as const), reader: uint8, state: uint32 }),
  fc.record({ type: fc.constant('gone' as const), reader: uint8 }),
  fc.record({ type: fc.constant('service' as const), error: uint32 }),
);

/** Cuts bytes into chunks of these sizes, over and over. */
function chunks(stream: Buffer, sizes: readonly number[]): Buffer[] {
  const cut: Buffer[] = [];
  for (let at = 0, turn = 0; at < stream.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    cut.push(stream.subarray(at, at + size));
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

/** Every array of bytes as a Buffer, which the decoder gives. */
const asBuffers = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return value.map(asBuffers);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asBuffers(part)]));
};

const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });

describe('the line between parent and child', () => {
  test('orders survive any cutting of the stream', () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 6 }), sizes, (orders, by) => {
        const stream = Buffer.concat(orders.map(encodeOrder));
        expect(bodies(chunks(stream, by)).map(decodeOrder).map(asBuffers)).toEqual(orders.map(asBuffers));
      }),
    );
  });

  test('messages survive any cutting of the stream', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), sizes, (messages, by) => {
        const stream = Buffer.concat(messages.map(encodeMessage));
        expect(bodies(chunks(stream, by)).map(decodeMessage).map(asBuffers)).toEqual(messages.map(asBuffers));
      }),
    );
  });

  test('carries the longest answers there are', () => {
    const answers = Array.from({ length: 3 }, () => ({ data: new Uint8Array(65_538), us: 0 }));
    const [body] = bodies([encodeMessage({ type: 'answers', id: 1, last: true, answers })]);
    const message = decodeMessage(body!);
    expect(message.type === 'answers' && message.answers.map(({ data }) => data.length)).toEqual([
      65_538, 65_538, 65_538,
    ]);
  });

  test('a length beyond reason, or beyond the end of its frame, is a bug', () => {
    expect(() => bodies([Buffer.from('ffffffff00', 'hex')])).toThrow('frame too long');
    expect(() => createReader(Buffer.from('0000000501', 'hex')).bytes()).toThrow('frame too short');
  });

  test('an order is laid out as documented', () => {
    const transmit: Call = {
      op: 'transmit',
      reader: 1,
      apdu: Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08),
      goOn: [{ ending: Uint8Array.of(0x90, 0x00), least: 10, most: 10 }],
    };
    const frame = encodeOrder({ type: 'run', id: 0x1234, calls: [transmit] });
    const expected = ['01', '00000002', '9000', '0000000a', '0000000a'];
    const body = ['00', '00001234', '03', '01', '00', '00000005', '0084000008', ...expected];
    expect(frame.toString('hex')).toBe(['00000020', ...body].join(''));
  });
});
