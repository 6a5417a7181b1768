import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { FaultyLine } from '../../src/virtual/faulty-line.ts';
import { Random } from '../../src/virtual/people/random.ts';

const frame = (fill: number, length = 600) => new Uint8Array(length).fill(fill);
let written: Buffer[];
let line: FaultyLine;
const all = () => Buffer.concat(written);

beforeEach(() => {
  written = [];
  const dice = new Random('faulty line');
  line = new FaultyLine(
    (bytes) => void written.push(Buffer.from(bytes)),
    () => dice.next(),
  );
});

describe('a slow line', () => {
  it('keeps the order of its frames, also of those behind it that are not slow', async () => {
    line.disturb('slow', { frames: 1 });
    line.send(frame(1), 0);
    line.send(frame(2), 0);
    expect(all().length).toBe(0);
    while (all().length < 1_200) await delay(5);
    expect(all()).toEqual(Buffer.concat([frame(1), frame(2)]));
    line.send(frame(3), 0);
    expect(all().length).toBe(1_800);
  });

  it('loses what has not left when it is cut', async () => {
    line.disturb('slow', { frames: 1 });
    line.send(frame(1), 0);
    line.send(frame(2), 0);
    line.cut();
    line.send(frame(3), 0);
    await delay(150);
    expect(all()).toEqual(Buffer.from(frame(3)));
  });
});

describe('a fault', () => {
  it('strikes as many frames as told', () => {
    line.disturb('silent', { frames: 2 });
    for (const fill of [1, 2, 3]) line.send(frame(fill), 0);
    expect(all()).toEqual(Buffer.from(frame(3)));
  });

  it('tears bytes out, or flips one bit', () => {
    line.disturb('torn', { frames: 1 });
    line.send(frame(0xff), 0);
    expect(all().length).toBeLessThan(600);
    expect(all().length).toBeGreaterThanOrEqual(500);
    written = [];
    line.disturb('checksum', { frames: 1 });
    line.send(frame(0), 0);
    expect(all().filter((byte) => byte !== 0).length).toBe(1);
  });

  it('hangs until its power was cut', () => {
    line.disturb('hung');
    line.send(frame(1), 0);
    line.power(false);
    line.send(frame(2), 0);
    line.power(true);
    line.send(frame(3), 0);
    expect(all()).toEqual(Buffer.from(frame(3)));
    expect(line.fault).toBeNull();
  });
});
