/**
 * The line between parent and child: frames of a 4-byte big-endian length and a body, in which numbers are big-endian
 * and bytes stand behind their length. Both ends are ours: what cannot be read is a bug, not noise.
 */
import assert from 'node:assert/strict';

const LENGTH = 4;
/** A long script, or all answers to it, and some. */
const MAX_BODY = 16_000_000;

export interface Writer {
  uint8(value: number): void;
  uint32(value: number): void;
  bytes(value: Uint8Array): void;
  /** What was written, as one frame. */
  frame(): Buffer;
}

export function createWriter(): Writer {
  let buffer = Buffer.allocUnsafe(1024);
  let end = LENGTH;

  /** Where `length` bytes may be written. */
  function take(length: number): number {
    const start = end;
    end += length;
    assert(end <= LENGTH + MAX_BODY, 'frame too long');
    if (end > buffer.length) {
      const longer = Buffer.allocUnsafe(2 * end);
      longer.set(buffer.subarray(0, start));
      buffer = longer;
    }
    return start;
  }

  function uint32(value: number): void {
    const at = take(4);
    buffer.writeUInt32BE(value, at);
  }

  return {
    uint8(value) {
      const at = take(1);
      buffer[at] = value;
    },
    uint32,
    bytes(value) {
      uint32(value.length);
      const at = take(value.length);
      buffer.set(value, at);
    },
    frame() {
      buffer.writeUInt32BE(end - LENGTH, 0);
      return buffer.subarray(0, end);
    },
  };
}

export interface Reader {
  uint8(): number;
  uint32(): number;
  /** A view of the body, not a copy. */
  bytes(): Buffer;
  atEnd(): boolean;
}

export function createReader(body: Buffer): Reader {
  let at = 0;

  function uint32(): number {
    at += 4;
    return body.readUInt32BE(at - 4);
  }

  return {
    uint8() {
      at += 1;
      return body.readUInt8(at - 1);
    },
    uint32,
    bytes() {
      const length = uint32();
      at += length;
      assert(at <= body.length, 'frame too short');
      return body.subarray(at - length, at);
    },
    atEnd: () => at === body.length,
  };
}

/** Cuts a stream into bodies. */
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
