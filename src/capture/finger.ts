/** One press of a finger: the sensor's frames go to a worker, the best one stays. */
import type { Extraction } from '../biometrics/fingerprint/extract.ts';
import type { Biometrics } from '../biometrics/pool.ts';
import { readFinger } from '../biometrics/records/read-finger.ts';
import type { FingerSensor, Frame } from '../devices/fingerprint/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { GrayImage } from '../rules/gray-image.ts';

/** Quality from which no better frame is waited for, 0–100. */
const GOOD_ENOUGH = 60;

/**
 * Waits for a finger and answers what the best frame holds. A one-shot sensor gives one frame; a live one is
 * watched until a frame is good enough or the sensor ends. Aborting `signal` lets go of the sensor at once.
 */
export async function captureFinger(
  sensor: FingerSensor,
  biometrics: Biometrics,
  position: FingerPosition,
  signal: AbortSignal,
): Promise<Result<Extraction>> {
  const frames = sensor.acquire({ positions: [position] }, signal);
  let best: Extraction | undefined;
  for (;;) {
    const step = await frames.next();
    if (step.done) {
      if (best) return ok(best);
      return step.value.ok ? fail('FINGER-NONE') : step.value;
    }
    const image = await imageOf(step.value);
    if (!image.ok) return image;
    const extracted = await biometrics.extract(image.value);
    if (!extracted.ok) return extracted;
    if (!best || extracted.value.template.quality > best.template.quality) best = extracted.value;
    if (best.template.quality >= GOOD_ENOUGH) {
      await frames.return(ok());
      return ok(best);
    }
  }
}

async function imageOf(frame: Frame): Promise<Result<GrayImage>> {
  if ('image' in frame) return ok(frame.image);
  const finger = await readFinger(frame.record);
  if (!finger.ok) return finger;
  return finger.value.kind === 'image'
    ? ok(finger.value.image)
    : fail('SENSOR-REFUSED', 'a record of minutiae');
}
