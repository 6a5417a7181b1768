/** Bytes as the ZFM-20 user manual has them, written out here: nothing of the driver's codec is used. */
import { beforeEach, describe, expect, it } from 'vitest';
import { R30x } from '../../../src/virtual/devices/r30x.ts';

const START = 'EF01FFFFFFFF';
const GET_IMAGE = `${START} 01 0003 01 0005`;
const UP_IMAGE = `${START} 01 0003 0A 000E`;
const OK = `${START} 07 0003 00 000A`;
const NO_FINGER = `${START} 07 0003 02 000C`;
const plain = (text: string) => text.replaceAll(' ', '').toUpperCase();

let sent: Buffer[];
let sensor: R30x;
beforeEach(() => {
  sent = [];
  sensor = new R30x((bytes) => void sent.push(Buffer.from(bytes)));
});

function ask(request: string): string {
  sent = [];
  sensor.receive(Buffer.from(plain(request), 'hex'));
  return plain(Buffer.concat(sent).toString('hex'));
}
/** 256 × 288 in the middle of more, left column black, the rest 0x9A. */
const image = {
  width: 300,
  height: 300,
  dpi: 500,
  data: Uint8Array.from({ length: 300 * 300 }, (_, i) => (i % 300 === 22 ? 0 : 0x9a)),
};

describe('the module', () => {
  it('knows its password and its parameters', () => {
    expect(ask(`${START} 01 0007 13 00000000 001B`)).toBe(plain(OK));
    expect(ask(`${START} 01 0007 13 00000001 001C`)).toBe(plain(`${START} 07 0003 13 001D`));
    expect(ask(`${START} 01 0003 0F 0013`)).toBe(
      plain(`${START} 07 0013 00 0000 0009 00A2 0003 FFFFFFFF 0002 0006 04CC`),
    );
  });

  it('tells a spoilt command, and hears one in pieces and behind noise', () => {
    expect(ask(`${START} 01 0003 01 0006`)).toBe(plain(`${START} 07 0003 01 000B`));
    expect(ask(`EFEF01 00 ${START} 01 00`)).toBe('');
    expect(ask('03 01 0005')).toBe(plain(NO_FINGER));
  });

  it('looks for a finger, and sends its image in packets of 128 bytes', () => {
    expect(ask(UP_IMAGE)).toBe(plain(`${START} 07 0003 15 001F`));
    expect(sensor.awaitsFinger).toBe(false);
    expect(ask(GET_IMAGE)).toBe(plain(NO_FINGER));
    expect(sensor.awaitsFinger).toBe(true);
    sensor.press(image);
    expect(ask(GET_IMAGE)).toBe(plain(OK));
    // One scan, one finger.
    expect(ask(GET_IMAGE)).toBe(plain(NO_FINGER));
    ask(UP_IMAGE);
    expect(sent.length).toBe(1 + 288);
    const row = `09${'99'.repeat(127)}`;
    // 02 + 00 + 82 + 09 + 127 × 99.
    expect(plain(sent[1]!.toString('hex'))).toBe(plain(`${START} 02 0082 ${row} 4C74`));
    expect(plain(sent[288]!.toString('hex'))).toBe(plain(`${START} 08 0082 ${row} 4C7A`));
  });

  it('sees dirt as a finger, and forgets its image without power', () => {
    expect(sensor.act({ glass: 'dirty' }).ok).toBe(true);
    expect(ask(GET_IMAGE)).toBe(plain(OK));
    sensor.restart();
    expect(ask(UP_IMAGE)).toBe(plain(`${START} 07 0003 15 001F`));
    expect(sensor.act({ glass: 'clean' }).ok).toBe(true);
    expect(ask(GET_IMAGE)).toBe(plain(NO_FINGER));
  });
});
