/**
 * What parent and child say to each other. Written as plain bytes (frame.ts): as JSON or as structured clones a long
 * script would cost as much as carrying out one of its commands.
 */
import assert from 'node:assert/strict';
import type { Apdu, Expected } from '../port.ts';
import { createReader, createWriter, type Reader, type Writer } from './frame.ts';

/** One call of PC/SC. A reader's number, 0–255, is given by the child and not used again in its life. */
export type Call = { readonly reader: number } & (
  | { readonly op: 'connect'; readonly share: number }
  | { readonly op: 'disconnect'; readonly disposition: number }
  | { readonly op: 'control'; readonly command: Uint8Array }
  | { readonly op: 'transmit'; readonly apdu: Apdu; readonly goOn: readonly Expected[] }
);

/** `id`: 32 bits, echoed by the answers. */
export type Order =
  /** Calls one after the other, as long as each succeeds and is answered as expected. */
  | { readonly type: 'run'; readonly id: number; readonly calls: readonly Call[] }
  /** No further call of that run is begun; the answer to the one under way is its last. */
  | { readonly type: 'halt'; readonly id: number };

export interface Answered {
  readonly data: Uint8Array;
  /** From the call to its answer, whole µs, 32 bits. */
  readonly us: number;
}

export type Answer =
  /** Further calls of a run are answered; `last`: and it is over. */
  | {
      readonly type: 'answers';
      readonly id: number;
      readonly last: boolean;
      readonly answers: readonly Answered[];
    }
  /** The next call failed, which ends the run. `error`: a PC/SC return value, 32 bits. */
  | { readonly type: 'failed'; readonly id: number; readonly error: number };

/** Without being asked. */
export type ServiceMessage =
  | { readonly type: 'reader'; readonly reader: number; readonly name: string }
  /** `state`: dwEventState of SCardGetStatusChange, 32 bits. */
  | { readonly type: 'state'; readonly reader: number; readonly state: number }
  | { readonly type: 'gone'; readonly reader: number }
  /** 0: the service is there and its readers are told; else why it is not. */
  | { readonly type: 'service'; readonly error: number };

export type ChildMessage = Answer | ServiceMessage;

// A message is the number of its type, then its fields in the order above; lists go to the end of the frame.
const ORDERS = ['run', 'halt'] as const satisfies readonly Order['type'][];
const OPS = ['connect', 'disconnect', 'control', 'transmit'] as const satisfies readonly Call['op'][];
const MESSAGES = [
  'answers',
  'failed',
  'reader',
  'state',
  'gone',
  'service',
] as const satisfies readonly ChildMessage['type'][];
const APDUS = { whole: 0, followUp: 1 } as const;

export function encodeOrder(order: Order): Buffer {
  const to = createWriter();
  to.uint8(ORDERS.indexOf(order.type));
  to.uint32(order.id);
  if (order.type === 'run') for (const call of order.calls) writeCall(to, call);
  return to.frame();
}

/** Bytes in it are views of `body`, not copies. */
export function decodeOrder(body: Buffer): Order {
  const from = createReader(body);
  const type = ORDERS[from.uint8()];
  const id = from.uint32();
  assert(type, 'unknown order');
  return type === 'halt' ? { type, id } : { type, id, calls: readAll(from, readCall) };
}

function writeCall(to: Writer, call: Call): void {
  to.uint8(OPS.indexOf(call.op));
  to.uint8(call.reader);
  switch (call.op) {
    case 'connect':
      to.uint8(call.share);
      break;
    case 'disconnect':
      to.uint8(call.disposition);
      break;
    case 'control':
      to.bytes(call.command);
      break;
    case 'transmit':
      writeApdu(to, call.apdu);
      to.uint8(call.goOn.length);
      for (const expected of call.goOn) writeExpected(to, expected);
  }
}

function readCall(from: Reader): Call {
  const op = OPS[from.uint8()];
  const reader = from.uint8();
  switch (op) {
    case 'connect':
      return { op, reader, share: from.uint8() };
    case 'disconnect':
      return { op, reader, disposition: from.uint8() };
    case 'control':
      return { op, reader, command: from.bytes() };
    case 'transmit':
      return { op, reader, apdu: readApdu(from), goOn: readExpected(from) };
    default:
      assert.fail('unknown call');
  }
}

function writeApdu(to: Writer, apdu: Apdu): void {
  if (apdu instanceof Uint8Array) {
    to.uint8(APDUS.whole);
    to.bytes(apdu);
  } else {
    to.uint8(APDUS.followUp);
    to.bytes(apdu.header);
    to.bytes(apdu.data);
    to.uint8(apdu.back);
    to.uint8(apdu.drop);
  }
}

function readApdu(from: Reader): Apdu {
  switch (from.uint8()) {
    case APDUS.whole:
      return from.bytes();
    case APDUS.followUp:
      return { header: from.bytes(), data: from.bytes(), back: from.uint8(), drop: from.uint8() };
    default:
      assert.fail('unknown APDU');
  }
}

function writeExpected(to: Writer, { ending, least, most }: Expected): void {
  to.bytes(ending);
  to.uint32(least);
  to.uint32(most);
}

function readExpected(from: Reader): Expected[] {
  return Array.from({ length: from.uint8() }, () => ({
    ending: from.bytes(),
    least: from.uint32(),
    most: from.uint32(),
  }));
}

export function encodeMessage(message: ChildMessage): Buffer {
  const to = createWriter();
  to.uint8(MESSAGES.indexOf(message.type));
  switch (message.type) {
    case 'answers':
      to.uint32(message.id);
      to.uint8(message.last ? 1 : 0);
      for (const { data, us } of message.answers) {
        to.bytes(data);
        to.uint32(us);
      }
      break;
    case 'failed':
      to.uint32(message.id);
      to.uint32(message.error);
      break;
    case 'reader':
      to.uint8(message.reader);
      to.bytes(Buffer.from(message.name, 'utf8'));
      break;
    case 'state':
      to.uint8(message.reader);
      to.uint32(message.state >>> 0);
      break;
    case 'gone':
      to.uint8(message.reader);
      break;
    case 'service':
      to.uint32(message.error);
  }
  return to.frame();
}

/** Answers are views of `body`, not copies. */
export function decodeMessage(body: Buffer): ChildMessage {
  const from = createReader(body);
  const type = MESSAGES[from.uint8()];
  switch (type) {
    case 'answers':
      return {
        type,
        id: from.uint32(),
        last: from.uint8() === 1,
        answers: readAll(from, ({ bytes, uint32 }) => ({ data: bytes(), us: uint32() })),
      };
    case 'failed':
      return { type, id: from.uint32(), error: from.uint32() };
    case 'reader':
      return { type, reader: from.uint8(), name: from.bytes().toString('utf8') };
    case 'state':
      return { type, reader: from.uint8(), state: from.uint32() };
    case 'gone':
      return { type, reader: from.uint8() };
    case 'service':
      return { type, error: from.uint32() };
    default:
      assert.fail('unknown message');
  }
}

function readAll<T>(from: Reader, read: (from: Reader) => T): T[] {
  const all: T[] = [];
  while (!from.atEnd()) all.push(read(from));
  return all;
}
