/** Bytes as the manual has them, written out here: nothing of the driver's codec is used. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import { SupremaSfm } from '../../../src/virtual/devices/suprema-sfm.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
/** 8 × 2 pixels. */
const image: GrayImage = {
  width: 8,
  height: 2,
  dpi: 500,
  data: Uint8Array.of(0, 255, 0, 255, 0, 255, 0, 255, 1, 2, 3, 4, 250, 251, 252, 253),
};
const SCAN = '40 15 00000000 00000000 00 55 0A';
const CANCEL = '40 60 00000000 00000000 00 A0 0A';
const SET_GREY = '40 01 00000000 30000000 6C DD 0A';
const SCANNED = '40 15 00000000 00000000 62 B7 0A';
const HEADER = '08000000 02000000 00000000 00000000 00000000 10000000 00000000';

let sent: Buffer[];
let sensor: SupremaSfm;
beforeEach(() => {
  sent = [];
  sensor = new SupremaSfm((bytes) => void sent.push(Buffer.from(bytes)));
});
afterEach(() => sensor.close());

/** What the module sends for these bytes. */
async function ask(request: string): Promise<string> {
  sent = [];
  sensor.receive(hex(request));
  return settle();
}
async function settle(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return Buffer.concat(sent).toString('hex').toUpperCase();
}
const bytes = (text: string) => text.replaceAll(' ', '');

describe('the module', () => {
  it('answers the status and its parameters', async () => {
    expect(await ask('40 04 00000000 00000000 00 44 0A')).toBe(bytes('40 04 30000000 30000000 61 05 0A'));
    // Firmware "V1.7", image format 31 (binary, the default).
    expect(await ask('40 03 00000000 00000000 6E B1 0A')).toBe(bytes('40 03 00000000 56312E37 61 90 0A'));
    expect(await ask('40 03 00000000 00000000 6C AF 0A')).toBe(bytes('40 03 00000000 31000000 61 D5 0A'));
    expect(await ask(SET_GREY)).toBe(bytes('40 01 00000000 30000000 61 D2 0A'));
    expect(await ask('40 03 00000000 00000000 6C AF 0A')).toBe(bytes('40 03 00000000 30000000 61 D4 0A'));
  });

  it('knows no other command and hears no wrong checksum', async () => {
    expect(await ask('40 83 00000000 00000000 00 C3 0A')).toBe(bytes('40 83 00000000 00000000 75 38 0A'));
    expect(await ask('40 04 00000000 00000000 00 45 0A')).toBe('');
  });

  it('hears a request in pieces and behind noise', async () => {
    sensor.receive(hex('40 40 04 00000000 00'));
    expect(await ask('000000 00 44 0A')).toBe(bytes('40 04 30000000 30000000 61 05 0A'));
  });

  it('sends a grey image: scanned, then header, pixels and end code', async () => {
    await ask(SET_GREY);
    expect(await ask(SCAN)).toBe('');
    sensor.press(image);
    const pixels = Buffer.from(image.data).toString('hex').toUpperCase();
    expect(await settle()).toBe(bytes(`${SCANNED} 40 15 00000000 2C000000 61 E2 0A ${HEADER} ${pixels} 0A`));
    expect(await ask('40 20 00000000 00000000 00 60 0A')).toBe(
      bytes(`40 20 00000000 2C000000 61 ED 0A ${HEADER} ${pixels} 0A`),
    );
  });

  it('sends one bit a pixel until told otherwise', async () => {
    sensor.press(image);
    const answer = await ask(SCAN);
    expect(answer.endsWith(bytes('01000000 10000000 00000000 AA F0 0A'))).toBe(true);
  });

  it('takes a finger for one scan, a resting one for all', async () => {
    sensor.press(image);
    expect(await ask(SCAN)).not.toBe('');
    expect(await ask(SCAN)).toBe('');
    expect(sensor.awaitsFinger).toBe(true);
    sensor.press(image, true);
    expect(await settle()).not.toBe('');
    expect(await ask(SCAN)).not.toBe('');
    sensor.press(null);
    expect(await ask(SCAN)).toBe('');
  });

  it('is busy while it waits, and answers a cancel with both ends', async () => {
    await ask(SCAN);
    expect(await ask('40 04 00000000 00000000 00 44 0A')).toBe(bytes('40 04 00000000 00000000 80 C4 0A'));
    expect(await ask(CANCEL)).toBe(
      bytes('40 15 00000000 00000000 81 D6 0A 40 60 00000000 00000000 61 01 0A'),
    );
  });

  it('forgets its settings and its image when it was without power', async () => {
    await ask(SET_GREY);
    sensor.press(image);
    await ask(SCAN);
    sensor.restart();
    expect(await ask('40 03 00000000 00000000 6C AF 0A')).toBe(bytes('40 03 00000000 31000000 61 D5 0A'));
    expect(await ask('40 20 00000000 00000000 00 60 0A')).toBe(bytes('40 20 00000000 00000000 69 C9 0A'));
  });

  it('sees dirt as a finger', async () => {
    await ask(SCAN);
    expect(sensor.act({ read: true })).toEqual({ ok: true, value: { awaitsFinger: true } });
    expect(sensor.act({ glass: 'dirty' }).ok).toBe(true);
    expect(await settle()).not.toBe('');
    expect(sensor.act({ glass: 'clean' }).ok).toBe(true);
    expect(await ask(SCAN)).toBe('');
    expect(sensor.act({ glass: 'wet' }).ok).toBe(false);
  });

  it('gives up after the time-out parameter', async () => {
    await ask('40 01 00000000 31000000 62 D4 0A');
    await ask(SCAN);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await settle()).toBe(bytes('40 15 00000000 00000000 6C C1 0A'));
  });
});
