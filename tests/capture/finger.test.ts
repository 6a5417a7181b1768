import { afterAll, describe, expect, test } from 'vitest';
import { GOOD } from '../../src/biometrics/fingerprint/quality.ts';
import { createBiometrics } from '../../src/biometrics/pool.ts';
import { captureFinger } from '../../src/capture/finger.ts';
import type { FingerSensor } from '../../src/devices/fingerprint/port.ts';
import { ok } from '../../src/failures/failure.ts';
import { RIGHT_INDEX } from '../../src/rules/finger-position.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import { growFinger } from '../../src/virtual/people/finger.ts';
import { takeImpression, throwTouch } from '../../src/virtual/people/impression.ts';
import { leftBehind } from '../../src/virtual/people/mishaps.ts';
import { Random } from '../../src/virtual/people/random.ts';

const biometrics = createBiometrics({ threads: 1 });
afterAll(() => biometrics.close());

const random = new Random('capture');
const finger = growFinger(random.for('ridges'), { wear: 0 });
const touch = throwTouch(random.for('touch'), finger, 0.35);

/** A frame of the finger, pressed so lightly that it is not good, or well, so far from where it was first. */
const frame = (n: number, pressed: 'lightly' | 'well', aside = 0) =>
  takeImpression(
    finger,
    {
      ...touch,
      dx: touch.dx + aside,
      ...(pressed === 'lightly' ? { contact: [70, 95] } : {}),
    },
    random.for(`frame ${n}`),
  );

/** A live sensor that sees these frames and then ends; says how many were taken, and whether it was let go of. */
function seeing(images: readonly GrayImage[]) {
  const seen = { frames: 0, released: false };
  const sensor: Pick<FingerSensor, 'acquire'> = {
    async *acquire() {
      try {
        for (const image of images) {
          seen.frames++;
          yield { image };
        }
        return ok();
      } finally {
        seen.released = true;
      }
    },
  };
  return { sensor: sensor as FingerSensor, seen };
}

const capture = (sensor: FingerSensor) =>
  captureFinger(sensor, biometrics, RIGHT_INDEX, new AbortController().signal);

async function captured(images: readonly GrayImage[]) {
  const { sensor, seen } = seeing(images);
  const best = await capture(sensor);
  if (!best.ok) throw new Error(best.failure.code);
  expect(seen.released).toBe(true);
  return { ...best.value, frames: seen.frames };
}

describe('captureFinger', () => {
  test('takes the first good frame', async () => {
    const { template, reasons, frames } = await captured([
      frame(1, 'lightly'),
      frame(2, 'well'),
      frame(3, 'well'),
    ]);
    expect(template.quality).toBeGreaterThanOrEqual(GOOD);
    expect({ reasons, frames }).toEqual({ reasons: [], frames: 2 });
  });

  test('waits until a sliding finger lies still', async () => {
    const sliding = [frame(1, 'lightly'), frame(2, 'well', 25), frame(3, 'well', 50), frame(4, 'well', 50)];
    const { reasons, frames } = await captured(sliding);
    expect({ reasons, frames }).toEqual({ reasons: [], frames: 4 });
  });

  test('a finger that never lay still: the best frame, and why it is not good', async () => {
    const { template, reasons } = await captured([
      frame(1, 'lightly'),
      frame(2, 'well', 25),
      frame(3, 'well'),
    ]);
    expect(template.quality).toBe(GOOD - 1);
    expect(reasons).toEqual(['FINGER-MOVED']);
  });

  test("the previous person's print is not taken for a finger", async () => {
    const { frames, reasons } = await captured([leftBehind(frame(1, 'well'), 0.2), frame(2, 'well')]);
    expect({ reasons, frames }).toEqual({ reasons: [], frames: 2 });
  });

  test('lets go of the sensor, though its frame could not be looked at', async () => {
    const huge = { width: 1e9, height: 1e9, dpi: 500, data: new Uint8Array(1) };
    const { sensor, seen } = seeing([huge, frame(1, 'well')]);
    expect(await capture(sensor)).toMatchObject({ failure: { code: 'BIOMETRICS-WORKER-DIED' } });
    expect(seen).toEqual({ frames: 1, released: true });
  });
});
