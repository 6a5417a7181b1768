/** One press of a finger: the sensor's frames go to a worker, the best one stays. */
import type { Extraction } from '../biometrics/fingerprint/extract.ts';
import { GOOD } from '../biometrics/fingerprint/quality.ts';
import { STILL } from '../biometrics/fingerprint/slide.ts';
import type { Biometrics } from '../biometrics/pool.ts';
import type { FingerSensor, Frame } from '../devices/fingerprint/port.ts';
import type { SbiProof } from '../devices/transport/sbi-proof.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { GrayImage } from '../rules/gray-image.ts';

/** What a frame shows. */
export interface Press {
  readonly image: GrayImage;
  readonly extraction: Extraction;
  /** What a certified device made of it. */
  readonly certified?: {
    readonly record: Uint8Array;
    /** ISO/IEC 19794-2:2005. */
    readonly template: Uint8Array;
    readonly proof: SbiProof;
  };
}

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
  const positions = [position];
  const frames = sensor.acquire({ positions }, signal);
  try {
    const pressed = await pressOf(frames, positions, biometrics);
    return pressed.ok ? ok(pressed.value.extraction) : pressed;
  } finally {
    // Also where a frame could not be looked at: a sensor that is not told stays in use.
    await frames.return(ok());
  }
}

/**
 * @param frames are the caller's to let go of
 * @param positions what was asked for
 * @param seen is called with each image
 */
export async function pressOf(
  frames: ReturnType<FingerSensor['acquire']>,
  positions: readonly FingerPosition[],
  biometrics: Biometrics,
  seen: (image: GrayImage) => void = () => {},
): Promise<Result<Press>> {
  let best: Press | undefined;
  let before: Press | undefined;
  for (;;) {
    const step = await frames.next();
    if (step.done) {
      if (best) return ok(best);
      return step.value.ok ? fail('FINGER-NONE') : step.value;
    }
    const shown = await readFrame(step.value, positions, biometrics);
    if (!shown.ok) return shown;
    seen(shown.value.image);
    const press = await judged(shown.value, before, biometrics);
    if (!press.ok) return press;
    before = press.value;
    if (!best || qualityOf(before) > qualityOf(best)) best = before;
    if (qualityOf(best) >= GOOD) return ok(best);
  }
}

const qualityOf = ({ extraction }: Press) => extraction.template.quality;

/** A frame in which the finger has moved since the frame before it is not good. */
async function judged(
  press: Press,
  before: Press | undefined,
  biometrics: Biometrics,
): Promise<Result<Press>> {
  if (!before) return ok(press);
  const { template, reasons } = press.extraction;
  const slid = await biometrics.slide(before.extraction.template, template);
  if (!slid.ok) return slid;
  if (slid.value === undefined || slid.value <= STILL) return ok(press);
  const others = reasons.filter((reason) => reason !== 'FINGER-MOVED');
  const quality = Math.min(template.quality, GOOD - 1);
  const extraction = { template: { ...template, quality }, reasons: ['FINGER-MOVED' as const, ...others] };
  return ok({ ...press, extraction });
}

/**
 * @param positions what was asked for
 * @returns CAPTURE-RECORD-OTHER when a record, or its device, tells another finger; FINGER-IMAGE-…, FINGER-WSQ-INVALID
 *   when it cannot be read
 */
export async function readFrame(
  frame: Frame,
  positions: readonly FingerPosition[],
  biometrics: Biometrics,
): Promise<Result<Press>> {
  if ('image' in frame) {
    const extracted = await biometrics.extract(frame.image);
    return extracted.ok ? ok({ image: frame.image, extraction: extracted.value }) : extracted;
  }
  const { record, proof } = frame;
  if (!positions.includes(frame.position))
    return fail('CAPTURE-RECORD-OTHER', `position ${frame.position} was not asked for`);
  const read = await biometrics.readFinger(record);
  if (!read.ok) return read;
  const { position, image, extraction, template } = read.value;
  if (position !== frame.position)
    return fail('CAPTURE-RECORD-OTHER', `a record of position ${position} for ${frame.position}`);
  return ok({ image, extraction, certified: { record, template, proof } });
}
