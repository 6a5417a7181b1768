/**
 * Guards against mixing people, before anything is stored: ten fingers are ten different ones and nobody else's, the two
 * for the chip are the two that were captured first, and no picture is one that was there before.
 */
import { OWN } from '../biometrics/fingerprint/thresholds.ts';
import type { Biometrics } from '../biometrics/pool.ts';
import { decodeFingerMinutiae } from '../biometrics/records/finger-minutiae.ts';
import type { FingerSample, KnownPerson } from '../biometrics/samples/guard-samples.ts';
import { captureFinger } from '../capture/finger.ts';
import type { FingerSensor } from '../devices/fingerprint/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type FingerPosition, RIGHT_INDEX } from '../rules/finger-position.ts';
import type { NewSample, RecentFinger } from '../store/samples.ts';
import type { StoredFact } from '../store/session-facts.ts';
import type { Store } from '../store/store.ts';
import type { Guards } from './recording-parts.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import { type KeptSubject, viewOf } from './session-view.ts';

export interface GuardParts {
  readonly store: Pick<Store, 'samples' | 'staff'>;
  readonly biometrics: Biometrics;
  readonly sensor: FingerSensor | undefined;
  /** Ids of who is signed in. */
  onDuty(): readonly string[];
  readonly policy: RecordingPolicy;
}

/** Read for the guards, as the audit tells it. */
const BY = 'kiosk';
const HANDS: readonly KeptSubject['step'][] = ['right-four', 'left-four', 'thumbs'];

interface Finger extends FingerSample {
  readonly record: Uint8Array;
}

export function createGuards(parts: GuardParts): Guards {
  const { store, biometrics, policy } = parts;
  /** The hands of the session at hand, as stored: read once, not at each finger. */
  let known: { readonly sessionId: string; readonly fingers: Map<string, Finger> } | undefined;

  async function stored(sessionId: string, facts: readonly StoredFact[]): Promise<Result<Finger[]>> {
    if (known?.sessionId !== sessionId) known = { sessionId, fingers: new Map() };
    const fingers: Finger[] = [];
    for (const { step, sample } of viewOf(facts).kept) {
      if (!HANDS.includes(step)) continue;
      const before = known.fingers.get(sample);
      if (before) {
        fingers.push(before);
        continue;
      }
      const read = await store.samples.read(sessionId, sample, BY, 'guards');
      if (!read.ok) return read;
      const finger = fingerOf(read.value);
      if (!finger) continue;
      known.fingers.set(sample, finger);
      fingers.push(finger);
    }
    return ok(fingers);
  }

  async function others(sessionId: string): Promise<Result<readonly KnownPerson[]>> {
    const recent = await store.samples.recentFingers(policy.guards.recentSessions, sessionId);
    if (!recent.ok) return recent;
    const staff = await store.staff.fingers(parts.onDuty());
    if (!staff.ok) return staff;
    return ok([
      ...grouped(staff.value, ({ staffId }) => staffId).map((fingers) => ({
        role: 'operator' as const,
        fingers,
      })),
      ...grouped(recent.value.filter(hasPosition), ({ sessionId: id }) => id).map((fingers) => ({
        role: 'recent' as const,
        fingers,
      })),
    ]);
  }

  return {
    async check(sessionId, facts, held, lifted) {
      const fresh = held.flatMap((sample) => fingerOf(sample) ?? []);
      if (fresh.length === 0) return ok();
      const before = await stored(sessionId, facts);
      if (!before.ok) return before;
      const again = fresh.filter(({ position }) => before.value.some((one) => one.position === position));
      const same = await isSame(again, before.value, biometrics);
      if (!same.ok) return same;
      const different = before.value.filter(
        ({ position }) => !fresh.some((one) => one.position === position),
      );
      const repeats = await biometrics.guards.refuseRepeats([...different, ...fresh].map(template));
      if (!repeats.ok) return repeats;
      // A finger that matches the session's own was compared with the others before.
      const unseen = fresh.filter((one) => !again.includes(one));
      if (lifted.has('finger-guard') || unseen.length === 0) return ok();
      const people = await others(sessionId);
      if (!people.ok) return people;
      return biometrics.guards.refuseOtherPeople(unseen.map(template), people.value);
    },

    forget() {
      known = undefined;
    },

    async operatorFinger(operator, signal) {
      if (!parts.sensor) return fail('SESSION-NO-DEVICE', 'finger');
      const enrolled = await store.staff.fingers([operator]);
      if (!enrolled.ok) return enrolled;
      const reference = enrolled.value.find(({ position }) => position === RIGHT_INDEX);
      const decoded = reference && decodeFingerMinutiae(reference.template);
      const print = decoded?.ok ? decoded.value[0] : undefined;
      if (!print) return fail('SESSION-OPERATOR-FINGER', 'no right index finger is enrolled');
      const captured = await captureFinger(parts.sensor, biometrics, RIGHT_INDEX, signal);
      if (!captured.ok) return captured;
      const score = await biometrics.match(captured.value.template, print);
      if (!score.ok) return score;
      return score.value >= OWN.far1in10000
        ? ok({ score: score.value })
        : fail('SESSION-OPERATOR-FINGER', `score ${score.value.toFixed(1)}`);
    },
  };
}

/** Each finger that is there again is the one of before, pressed anew. */
async function isSame(
  again: readonly Finger[],
  before: readonly Finger[],
  biometrics: Biometrics,
): Promise<Result> {
  for (const finger of again) {
    const first = before.find(({ position }) => position === finger.position);
    if (!first) continue;
    const [print, reference] = [printOf(finger), printOf(first)];
    if (!print || !reference) return fail('FINGER-RECORD-INVALID');
    const score = await biometrics.match(print, reference);
    if (!score.ok) return score;
    if (score.value < OWN.far1in10000)
      return fail('SESSION-FINGER-OTHER', `position ${finger.position}, score ${score.value.toFixed(1)}`);
    const replay = await biometrics.guards.refuseReplay(finger.record, [first.record]);
    if (!replay.ok) return replay;
  }
  return ok();
}

function printOf({ template: record }: FingerSample) {
  const decoded = decodeFingerMinutiae(record);
  return decoded.ok ? decoded.value[0] : undefined;
}

function fingerOf({ kind, position, template: record, record: image }: NewSample): Finger | undefined {
  if (kind !== 'finger' || position === undefined || record === undefined) return undefined;
  return { position, template: record, record: image };
}

/** Without the image, which no worker needs to be sent. */
const template = ({ position, template: record }: Finger): FingerSample => ({ position, template: record });

const hasPosition = (finger: RecentFinger): finger is RecentFinger & { position: FingerPosition } =>
  finger.position !== null;

function grouped<T extends FingerSample>(fingers: readonly T[], of: (finger: T) => string): FingerSample[][] {
  return [...Map.groupBy(fingers, of).values()].map((group) =>
    group.map(({ position, template: record }) => ({ position, template: record })),
  );
}
