/** The drivers of both kinds of scanner against their emulators in another process, over a pty and a named pipe. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKeyboardWedge } from '../../../src/devices/code-scanner/keyboard-wedge.ts';
import type { CodeScanner } from '../../../src/devices/code-scanner/port.ts';
import { createSerialScanner } from '../../../src/devices/code-scanner/serial-scanner.ts';
import { type Bench, startBench } from '../../../src/virtual/client.ts';
import type { WireFault } from '../../../src/virtual/device.ts';
import { codeOf, value } from '../../support/bench-kiosk.ts';

const never = new AbortController().signal;
const folder = await mkdtemp(path.join(tmpdir(), 'anjungan-scanners-'));
const at = (id: string) => ({ id, kind: 'code-scanner' as const, port: path.join(folder, id) });
const serial = {
  ...at('serial'),
  driver: 'serial' as const,
  baudRate: 9_600 as const,
  ends: 'line' as const,
};
const endless = { ...serial, ...at('endless'), ends: 'quiet' as const };
const wedge = { ...at('wedge'), driver: 'keyboard-wedge' as const };

let bench: Bench;
beforeAll(async () => {
  bench = value(await startBench({ folder, readers: [], devices: [serial, endless, wedge] }));
});
afterAll(async () => {
  await bench?.stop();
  await rm(folder, { recursive: true });
});

/** What comes of listening, as it comes. */
function listen(scanner: CodeScanner) {
  const stop = new AbortController();
  const codes: string[] = [];
  async function take() {
    const coming = scanner.scan(stop.signal);
    for (;;) {
      const next = await coming.next();
      if (next.done) return codeOf(next.value);
      codes.push(next.value);
    }
  }
  return { codes, end: take(), stop: () => stop.abort() };
}
type Listening = ReturnType<typeof listen>;

describe.each([
  { name: 'serial', make: () => createSerialScanner(serial) },
  { name: 'endless', make: () => createSerialScanner(endless) },
  { name: 'wedge', make: () => createKeyboardWedge(wedge) },
])('$name', ({ name, make }) => {
  let scanner: CodeScanner;
  beforeEach(() => {
    scanner = make();
  });
  afterEach(async () => {
    await disturb(null);
    await scanner.close();
  });
  const hold = async (code: string) =>
    value(await bench.send({ command: 'device', device: name, act: { scan: code } }));
  const disturb = async (as: WireFault | null) =>
    value(await bench.send({ command: 'disturb', device: name, as }));
  let tries = 0;
  /** Holds a code before the scanner, again and again, until it is heard. */
  async function heard({ codes, end }: Listening): Promise<void> {
    let over: string | null | undefined;
    void end.then((code) => {
      over = code;
    });
    const code = `probe-${++tries}`;
    for (let i = 0; !codes.includes(code); i++) {
      if (over !== undefined || i > 20) throw new Error(`not heard: ${over}`);
      await hold(code);
      await until(() => codes.includes(code), 250);
    }
    // Those of which nobody had heard are heard by now.
    await delay(200);
    codes.length = 0;
  }
  async function until(condition: () => boolean, ms: number): Promise<boolean> {
    for (let left = ms; left > 0 && !condition(); left -= 10) await delay(10);
    return condition();
  }

  it('takes one code after the other, as it is', async () => {
    expect(await scanner.check(never)).toMatchObject({ ok: true });
    const listening = listen(scanner);
    await heard(listening);
    const codes = [
      '{"case":"ANJ-17","to":"Kelurahan Menteng"}',
      `${'eyJhbGciOiJFZERTQSJ9.'.repeat(40)}~`,
      'x',
    ];
    for (const [i, code] of codes.entries()) {
      await hold(code);
      expect(await until(() => listening.codes.length === i + 1, 3_000)).toBe(true);
    }
    expect(listening.codes).toEqual(codes);
    listening.stop();
    expect(await listening.end).toBeNull();
  });

  it('ends at once when it is cancelled, and forgets what was scanned while nobody listened', async () => {
    const listening = listen(scanner);
    await heard(listening);
    listening.stop();
    const roundTrip = hold('for nobody').then(() => 'late');
    expect(await Promise.race([listening.end, roundTrip])).toBeNull();
    await roundTrip;
    await delay(300);
    const next = listen(scanner);
    await delay(200);
    await hold('for somebody');
    expect(await until(() => next.codes.length > 0, 3_000)).toBe(true);
    expect(next.codes).toEqual(['for somebody']);
    next.stop();
    await next.end;
  });

  it('is for one at a time', async () => {
    const listening = listen(scanner);
    expect(await listen(scanner).end).toBe('SCANNER-BUSY');
    expect(codeOf(await scanner.check(never))).toBe('SCANNER-BUSY');
    listening.stop();
    await listening.end;
  });

  it('gives no torn code, and works on after noise and flipped bits', async () => {
    const listening = listen(scanner);
    await heard(listening);
    for (const fault of ['torn', 'noise', 'checksum', 'silent', 'slow'] as const) {
      await disturb(fault);
      await hold('0123456789-0123456789');
      await delay(160);
    }
    await disturb(null);
    await heard(listening);
    await hold('well');
    expect(await until(() => listening.codes.includes('well'), 3_000)).toBe(true);
    listening.stop();
    await listening.end;
  });

  it('is told when it is unplugged under way, and found again', async () => {
    const listening = listen(scanner);
    await heard(listening);
    value(await bench.send({ command: 'plug', device: name, in: false }));
    expect(await listening.end).toBe('SCANNER-LOST');
    expect(codeOf(await scanner.check(never))).toBe('SCANNER-ABSENT');
    value(await bench.send({ command: 'plug', device: name, in: true }));
    expect(codeOf(await scanner.check(never))).toBeNull();
    expect(codeOf((await scanner.heartbeat?.(never))!)).toBeNull();
  });

  it('that hangs says nothing until its power was switched off and on', async () => {
    await disturb('hung');
    const listening = listen(scanner);
    await delay(100);
    await hold('lost');
    for (const on of [false, true]) value(await bench.send({ command: 'power', device: name, on }));
    await heard(listening);
    listening.stop();
    expect(await listening.end).toBeNull();
  });
});
