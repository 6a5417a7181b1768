import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodePacket,
  IMAGE_BYTES,
  PACKET_ID,
  R30xParser,
} from '../../../src/devices/fingerprint/r30x-packets.ts';
import { type Received, Upload } from '../../../src/devices/fingerprint/r30x-upload.ts';
import { join } from './streams.ts';

const SIZE = 128;
const COUNT = IMAGE_BYTES / SIZE;
/** Rows that differ, and now and then look like others. */
const image = Uint8Array.from({ length: IMAGE_BYTES }, (_, i) => (i * 31 + (i >> 7) * 7) & 0xff);

/** What is received when these packets lose these bytes. */
function upload(torn: ReadonlyMap<number, readonly [from: number, length: number]>) {
  const frames = Array.from({ length: COUNT }, (_, i) => {
    const id = i === COUNT - 1 ? PACKET_ID.lastData : PACKET_ID.data;
    const frame = encodePacket(id, image.subarray(i * SIZE, (i + 1) * SIZE));
    const [from, length] = torn.get(i) ?? [0, 0];
    return join(frame.subarray(0, from), frame.subarray(from + length));
  });
  const parser = new R30xParser();
  const received: Received[] = [];
  let tail = 0;
  for (const event of [...parser.push(join(...frames)), ...parser.giveUp()]) {
    if (event.type === 'packet') received.push(event);
    else tail = event.skipped;
  }
  return { received, tail };
}
const whole = () => upload(new Map());
const isImage = (collected: Upload) => collected.whole()?.equals(image);

describe('an upload', () => {
  it('is whole when all came', () => {
    const { received, tail } = whole();
    const collected = new Upload(SIZE);
    collected.add(received, tail);
    expect(isImage(collected)).toBe(true);
  });

  it('is completed by another, and never wrong', () => {
    const tear = fc.tuple(fc.nat(138), fc.integer({ min: 1, max: 100 })).map(([from, length]) => {
      return [from, Math.min(length, 139 - from)] as const;
    });
    const tears = fc
      .array(fc.tuple(fc.nat(COUNT - 1), tear), { maxLength: 20 })
      .map((entries) => new Map(entries));
    fc.assert(
      fc.property(fc.array(tears, { minLength: 1, maxLength: 4 }), (uploads) => {
        const collected = new Upload(SIZE);
        for (const torn of uploads) {
          const { received, tail } = upload(torn);
          collected.add(received, tail);
          if (collected.whole()) expect(isImage(collected)).toBe(true);
        }
        const last = whole();
        collected.add(last.received, last.tail);
        expect(isImage(collected)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('with a share of its packets torn is whole after a few', () => {
    const collected = new Upload(SIZE);
    for (let n = 0; n < 5; n++) {
      const torn = new Map(
        Array.from({ length: 14 }, (_, i) => [(i * 20 + n * 3) % COUNT, [30, 50]] as const),
      );
      const { received, tail } = upload(torn);
      collected.add(received, tail);
    }
    expect(isImage(collected)).toBe(true);
  });

  it('says nothing when its packets do not add up or are of another size', () => {
    const { received } = whole();
    const collected = new Upload(SIZE);
    collected.add(received.slice(1), 0);
    collected.add(
      received.map(({ skipped }) => ({ payload: new Uint8Array(64), skipped })),
      0,
    );
    expect(collected.whole()).toBeUndefined();
  });
});
