/** The drivers of all signature pads against their emulators in another process, over ptys and named pipes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEvdevPad } from '../../../src/devices/signature/evdev-pad.ts';
import type { PenSample, SignaturePad } from '../../../src/devices/signature/port.ts';
import { createTopaz } from '../../../src/devices/signature/topaz.ts';
import { createWacomIsdv4 } from '../../../src/devices/signature/wacom-isdv4.ts';
import { createWacomStu } from '../../../src/devices/signature/wacom-stu.ts';
import type { Result } from '../../../src/failures/failure.ts';
import { type Bench, startBench } from '../../../src/virtual/client.ts';
import type { WireFault } from '../../../src/virtual/device.ts';
import { value } from '../../support/bench-kiosk.ts';

const never = new AbortController().signal;
const folder = await mkdtemp(path.join(tmpdir(), 'anjungan-pads-'));
const ranges = { x: { max: 10_800, perMm: 100 }, y: { max: 6_480, perMm: 100 }, maxPressure: 1_023 };
const at = (id: string) => ({ id, kind: 'signature-pad' as const, port: path.join(folder, id) });
const evdev = { ...at('evdev'), driver: 'evdev' as const, ranges };
const isdv4 = { ...at('isdv4'), driver: 'wacom-isdv4' as const, baudRate: 19_200 as const };
const topaz = { ...at('topaz'), driver: 'topaz' as const, model: 'SignatureGem4X5' as const, pressure: true };
const stu = { ...at('stu'), driver: 'wacom-stu' as const, ranges };

let bench: Bench;
beforeAll(async () => {
  bench = value(await startBench({ folder, readers: [], devices: [evdev, isdv4, topaz, stu] }));
});
afterAll(async () => {
  await bench?.stop();
  await rm(folder, { recursive: true });
});

const pads = [
  { name: 'evdev', make: () => createEvdevPad(evdev), asks: false },
  { name: 'isdv4', make: () => createWacomIsdv4(isdv4), asks: true },
  { name: 'topaz', make: () => createTopaz(topaz), asks: false },
  { name: 'stu', make: () => createWacomStu(stu), asks: false },
];

/** What comes of one capture, as it comes. */
interface Capture {
  readonly samples: PenSample[];
  readonly end: Promise<Result<void>>;
  stop(): void;
}
function capture(pad: SignaturePad): Capture {
  const stop = new AbortController();
  const samples: PenSample[] = [];
  async function take(): Promise<Result<void>> {
    const coming = pad.acquire(stop.signal);
    for (;;) {
      const next = await coming.next();
      if (next.done) return next.value;
      samples.push(next.value);
    }
  }
  return { samples, end: take(), stop: () => stop.abort() };
}
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code);
async function until(condition: () => boolean, what: string): Promise<void> {
  for (let i = 0; !condition(); i++) {
    if (i > 500) throw new Error(`not within 5 s: ${what}`);
    await delay(10);
  }
}

