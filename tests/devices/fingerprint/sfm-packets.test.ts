import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COMMAND,
  decodeImage,
  encodePacket,
  FLAG,
  LONGEST_DATA,
  type SfmEvent,
  type SfmPacket,
  SfmParser,
} from '../../../src/devices/fingerprint/sfm-packets.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const END = Uint8Array.of(0x0a);
const join = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

describe('a packet', () => {
  it('is encoded as in the manual', () => {
    // UF Protocol Manual, "Packet Protocol": enrol by scan with the ID 0x9929.
    expect(encodePacket({ command: 0x05, param: 0x9929, size: 0, flag: 0 })).toEqual(
      hex('40 05 29 99 00 00 00 00 00 00 00 07 0A'),
    );
    expect(encodePacket({ command: COMMAND.writeParameter, param: 0, size: 0x30, flag: 0x6c })).toEqual(
      hex('40 01 00000000 30000000 6C DD 0A'),
    );
  });

  it('is decoded from its golden bytes', () => {
    expect(new SfmParser().push(hex('40 04 30000000 34000000 61 09 0A'))).toEqual([
      { type: 'packet', packet: { command: 4, param: 0x30, size: 0x34, flag: FLAG.success } },
    ]);
  });

  it('brings its data', () => {
    const parser = new SfmParser();
    expect(parser.push(hex('40 20 00000000 03000000 61 C4 0A AA'))).toEqual([]);
    expect(parser.awaitsData).toBe(true);
    expect(parser.push(hex('BB CC 0A'))).toEqual([
      { type: 'packet', packet: { command: 0x20, param: 0, size: 3, flag: 0x61 }, data: hex('AABBCC') },
    ]);
    expect(parser.awaitsData).toBe(false);
  });
});

/** Packets as a module sends them; those of scan and read may bring data. */
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const plain = fc
  .record({
    command: fc.constantFrom(1, 3, 4, 0x15, 0x60, 0x83),
    param: u32,
    size: u32,
    flag: fc.integer({ min: 0, max: 255 }),
  })
  .filter(({ command, flag }) => !(command === 0x15 && flag === FLAG.success))
  .map((packet): Frame => ({ packet, data: undefined }));
const withData = fc
  .tuple(fc.constantFrom(0x15, 0x20), u32, fc.uint8Array({ minLength: 1, maxLength: 300 }))
  .map(
    ([command, param, data]): Frame => ({
      packet: { command, param, size: data.length, flag: FLAG.success },
      data,
    }),
  );
/** Without a start code, so that it cannot be a packet by chance. */
const noise = fc
  .uint8Array({ maxLength: 40 })
  .map((bytes) => bytes.map((byte) => (byte === 0x40 ? 0x41 : byte)));

interface Frame {
  readonly packet: SfmPacket;
  readonly data: Uint8Array | undefined;
}
const toBytes = ({ packet, data }: Frame) => join(encodePacket(packet), ...(data ? [data, END] : []));
const toEvent = ({ packet, data }: Frame): SfmEvent => ({
  type: 'packet',
  packet,
  ...(data && { data }),
});

/** Pushes the bytes in pieces of these lengths, used round and round. */
function pushed(bytes: Uint8Array, pieces: readonly number[]): SfmEvent[] {
  const parser = new SfmParser();
  const events: SfmEvent[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = pieces[i % pieces.length]!;
    events.push(...parser.push(bytes.subarray(at, at + length)));
    at += length;
  }
  return [...events, ...parser.giveUp()];
}
const cuts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 });

