/**
 * The fingers of a step: four or two at once on a scanner for slaps, which tells them apart itself; else one after the
 * other in the same step. The best of several presses of each is kept.
 */
import type { FingerTemplate } from '../biometrics/fingerprint/template.ts';
import type { FingerRequest, FingerSensor } from '../devices/fingerprint/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type FingerPosition, LEFT_FOUR, RIGHT_FOUR, THUMBS } from '../rules/finger-position.ts';
import { askUntilGood } from './ask.ts';
import { Collection } from './collection.ts';
import type { Captured, Capturing, Reason } from './events.ts';
import { type Press, pressOf, readFrame } from './finger.ts';
import type { CapturePolicy } from './settings.ts';

const SLAPS = [RIGHT_FOUR, LEFT_FOUR, THUMBS];

/**
 * Decibels from which two presses of one step, given as different fingers, are one: the last finger still lies there.
 * One pair of strangers in a million is so alike (thresholds.ts); the guard of the whole session decides the others.
 */
const STILL_THERE = 60;

/** What is said of a print that is none (quality.ts); of a poor one it is said with some quality. */
const NO_FINGER: ReadonlySet<Reason> = new Set(['FINGER-NONE', 'FINGER-NOT-A-FINGER', 'FINGER-GLASS-DIRTY']);

/**
 * @param positions the fingers of the step that the resident has, in the order in which they are asked for
 * @returns CAPTURE-CANCELLED, CAPTURE-SENSOR-GRADE, CAPTURE-RECORD-OTHER; GUARD-FINGER-REPEATED when the last finger is
 *   not taken away; FINGER-NONE; FINGER-IMAGE-…; SENSOR-…, SBI-…
 */
export async function captureFingers(
  sensor: FingerSensor,
  positions: readonly FingerPosition[],
  { threshold, tries }: CapturePolicy['finger'],
  capturing: Capturing,
): Promise<Result<Captured>> {
  const { slap, enrolmentGrade } = sensor.traits;
  if (!enrolmentGrade) return fail('CAPTURE-SENSOR-GRADE', sensor.id);
  const collection = new Collection({ kind: 'finger', device: sensor.id, threshold }, capturing);
  const step: Step = { sensor, tries, collection, capturing, laid: new Map() };
  const parts = slap ? slapsOf(positions) : positions.map((position) => ({ positions: [position] }));
  for (const part of parts) {
    const done = await askFor(part, step);
    if (!done.ok) return done;
    if (capturing.enough.aborted) break;
  }
  return collection.captured('FINGER-NONE');
}

interface Step {
  readonly sensor: FingerSensor;
  readonly tries: number;
  readonly collection: Collection;
  readonly capturing: Capturing;
  /** The best of each finger so far. */
  readonly laid: Map<FingerPosition, FingerTemplate>;
}

/** A scanner for slaps wants to know which fingers of each are not to be expected. */
function slapsOf(positions: readonly FingerPosition[]): FingerRequest[] {
  return SLAPS.flatMap((whole) => {
    const wanted = whole.filter((position) => positions.includes(position));
    const exceptions = whole.filter((position) => !positions.includes(position));
    return wanted.length > 0 ? [{ positions: wanted, exceptions }] : [];
  });
}

function askFor(want: FingerRequest, step: Step): Promise<Result> {
  const { sensor, tries, collection, capturing } = step;
  return askUntilGood<PlacedPress>(
    {
      places: want.positions.map((position) => ({ position })),
      tries,
      acquire: (signal) => pressesOf(want, step, signal),
      preview: sensor.preview && ((signal) => sensor.preview!(want, signal)),
      async take({ position, press }) {
        const refused = await refusal(position, press, step);
        return refused.ok ? offer(position, press, step) : refused;
      },
    },
    collection,
    capturing,
  );
}

interface PlacedPress {
  readonly position: FingerPosition;
  readonly press: Press;
}

/** One press of a finger; of a slap, one for each finger. */
async function* pressesOf(
  want: FingerRequest,
  { sensor, capturing }: Step,
  signal: AbortSignal,
): AsyncGenerator<PlacedPress, Result<void>> {
  const { biometrics, show } = capturing;
  const frames = sensor.acquire(want, signal);
  try {
    if (!sensor.traits.slap) {
      const press = await pressOf(frames, want.positions, biometrics, (image) =>
        show(() => biometrics.preview(image)),
      );
      if (!press.ok) return press;
      yield { position: want.positions[0]!, press: press.value };
      return ok();
    }
    for (;;) {
      const frame = await frames.next();
      if (frame.done) return frame.value;
      if (!('record' in frame.value)) return fail('SENSOR-REFUSED', 'an image of several fingers');
      const press = await readFrame(frame.value, want.positions, biometrics);
      if (!press.ok) return press;
      yield { position: frame.value.position, press: press.value };
    }
  } finally {
    await frames.return(ok());
  }
}

/** @returns why a press is none that could be kept: it shows no finger, or another one of the step once more */
async function refusal(
  position: FingerPosition,
  { extraction }: Press,
  { laid, capturing }: Step,
): Promise<Result> {
  const { template, reasons } = extraction;
  const [reason] = reasons;
  if (template.quality === 0 && reason && NO_FINGER.has(reason)) return fail(reason);
  for (const [other, earlier] of laid) {
    if (other === position) continue;
    const score = await capturing.biometrics.match(template, earlier);
    if (!score.ok) return score;
    if (score.value >= STILL_THERE) return fail('GUARD-FINGER-REPEATED', `position ${other}`);
  }
  return ok();
}

async function offer(position: FingerPosition, press: Press, step: Step): Promise<Result> {
  const { image, certified, extraction } = press;
  const { template, reasons } = extraction;
  const { quality } = template;
  const { biometrics, now } = step.capturing;
  if (quality > (step.laid.get(position)?.quality ?? -1)) step.laid.set(position, template);
  return step.collection.offer(
    { position },
    {
      quality,
      reasons,
      ...(certified && { proof: certified.proof }),
      make: async () =>
        certified
          ? ok({ record: certified.record, template: certified.template })
          : biometrics.keepFinger(image, template, position, now()),
    },
  );
}