describe.each(pads)('$name', ({ name, make, asks }) => {
  let pad: SignaturePad;
  beforeEach(() => {
    pad = make();
  });
  afterEach(async () => {
    await disturb(null);
    await pad.close();
  });

  const act = async (what: object) =>
    value(await bench.send({ command: 'device', device: name, act: { ...what } }));
  const disturb = async (as: WireFault | null, rate = 1) =>
    value(await bench.send({ command: 'disturb', device: name, as, rate }));
  const plug = async (into: boolean) => value(await bench.send({ command: 'plug', device: name, in: into }));
  let moves = 0;
  /** Moves a pen over the pad until it is seen. */
  async function seen({ samples, end }: Capture): Promise<void> {
    let over: Result<void> | undefined;
    void end.then((result) => {
      over = result;
    });
    const before = samples.length;
    for (let i = 0; samples.length === before; i++) {
      if (over || i > 200) throw new Error(`not seen: ${over ? codeOf(over) : 'silence'}`);
      await act({ hover: [1 + (++moves % 50), 1 + (moves % 30)] });
      await delay(10);
    }
  }
  const line = Array.from({ length: 20 }, (_, i) => [20 + i, 30 - i / 2, 0.2 + i / 40] as const);
  /** Draws the line, and waits for its end: the pen lifted. */
  async function draw({ samples }: Capture): Promise<PenSample[]> {
    const before = samples.length;
    await act({ stroke: line });
    await until(() => samples.length > before && samples.at(-1)?.down === false, 'the end of the line');
    return samples.slice(before);
  }
  const fits = (sample: PenSample, [x, y, pressure]: readonly [number, number, number]) =>
    Math.abs(sample.x - x) < 0.04 &&
    Math.abs(sample.y - y) < 0.04 &&
    Math.abs(sample.pressure - pressure) < 0.01;

  it('tells who it is, and takes a line as it was drawn', async () => {
    expect(pad.traits).toBeUndefined();
    expect(await pad.check(never)).toMatchObject({ ok: true });
    expect(pad.traits?.x.perMm).toBeGreaterThan(15);
    const taken = capture(pad);
    await seen(taken);
    const drawn = await draw(taken);
    expect(drawn).toHaveLength(line.length + 1);
    for (const [i, point] of line.entries()) expect(fits(drawn[i]!, point)).toBe(true);
    expect(drawn.slice(0, -1).every(({ down }) => down)).toBe(true);
    const times = taken.samples.map(({ time }) => time);
    expect(times[0]).toBe(0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    taken.stop();
    expect(await taken.end).toEqual({ ok: true, value: undefined });
  });

  it('takes a whole signature, sample by sample, in two strokes', async () => {
    const taken = capture(pad);
    await seen(taken);
    const before = taken.samples.length;
    const { samples } = (await act({ sign: { seed: 'Endah' } })) as { samples: number };
    // With the signature the pen leaves: that is told where it was down, as the end of the stroke.
    await until(() => taken.samples.length >= before + samples, 'all of the signature');
    const signature = taken.samples.slice(before);
    const lifts = signature.filter(({ down }, i) => !down && signature[i - 1]?.down);
    expect(lifts).toHaveLength(2);
    expect(new Set(signature.map(({ pressure }) => pressure)).size).toBeGreaterThan(20);
    taken.stop();
    await taken.end;
  });

  it('ends at once when it is cancelled, and takes the next', async () => {
    const taken = capture(pad);
    await seen(taken);
    taken.stop();
    const roundTrip = act({ hover: [60, 1] }).then(() => 'late');
    expect(await Promise.race([taken.end.then(codeOf), roundTrip])).toBe('ok');
    await roundTrip;
    const count = taken.samples.length;
    const next = capture(pad);
    await seen(next);
    expect(taken.samples).toHaveLength(count);
    next.stop();
    expect(codeOf(await next.end)).toBe('ok');
  });

  it('is for one at a time, and for nobody once closed', async () => {
    const taken = capture(pad);
    await seen(taken);
    expect(codeOf(await capture(pad).end)).toBe('PAD-BUSY');
    expect(codeOf(await pad.check(never))).toBe('PAD-BUSY');
    expect(codeOf((await pad.heartbeat?.(never))!)).toBe('ok');
    await pad.close();
    expect(codeOf(await taken.end)).toBe('ok');
    expect(codeOf(await capture(pad).end)).toBe('PAD-LOST');
    expect(codeOf(await pad.check(never))).toBe('PAD-LOST');
  });

  it('is not disturbed by slow pieces, and gives no sample that was torn', async () => {
    const taken = capture(pad);
    await seen(taken);
    await disturb('slow');
    expect(await draw(taken)).toHaveLength(line.length + 1);
    await disturb('torn', 0.3);
    const before = taken.samples.length;
    await act({ stroke: line });
    await disturb(null);
    await seen(taken);
    const whole = await draw(taken);
    expect(whole.filter((sample) => line.some((point) => fits(sample, point)))).toHaveLength(line.length);
    const drawn = taken.samples.slice(before).filter(({ down }) => down);
    if (name !== 'evdev')
      expect(drawn.every((sample) => line.some((point) => near(sample, point)))).toBe(true);
    taken.stop();
    await taken.end;
  });
  /** A torn pressure leaves the one before it. */
  const near = (sample: PenSample, [x, y]: readonly [number, number, number]) =>
    fits(sample, [x, y, sample.pressure]);

  it('works on after noise and flipped bits', async () => {
    const taken = capture(pad);
    await seen(taken);
    for (const fault of ['noise', 'checksum'] as const) {
      await disturb(fault);
      await act({ stroke: line });
    }
    await disturb(null);
    await seen(taken);
    expect((await draw(taken)).filter((sample) => line.some((point) => fits(sample, point)))).toHaveLength(
      line.length,
    );
    taken.stop();
    await taken.end;
  });

  it('is told when it is unplugged under way, and found again', async () => {
    const taken = capture(pad);
    await seen(taken);
    await plug(false);
    const unplugged = performance.now();
    expect(codeOf(await taken.end)).toBe('PAD-LOST');
    expect(performance.now() - unplugged).toBeLessThan(1_000);
    expect(codeOf(await pad.check(never))).toBe('PAD-ABSENT');
    expect(codeOf((await pad.heartbeat?.(never))!)).toBe('PAD-LOST');
    await plug(true);
    expect(codeOf(await pad.check(never))).toBe('ok');
    const next = capture(pad);
    await seen(next);
    next.stop();
    await next.end;
  });

  it('that hangs says nothing until its power was switched off and on', async () => {
    await disturb('hung');
    if (asks) expect(codeOf(await capture(pad).end)).toBe('PAD-SILENT');
    for (const on of [false, true]) value(await bench.send({ command: 'power', device: name, on }));
    expect(codeOf(await pad.check(never))).toBe('ok');
    expect(codeOf((await pad.heartbeat?.(never))!)).toBe('ok');
    const taken = capture(pad);
    await seen(taken);
    taken.stop();
    await taken.end;
  });
});

describe('isdv4', () => {
  it('whose answers always come spoilt is told so', async () => {
    const pad = createWacomIsdv4(isdv4);
    // An answer without its first byte, or without its last, is none.
    value(await bench.send({ command: 'disturb', device: 'isdv4', as: 'torn' }));
    expect(['PAD-GARBLED', 'PAD-SILENT']).toContain(codeOf(await pad.check(never)));
    value(await bench.send({ command: 'disturb', device: 'isdv4', as: null }));
    expect(await pad.check(never)).toEqual({
      ok: true,
      value: { identity: 'Wacom ISDV4 pen, version 258, 96 × 60 mm' },
    });
    await pad.close();
  });
});

describe('a pad that tells no size', () => {
  it('needs it in the configuration', async () => {
    const pad = createWacomStu({ ...stu, ranges: undefined });
    expect(codeOf(await pad.check(never))).toBe('PAD-SCALE-UNKNOWN');
    await pad.close();
  });
});
