/** What the flight recorder keeps: every good packet stays good, nothing of a person stays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COMMAND as GT,
  Gt511c3Parser,
  encodeCommand as gtCommand,
  IMAGE_LENGTH,
} from '../../../src/devices/fingerprint/gt511c3-packets.ts';
import { redactGt511c3 } from '../../../src/devices/fingerprint/gt511c3-redaction.ts';
import {
  encodeCommand,
  INSTRUCTION,
  PACKET_ID,
  R30xParser,
  encodePacket as r30xPacket,
} from '../../../src/devices/fingerprint/r30x-packets.ts';
import { redactR30x } from '../../../src/devices/fingerprint/r30x-redaction.ts';
import {
  encodePacket,
  FLAG,
  COMMAND as SFM,
  SfmParser,
} from '../../../src/devices/fingerprint/sfm-packets.ts';
import { redactSupremaSfm } from '../../../src/devices/fingerprint/sfm-redaction.ts';
import type { Redact } from '../../../src/devices/transport/trace.ts';
import { Gt511c3 } from '../../../src/virtual/devices/gt511c3.ts';
import { cuts, hex, join, pieces, pushed } from './streams.ts';

const redacted = (redact: Redact, bytes: Uint8Array, lengths: readonly number[]) =>
  join(...[...pieces(bytes, lengths)].map((piece) => redact(piece)));
/** A shade that no packet has elsewhere, as short as they are. */
const SHADE = 0xc7;
const shades = fc.integer({ min: 1, max: 100 }).map((length) => new Uint8Array(length).fill(SHADE));

describe('of an R30x', () => {
  const frames = fc.array(
    fc.oneof(
      fc.constant([PACKET_ID.ack, hex('00')] as const),
      fc.constant([PACKET_ID.ack, hex('00 0000000900A20003FFFFFFFF00020006')] as const),
      shades.map((image) => [PACKET_ID.data, image] as const),
      shades.map((image) => [PACKET_ID.lastData, image] as const),
    ),
    { minLength: 1, maxLength: 12 },
  );

  it('images are overwritten, and packets stay what they are', () => {
    fc.assert(
      fc.property(frames, cuts, (packets, lengths) => {
        const bytes = join(...packets.map(([id, payload]) => r30xPacket(id, payload)));
        const kept = redacted(redactR30x().received, bytes, lengths);
        expect(kept.length).toBe(bytes.length);
        expect(kept.includes(SHADE)).toBe(false);
        expect(pushed(new R30xParser(), kept, [50])).toMatchObject(
          packets.map(([id, payload]) => ({
            id,
            payload: id === PACKET_ID.ack ? payload : new Uint8Array(payload.length),
          })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('what belongs to no packet is overwritten, and what was spoilt stays spoilt', () => {
    fc.assert(
      fc.property(shades, fc.integer({ min: 1, max: 255 }), cuts, (image, change, lengths) => {
        const spoilt = r30xPacket(PACKET_ID.data, image);
        spoilt[spoilt.length - 1]! ^= change;
        const good = r30xPacket(PACKET_ID.ack, hex('02'));
        const kept = redacted(redactR30x().received, join(image, spoilt, good), lengths);
        // Its sum may have the shade: that is no pixel.
        expect(kept.subarray(0, 2 * image.length + 9).includes(SHADE)).toBe(false);
        expect(pushed(new R30xParser(), kept, [50])).toMatchObject([
          { id: PACKET_ID.ack, payload: hex('02') },
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('commands are kept, but for a password', () => {
    const command = encodeCommand(INSTRUCTION.upImage);
    expect(redactR30x().sent(command)).toEqual(command);
    const secret = redactR30x().sent(encodeCommand(INSTRUCTION.vfyPwd, [1, 2, 3, 4]));
    expect(secret).toEqual(encodeCommand(INSTRUCTION.vfyPwd, [0, 0, 0, 0]));
  });
});

describe('of a GT-511C3', () => {
  it('an image is overwritten, and packets stay what they are', () => {
    const heard: Uint8Array[] = [];
    const module = new Gt511c3((bytes) => void heard.push(Uint8Array.from(bytes)));
    const width = 202;
    const data = new Uint8Array(width * 258).fill(SHADE);
    const { sent, received } = redactGt511c3();
    const commands = [
      [GT.open, 1],
      [GT.cmosLed, 1],
      [GT.isPressFinger, 0],
      [GT.captureFinger, 1],
      [GT.getImage, 0],
      [GT.cmosLed, 0],
    ] as const;
    module.press({ width, height: 258, dpi: 450, data });
    const parser = new Gt511c3Parser();
    for (const [command, parameter] of commands) {
      heard.length = 0;
      const packet = gtCommand(command, parameter);
      expect(sent(packet)).toEqual(packet);
      module.receive(packet);
      const bytes = join(...heard);
      const kept = redacted(received, bytes, [1, 700, 13]);
      expect(kept.length).toBe(bytes.length);
      if (command !== GT.getImage) expect(kept).toEqual(bytes);
      else {
        expect(bytes.includes(SHADE)).toBe(true);
        parser.expect(IMAGE_LENGTH);
        const [, image] = parser.push(kept);
        expect(image).toEqual({ type: 'data', data: new Uint8Array(IMAGE_LENGTH) });
      }
    }
  });

  it('what belongs to no packet is overwritten', () => {
    expect(redactGt511c3().received(hex('C7C7 55AA C7 5AA5 0100 C7'))).toEqual(
      hex('0000 55AA 00 0000 0000 00'),
    );
  });
});

describe('of a Suprema SFM', () => {
  const END = Uint8Array.of(0x0a);

  it('the pixels of an image are overwritten, and packets stay what they are', () => {
    fc.assert(
      fc.property(fc.constantFrom(SFM.scanImage, SFM.readImage), shades, cuts, (command, pixels, lengths) => {
        const header = new Uint8Array(28);
        new DataView(header.buffer).setInt32(0, pixels.length, true);
        const data = join(header, pixels);
        const image = { command, param: 0, size: data.length, flag: FLAG.success };
        const status = { command: SFM.status, param: 0x30, size: 0x30, flag: FLAG.success };
        const bytes = join(encodePacket(status), encodePacket(image), data, END, encodePacket(status));
        const kept = redacted(redactSupremaSfm().received, bytes, lengths);
        expect(kept.length).toBe(bytes.length);
        expect(kept.subarray(26).includes(SHADE)).toBe(false);
        expect(pushed(new SfmParser(), kept, [50])).toEqual([
          { type: 'packet', packet: status },
          { type: 'packet', packet: image, data: join(header, new Uint8Array(pixels.length)) },
          { type: 'packet', packet: status },
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('requests are kept, and what belongs to no packet is overwritten', () => {
    const request = encodePacket({ command: SFM.scanImage, param: 0, size: 0, flag: 0 });
    expect(redactSupremaSfm().sent(request)).toEqual(request);
    expect(redactSupremaSfm().received(hex('C7 40 C7 40 40 C7'))).toEqual(hex('00 40 00 40 40 00'));
  });
});
