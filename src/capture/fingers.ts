/**
 * The fingers of a step: four or two at once on a scanner for slaps, which tells them apart itself; else one after the
 * other in the same step. The best of several presses of each is kept.
 */
import type { FingerTemplate } from '../biometrics/fingerprint/template.ts';
import type { FingerRequest, FingerSensor, Frame } from '../devices/fingerprint/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type FingerPosition, LEFT_FOUR, RIGHT_FOUR, THUMBS } from '../rules/finger-position.ts';
import { askUntilGood } from './certified.ts';
import { Collection } from './collection.ts';
import type { Captured, Capturing } from './events.ts';
import { type Press, pressOf, readFrame } from './finger.ts';
import type { CapturePolicy } from './settings.ts';

const SLAPS = [RIGHT_FOUR, LEFT_FOUR, THUMBS];

/**
 * Decibels from which two presses of one step, given as different fingers, are one: the last finger still lies there.
 * One pair of strangers in a million is so alike (thresholds.ts); the guard of the whole session decides the others.
 */
const STILL_THERE = 60;
/** Presses that show no finger, or the last one, before it is given up. */
const MOST_MISSES = 20;

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
    const done = await (slap ? captureSlap(part, step) : captureSingle(part.positions[0]!, step));
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

function captureSlap(want: FingerRequest, step: Step): Promise<Result> {
  const { sensor, tries, collection, capturing } = step;
  return askUntilGood<Frame>(
    {
      places: want.positions.map((position) => ({ position })),
      tries,
      acquire: (signal) => sensor.acquire(want, signal),
      preview: sensor.preview && ((signal) => sensor.preview!(want, signal)),
      async take(frame) {
        if (!('record' in frame)) return fail('SENSOR-REFUSED', 'an image of several fingers');
        if (!want.positions.includes(frame.position))
          return fail('CAPTURE-RECORD-OTHER', `position ${frame.position} was not asked for`);
        const press = await readFrame(frame, capturing.biometrics);
        return press.ok ? offer(frame.position, press.value, step) : press;
      },
    },
    collection,
    capturing,
  );
}

async function captureSingle(position: FingerPosition, step: Step): Promise<Result> {
  const { sensor, tries, collection, capturing } = step;
  const { biometrics, show, tell, signal, enough } = capturing;
  const places = [{ position }];
  let misses = 0;
  for (let tried = 0; tried < tries && !collection.isGood(places); ) {
    tell({ type: 'awaited', places });
    const frames = sensor.acquire({ positions: [position] }, AbortSignal.any([signal, enough]));
    const pressed = await pressOf(frames, biometrics, (image) => show(() => biometrics.preview(image)));
    if (signal.aborted) return fail('CAPTURE-CANCELLED');
    if (enough.aborted) return ok();
    const missed = await missedBy(position, pressed, step);
    if (!missed.ok) return missed;
    if (missed.value) {
      if (++misses === MOST_MISSES) return collection.holds(places) ? ok() : fail(missed.value);
      tell({ type: 'feedback', reason: missed.value, position });
      continue;
    }
    tried++;
    const offered = pressed.ok ? await offer(position, pressed.value, step) : pressed;
    if (!offered.ok) return offered;
  }
  return ok();
}

/** Why a press is none that could be kept: it shows no finger, or the one before. */
async function missedBy(position: FingerPosition, pressed: Result<Press>, { laid, capturing }: Step) {
  if (!pressed.ok)
    return pressed.failure.code === 'SENSOR-SCAN-FAILED' ? ok('SENSOR-SCAN-FAILED' as const) : pressed;
  const { template, reasons } = pressed.value.extraction;
  if (template.quality === 0) return ok(reasons[0] ?? 'FINGER-NONE');
  for (const [other, earlier] of laid) {
    if (other === position) continue;
    const score = await capturing.biometrics.match(template, earlier);
    if (!score.ok) return score;
    if (score.value >= STILL_THERE) return ok('GUARD-FINGER-REPEATED' as const);
  }
  return ok(undefined);
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
