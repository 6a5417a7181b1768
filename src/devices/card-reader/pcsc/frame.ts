/**
 * What parent and child say to each other over one socket pair: frames of a 4-byte big-endian length and a body.
 * Plain bytes rather than Node's own IPC, which costs twice as much for each APDU.
 *
 * Request: op (1) ‖ id (2) ‖ reader (2) ‖ data. Answer: op (1) ‖ id (2) ‖ data or error (4). Event: op (1) ‖ reader
 * (2) ‖ name or state (4). A reader's number is given by the child and not used again in its life.
 */
import assert from 'node:assert/strict';

export type Op = 'connect' | 'disconnect' | 'transmit' | 'control';

export interface Request {
  readonly op: Op;
  /** 0–65535, echoed by the answer. */
  readonly id: number;
  /** 0–65535. */
  readonly reader: number;
  /** connect: the share mode, disconnect: the disposition (1 byte each); transmit: the APDU; control: the command. */
  readonly data: Uint8Array;
}

export type HelperMessage =
  | { readonly type: 'done'; readonly id: number; readonly data: Uint8Array }
  /** `error`: a PC/SC return value, 32 bits. */
  | { readonly type: 'failed'; readonly id: number; readonly error: number }
  | { readonly type: 'reader'; readonly reader: number; readonly name: string }
  /** `state`: dwEventState of SCardGetStatusChange, 32 bits. */
  | { readonly type: 'state'; readonly reader: number; readonly state: number }
  | { readonly type: 'gone'; readonly reader: number }
  /** 0: the service is there and its readers are told; else why it is not. */
  | { readonly type: 'service'; readonly error: number };

const OPS = ['connect', 'disconnect', 'transmit', 'control'] as const satisfies readonly Op[];
const MESSAGES = ['done', 'failed', 'reader', 'state', 'gone', 'service'] as const;

const LENGTH = 4;
const REQUEST_HEAD = 5;
const MESSAGE_HEAD = 3;
/** An extended APDU (ISO/IEC 7816-3: 4 + 3 + 65535 + 3 bytes) and some. */
const MAX_BODY = 70_000;

export function encodeRequest(request: Request): Buffer {
  const frame = open(REQUEST_HEAD + request.data.length);
  frame[LENGTH] = OPS.indexOf(request.op);
  frame.writeUInt16BE(request.id, LENGTH + 1);
  frame.writeUInt16BE(request.reader, LENGTH + 3);
  frame.set(request.data, LENGTH + REQUEST_HEAD);
  return frame;
}

/** The data is a view of `body`, not a copy. */
export function decodeRequest(body: Buffer): Request {
  const op = OPS[body.readUInt8(0)];
  assert(op !== undefined, 'unknown request');
  return {
    op,
    id: body.readUInt16BE(1),
    reader: body.readUInt16BE(3),
    data: body.subarray(REQUEST_HEAD),
  };
}

export function encodeMessage(message: HelperMessage): Buffer {
  const tail = tailOf(message);
  const frame = open(MESSAGE_HEAD + tail.length);
  frame[LENGTH] = MESSAGES.indexOf(message.type);
  frame.writeUInt16BE('id' in message ? message.id : 'reader' in message ? message.reader : 0, LENGTH + 1);
  frame.set(tail, LENGTH + MESSAGE_HEAD);
  return frame;
}

/** The data of `done` is a view of `body`, not a copy. */
export function decodeMessage(body: Buffer): HelperMessage {
  const type = MESSAGES[body.readUInt8(0)];
  const number = body.readUInt16BE(1);
  switch (type) {
    case 'done':
      return { type, id: number, data: body.subarray(MESSAGE_HEAD) };
    case 'failed':
      return { type, id: number, error: body.readUInt32BE(MESSAGE_HEAD) };
    case 'reader':
      return { type, reader: number, name: body.toString('utf8', MESSAGE_HEAD) };
    case 'state':
      return { type, reader: number, state: body.readUInt32BE(MESSAGE_HEAD) };
    case 'gone':
      return { type, reader: number };
    case 'service':
      return { type, error: body.readUInt32BE(MESSAGE_HEAD) };
    default:
      assert.fail('unknown message');
  }
}

/** Cuts a stream into bodies. Both ends are ours: a length beyond reason is a bug, not noise. */
export function createSplitter(onBody: (body: Buffer) => void): (chunk: Buffer) => void {
  let tail: Buffer | undefined;
  return (chunk) => {
    let rest = tail ? Buffer.concat([tail, chunk]) : chunk;
    while (rest.length >= LENGTH) {
      const end = LENGTH + rest.readUInt32BE(0);
      assert(end <= LENGTH + MAX_BODY, 'frame too long');
      if (rest.length < end) break;
      onBody(rest.subarray(LENGTH, end));
      rest = rest.subarray(end);
    }
    tail = rest.length > 0 ? rest : undefined;
  };
}

function open(bodyLength: number): Buffer {
  assert(bodyLength <= MAX_BODY, 'frame too long');
  const frame = Buffer.allocUnsafe(LENGTH + bodyLength);
  frame.writeUInt32BE(bodyLength, 0);
  return frame;
}

function tailOf(message: HelperMessage): Uint8Array {
  switch (message.type) {
    case 'done':
      return message.data;
    case 'failed':
    case 'service':
      return uint32(message.error);
    case 'state':
      return uint32(message.state);
    case 'reader':
      return Buffer.from(message.name, 'utf8');
    case 'gone':
      return new Uint8Array(0);
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value >>> 0, 0);
  return bytes;
}
