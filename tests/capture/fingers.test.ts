import { afterAll, describe, expect, test } from 'vitest';
import { extract } from '../../src/biometrics/fingerprint/extract.ts';
import { createBiometrics } from '../../src/biometrics/pool.ts';
import { keepFinger } from '../../src/biometrics/samples/finger-sample.ts';
import type { FingerSensor, Frame } from '../../src/devices/fingerprint/port.ts';
import { fail, ok, type Result } from '../../src/failures/failure.ts';
import type { FingerPosition } from '../../src/rules/finger-position.ts';
import { drawnPrint } from '../biometrics/prints.ts';
import { advice, capture } from './recording.ts';

const biometrics = createBiometrics({ threads: 1 });
afterAll(() => biometrics.close());

/** A sensor that gives these frames at each attempt, or fails. */
function sensorOf(slap: boolean, attempt: (time: number) => readonly Frame[] | Result<never>) {
  let time = 0;
  const sensor: Partial<FingerSensor> = {
    id: 'finger',
    traits: { slap, live: false, enrolmentGrade: true, dpi: 500 },
    async *acquire() {
      const frames = attempt(++time);
      if (!Array.isArray(frames)) return frames as Result<never>;
      yield* frames as Frame[];
      return ok();
    },
  };
  return sensor as FingerSensor;
}
const image = drawnPrint();
const { template } = extract(image);
const record = async (position: FingerPosition) =>
  (await keepFinger(image, template, position, new Date())).record;
const proof = { jws: '', hash: '' };
const codeOf = async (sensor: FingerSensor, positions: readonly FingerPosition[]) => {
  const { outcome, events } = await capture(biometrics, { kind: 'fingers', sensor, positions });
  return { code: outcome.ok ? 'ok' : outcome.failure.code, told: advice(events), last: events.at(-1) };
};

describe('a certified record', () => {
  test('must be of the finger that its device says, and of one that was asked for', async () => {
    const ring = await record(9);
    const told = (position: FingerPosition) => sensorOf(true, () => [{ record: ring, position, proof }]);
    expect(await codeOf(told(8), [8])).toMatchObject({ code: 'CAPTURE-RECORD-OTHER' });
    expect(await codeOf(told(9), [8])).toMatchObject({
      code: 'CAPTURE-RECORD-OTHER',
      last: { type: 'failed', failure: { code: 'CAPTURE-RECORD-OTHER' } },
    });
    expect(await codeOf(told(9), [9])).toMatchObject({ code: 'ok' });
  });

  test('must be readable', async () => {
    const torn = (await record(9)).slice(0, 60);
    const sensor = sensorOf(true, () => [{ record: torn, position: 9, proof }]);
    expect(await codeOf(sensor, [9])).toMatchObject({ code: 'FINGER-IMAGE-RECORD-INVALID' });
  });
});

describe('a sensor for one finger', () => {
  const blank = { ...image, data: new Uint8Array(image.data.length).fill(250) };

  test('that sees nothing, again and again, is given up', async () => {
    const { code, told } = await codeOf(
      sensorOf(false, () => [{ image: blank }]),
      [2],
    );
    expect(code).toBe('FINGER-NONE');
    expect(new Set(told)).toEqual(new Set(['FINGER-NONE']));
    expect(told).toHaveLength(19);
  });

  test('that could not take its picture is asked again; one that broke is not', async () => {
    const again = sensorOf(false, (time) => (time === 1 ? fail('SENSOR-SCAN-FAILED') : [{ image }]));
    expect(await codeOf(again, [2])).toMatchObject({ code: 'ok', told: ['SENSOR-SCAN-FAILED'] });
    const lost = sensorOf(false, () => fail('SENSOR-LOST'));
    expect(await codeOf(lost, [2])).toMatchObject({ code: 'SENSOR-LOST', told: [] });
  });
});
