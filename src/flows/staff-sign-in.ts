/**
 * A member of the staff signs in: PIN, and where the policy asks for it the own card on a reader or the own finger on the
 * sensor. A duress PIN goes the very same way; the store tells the audit and the centre, and nobody here.
 */
import { thresholdsFor } from '../biometrics/fingerprint/thresholds.ts';
import type { Biometrics } from '../biometrics/pool.ts';
import { decodeFingerMinutiae } from '../biometrics/records/finger-minutiae.ts';
import { ok, type Result } from '../failures/failure.ts';
import type { Login, LoginRules, StaffFinger } from '../store/staff.ts';
import type { Store } from '../store/store.ts';
import { type AskedFactor, createFactors, type FactorParts, type Factors } from './staff-factors.ts';

export interface SignInParts extends FactorParts {
  readonly store: Pick<Store, 'staff'>;
  readonly rules: LoginRules;
}

export type SignedIn = Pick<Login, 'id' | 'name' | 'role'>;

/**
 * Errors: those of the store's login and of the second factor (staff-factors.ts), also when `signal` ends the waiting: a
 * PIN alone opens nothing then.
 * @param asked called when card or finger is waited for
 */
export type SignIn = (
  attempt: { readonly id: string; readonly pin: string },
  asked: (factor: AskedFactor) => void,
  signal: AbortSignal,
) => Promise<Result<SignedIn>>;

export function createSignIn(parts: SignInParts): SignIn {
  const { store, rules, biometrics } = parts;
  return async (attempt, asked, signal) => {
    const factors = createFactors(parts, asked);
    const uid = rules.secondFactor === 'card' ? await factors.card(signal) : ok(undefined);
    if (!uid.ok) return uid;
    const entered = await store.staff.login({ ...attempt, ...(uid.value && { cardUid: uid.value }) }, rules);
    if (!entered.ok) return entered;
    const { id, name, role, fingers } = entered.value;
    if (fingers.length > 0) {
      const matched = await matchFinger(factors, biometrics, fingers, signal);
      if (!matched.ok) return matched;
      const confirmed = await store.staff.confirmFinger(id, matched.value, rules);
      if (!confirmed.ok) return confirmed;
    }
    return ok({ id, name, role });
  };
}

/** Whether the live finger is one of those that are enrolled. */
async function matchFinger(
  factors: Factors,
  biometrics: Pick<Biometrics, 'match'>,
  enrolled: readonly StaffFinger[],
  signal: AbortSignal,
): Promise<Result<boolean>> {
  const [first, ...others] = enrolled.map(({ position }) => position);
  if (first === undefined) return ok(false);
  const captured = await factors.finger([first, ...others], signal);
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
