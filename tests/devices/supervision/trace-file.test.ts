import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFlightRecorder } from '../../../src/devices/supervision/flight-recorder.ts';
import {
  decodeBytes,
  decodeTrace,
  encodeBytes,
  encodeTrace,
} from '../../../src/devices/supervision/trace-file.ts';

/** Bytes with runs in them, as images have. */
const bytes = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 300 })), { maxLength: 20 })
  .map((runs) => Uint8Array.from(runs.flatMap(([byte, count]) => Array<number>(count).fill(byte))));

describe('a trace', () => {
  test('is read as it was written', () => {
    const entry = fc.oneof(
      fc.record({ at: fc.nat(), sent: bytes.map(encodeBytes) }),
      fc.record({ at: fc.nat(), received: bytes.map(encodeBytes) }),
      fc.record({ at: fc.nat(), event: fc.string({ maxLength: 200 }) }),
    );
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const trace = {
          head: {
            trace: 1 as const,
            device: 'finger',
            settings: { driver: 'r30x', kind: 'finger-sensor', baudRate: 57_600 },
          },
          entries,
        };
        expect(decodeTrace(encodeTrace(trace))).toEqual({ ok: true, value: trace });
      }),
    );
    fc.assert(
      fc.property(bytes, (some) => {
        expect(decodeBytes(encodeBytes(some))).toEqual({ ok: true, value: some });
      }),
    );
  });

  test('an overwritten image is short', () => {
    expect(encodeBytes(new Uint8Array(145_000))).toBe('(00*145000)');
  });

  test('whatever else a file holds has a code', () => {
    const head = '{"trace":1,"device":"x","settings":{"driver":"r30x","kind":"finger-sensor"}}\n';
    for (const text of [
      '',
      'x',
      '{}',
      `${head}{"at":1}`,
      `${head}{"at":1,"sent":"0"}`,
      `${head}{"at":-1,"event":""}`,
    ]) {
      expect(decodeTrace(text)).toMatchObject({ failure: { code: 'TRACE-INVALID' } });
    }
    fc.assert(
      fc.property(fc.string(), (noise) => {
        expect(decodeTrace(noise)).toMatchObject({ failure: { code: 'TRACE-INVALID' } });
      }),
    );
    expect(decodeBytes('(00*9999999)')).toMatchObject({ failure: { code: 'TRACE-INVALID' } });
  });
});

describe('the flight recorder', () => {
  test('keeps what was said, redacted, and forgets the oldest', () => {
    let time = 0;
    const recorder = createFlightRecorder(() => time++);
    const redact = (some: Uint8Array) => some.map((byte) => (byte > 9 ? 0 : byte));
    const wire = recorder.wire('finger', { sent: redact, received: redact });
    wire.event('opened');
    wire.sent(Uint8Array.of(1, 2));
    wire.received(Uint8Array.of(3, 200, 4));
    expect(recorder.entries('finger')).toEqual([
      { at: 0, event: 'opened' },
      { at: 1, sent: '0102' },
      { at: 2, received: '030004' },
    ]);
    for (let i = 0; i < 10_000; i++) wire.sent(Uint8Array.of(1, 2, 3));
    const kept = recorder.entries('finger');
    expect(kept.length).toBeLessThan(2_000);
    expect(kept.at(-1)).toEqual({ at: 10_002, sent: '010203' });
  });

  test('keeps no byte of a wire that nobody can redact', () => {
    const recorder = createFlightRecorder(() => 0);
    const wire = recorder.wire('printer', undefined);
    wire.received(Uint8Array.of(1));
    wire.event('closed');
    expect(recorder.entries('printer')).toEqual([{ at: 0, event: 'closed' }]);
    expect(recorder.entries('another')).toEqual([]);
  });
});
