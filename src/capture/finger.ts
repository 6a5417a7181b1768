/** One press of a finger: the sensor's frames go to a worker, the best one stays. */
import type { Extraction } from '../biometrics/fingerprint/extract.ts';
import { GOOD } from '../biometrics/fingerprint/quality.ts';
import { STILL } from '../biometrics/fingerprint/slide.ts';
import type { Biometrics } from '../biometrics/pool.ts';
import { readFinger } from '../biometrics/records/read-finger.ts';
import type { FingerSensor, Frame } from '../devices/fingerprint/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { GrayImage } from '../rules/gray-image.ts';

/**
 * Waits for a finger and answers what the best frame holds. A one-shot sensor gives one frame; a live one is
 * watched until a frame is good, the finger lying still, or the sensor ends. Aborting `signal` lets go of the
 * sensor at once.
 */
export async function captureFinger(
  sensor: FingerSensor,
  biometrics: Biometrics,
  position: FingerPosition,
  signal: AbortSignal,
): Promise<Result<Extraction>> {
  const frames = sensor.acquire({ positions: [position] }, signal);
  let best: Extraction | undefined;
  let before: Extraction | undefined;
  for (;;) {
    const step = await frames.next();
    if (step.done) {
      if (best) return ok(best);
      return step.value.ok ? fail('FINGER-NONE') : step.value;
    }
    const image = await imageOf(step.value);
    if (!image.ok) return image;
    const seen = await judged(image.value, before, biometrics);
    if (!seen.ok) return seen;
    before = seen.value;
    if (!best || before.template.quality > best.template.quality) best = before;
    if (best.template.quality >= GOOD) {
      await frames.return(ok());
      return ok(best);
    }
  }
}

/** What a frame holds; one in which the finger has moved since the frame before it is not good. */
async function judged(
  image: GrayImage,
  before: Extraction | undefined,
  biometrics: Biometrics,
): Promise<Result<Extraction>> {
  const extracted = await biometrics.extract(image);
  if (!extracted.ok || !before) return extracted;
  const { template, reasons } = extracted.value;
  const slid = await biometrics.slide(before.template, template);
  if (!slid.ok) return slid;
  if (slid.value === undefined || slid.value <= STILL) return extracted;
  const others = reasons.filter((reason) => reason !== 'FINGER-MOVED');
  const quality = Math.min(template.quality, GOOD - 1);
  return ok({ template: { ...template, quality }, reasons: ['FINGER-MOVED', ...others] });
}

async function imageOf(frame: Frame): Promise<Result<GrayImage>> {
  if ('image' in frame) return ok(frame.image);
  const finger = await readFinger(frame.record);
  if (!finger.ok) return finger;
  return finger.value.kind === 'image'
    ? ok(finger.value.image)
    : fail('SENSOR-REFUSED', 'a record of minutiae');
}