describe('the parser', () => {
  it('finds every packet and nothing else, however the line cuts, joins and spoils', () => {
    const line = fc.array(fc.tuple(noise, fc.oneof(plain, withData)), { maxLength: 8 });
    fc.assert(
      fc.property(line, noise, cuts, (parts, tail, pieces) => {
        const bytes = join(...parts.flatMap(([before, frame]) => [before, toBytes(frame)]), tail);
        expect(pushed(bytes, pieces)).toEqual(parts.map(([, frame]) => toEvent(frame)));
      }),
    );
  });

  it('drops a packet with any one byte changed, and finds the next', () => {
    fc.assert(
      fc.property(
        plain,
        plain,
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 255 }),
        cuts,
        (spoilt, good, at, change, pieces) => {
          const bytes = toBytes(spoilt);
          bytes[at]! ^= change;
          // A start code elsewhere in the spoilt packet could begin another packet by chance of 1 in 65,536.
          expect(pushed(join(bytes, toBytes(good)), pieces)).toEqual([toEvent(good)]);
        },
      ),
    );
  });

  it('tells torn data, and finds the packet that it had swallowed', () => {
    fc.assert(
      fc.property(
        withData.filter(({ data }) => !data!.includes(0x40)),
        plain,
        fc.integer({ min: 1, max: 300 }),
        cuts,
        (frame, good, lost, pieces) => {
          const bytes = toBytes(frame);
          // At most the data: the packet before it stays whole.
          const missing = Math.min(lost, frame.data!.length);
          const after = join(toBytes(good), toBytes(good));
          // Where an end code is due by chance there is one, the data passes for whole: it has no checksum.
          fc.pre(after[missing] !== 0x0a);
          const events = pushed(join(bytes.subarray(0, bytes.length - 1 - missing), after), pieces);
          expect(events).toEqual([{ type: 'torn', packet: frame.packet }, toEvent(good), toEvent(good)]);
        },
      ),
    );
  });

  it('holds no more than the longest image, whatever is announced', () => {
    const parser = new SfmParser();
    for (const size of [LONGEST_DATA + 1, 0xffffffff]) {
      const lie = encodePacket({ command: 0x15, param: 0, size, flag: FLAG.success });
      expect(parser.push(lie)).toEqual([]);
      expect(parser.awaitsData).toBe(false);
    }
    const size = LONGEST_DATA;
    const packet = { command: 0x15, param: 0, size, flag: FLAG.success };
    const longest = toBytes({ packet, data: new Uint8Array(size).fill(7) });
    const lengths = parser
      .push(join(longest, longest))
      .map((one) => one.type === 'packet' && one.data?.length);
    expect(lengths).toEqual([size, size]);
  });

  it('survives anything', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), (pieces) => {
        const parser = new SfmParser();
        for (const piece of pieces) parser.push(piece);
        parser.giveUp();
        const good: Frame = { packet: { command: 4, param: 0, size: 0, flag: 0x61 }, data: undefined };
        expect(parser.push(toBytes(good))).toEqual([toEvent(good)]);
      }),
    );
  });
});

describe('an image', () => {
  const header = (...fields: number[]) => {
    const bytes = Buffer.alloc(28);
    fields.forEach((value, i) => {
      bytes.writeInt32LE(value, 4 * i);
    });
    return bytes;
  };
  const pixels = Uint8Array.of(0, 50, 100, 150, 200, 250);

  it('is read from its golden bytes', () => {
    const data = hex('03000000 02000000 00000000 00000000 00000000 06000000 00000000 0032 6496 C8FA');
    expect(decodeImage(data)).toEqual({ width: 3, height: 2, dpi: 500, data: pixels });
  });

  it('is refused when compressed, encrypted, not grey, or of other lengths', () => {
    expect(decodeImage(join(header(3, 2, 1, 0, 0, 6, 0), pixels))).toBeUndefined();
    expect(decodeImage(join(header(3, 2, 0, 1, 0, 6, 0), pixels))).toBeUndefined();
    expect(decodeImage(join(header(3, 2, 0, 0, 1, 6, 0), pixels))).toBeUndefined();
    expect(decodeImage(join(header(3, 3, 0, 0, 0, 9, 0), pixels))).toBeUndefined();
    expect(decodeImage(join(header(-3, -2, 0, 0, 0, 6, 0), pixels))).toBeUndefined();
    expect(decodeImage(join(header(0, 0, 0, 0, 0, 0, 0)))).toBeUndefined();
    expect(decodeImage(pixels)).toBeUndefined();
  });
});
