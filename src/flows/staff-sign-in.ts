/**
 * A member of the staff signs in: PIN, and where the policy asks for it the own card on a reader or the own finger on the
 * sensor. A duress PIN goes the very same way; the store tells the audit and the centre, and nobody here.
 */
import type { ActorOptions, AnyActorLogic } from 'xstate';
import { thresholdsFor } from '../biometrics/fingerprint/thresholds.ts';
import type { Biometrics } from '../biometrics/pool.ts';
import { decodeFingerMinutiae } from '../biometrics/records/finger-minutiae.ts';
import { captureFinger } from '../capture/finger.ts';
import type { FingerSensor } from '../devices/fingerprint/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { readState } from '../ktp/read-state.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { Login, LoginRules, StaffFinger } from '../store/staff.ts';
import type { Store } from '../store/store.ts';
import { awaitCard } from './card-watch.ts';
import type { ChipStation } from './parts.ts';

export interface SignInParts {
  readonly store: Pick<Store, 'staff'>;
  readonly rules: LoginRules;
  readonly biometrics: Biometrics;
  /** Of the second factor: the first reader for KTP-el, the first finger sensor. */
  readonly reader: ChipStation | undefined;
  readonly sensor: FingerSensor | undefined;
  /** Moves the patience with card and finger; tests give a simulated one. */
  readonly clock?: NonNullable<ActorOptions<AnyActorLogic>['clock']>;
}

/** What the screen asks for beside the PIN. */
export type SecondFactor =
  | { readonly factor: 'card'; readonly reader: string }
  /** Any of these, which are enrolled. */
  | { readonly factor: 'finger'; readonly fingers: readonly FingerPosition[] };

export type SignedIn = Pick<Login, 'id' | 'name' | 'role'>;

/**
 * Errors: those of the store's login; STAFF-FACTOR-DEVICE without a reader or sensor for the second factor; those of
 * reader and sensor, also when nobody shows anything for a while or `signal` ends the waiting.
 * @param asked called when card or finger is waited for
 */
export type SignIn = (
  attempt: { readonly id: string; readonly pin: string },
  asked: (factor: SecondFactor) => void,
  signal: AbortSignal,
) => Promise<Result<SignedIn>>;

/** Card or finger are waited for so long. */
const PATIENCE_MS = 20_000;

export function createSignIn(parts: SignInParts): SignIn {
  const { store, rules, clock = { setTimeout, clearTimeout } } = parts;

  /** @param show waits for what is to be shown */
  async function patiently<T>(
    signal: AbortSignal,
    show: (signal: AbortSignal) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const over = new AbortController();
    const timer = clock.setTimeout(() => over.abort(), PATIENCE_MS);
    const shown = await show(AbortSignal.any([signal, over.signal]));
    clock.clearTimeout(timer as never);
    return shown;
  }

  return async (attempt, asked, signal) => {
    const uid =
      rules.secondFactor === 'card'
        ? await patiently(signal, (until) => cardUid(parts, asked, until))
        : ok(undefined);
    if (!uid.ok) return uid;
    const entered = await store.staff.login({ ...attempt, ...(uid.value && { cardUid: uid.value }) }, rules);
    if (!entered.ok) return entered;
    const { id, name, role, fingers } = entered.value;
    if (fingers.length > 0) {
      const matched = await patiently(signal, (until) => matchFinger(parts, fingers, asked, until));
      if (!matched.ok) return matched;
      const confirmed = await store.staff.confirmFinger(id, matched.value, rules);
      if (!confirmed.ok) return confirmed;
    }
    return ok({ id, name, role });
  };
}

/** UID8 of the card that lies on the reader: their own KTP-el, which tells it without the SAM. */
async function cardUid(
  { reader: station }: SignInParts,
  asked: (factor: SecondFactor) => void,
  signal: AbortSignal,
): Promise<Result<string>> {
  if (!station) return fail('STAFF-FACTOR-DEVICE', 'card');
  const { reader, profile } = station;
  asked({ factor: 'card', reader: reader.id });
  const there = await awaitCard(reader, signal);
  if (!there.ok) return there;
  const state = await reader.exchange(signal, (slots) => readState(slots, { profile, signal }));
  return state.ok ? ok(state.value.uid) : state;
}

/** Whether the live finger is one of those that are enrolled. */
async function matchFinger(
  { biometrics, sensor }: SignInParts,
  enrolled: readonly StaffFinger[],
  asked: (factor: SecondFactor) => void,
  signal: AbortSignal,
): Promise<Result<boolean>> {
  const [first] = enrolled;
  if (!sensor || !first) return fail('STAFF-FACTOR-DEVICE', 'finger');
  asked({ factor: 'finger', fingers: enrolled.map(({ position }) => position) });
  const captured = await captureFinger(sensor, biometrics, first.position, signal);
  if (!captured.ok) return captured;
  const live = captured.value.template;
  for (const { template } of enrolled) {
    const decoded = decodeFingerMinutiae(template);
    const reference = decoded.ok ? decoded.value[0] : undefined;
    if (!reference) continue;
    const score = await biometrics.match(live, reference);
    if (!score.ok) return score;
    if (score.value >= thresholdsFor(live, reference).far1in10000) return ok(true);
  }
  return ok(false);
}
