/**
 * Somebody new on the list of staff: appointment, training and PINs, and what they show while they stand here: their card,
 * and their index fingers, by which the guards tell them from residents and by which they answer for corrections.
 */
import { encodeFingerMinutiae } from '../biometrics/records/finger-minutiae.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { NewStaff, StaffFinger } from '../store/staff.ts';
import type { Store } from '../store/store.ts';
import { type AskedFactor, createFactors, type FactorParts, type Factors } from './staff-factors.ts';

export interface EnrolmentParts extends FactorParts {
  readonly store: Pick<Store, 'staff'>;
}

export interface Enrolment extends Omit<NewStaff, 'fingers' | 'cardUid'> {
  /** Their card is laid on the reader. */
  readonly showsCard: boolean;
  /** These are pressed one after the other. */
  readonly showsFingers: readonly FingerPosition[];
}

/**
 * Errors: those of the store's enrolment and of card and finger (staff-factors.ts); the reason of a finger that is too
 * poor to be known by. Nothing is stored then.
 */
export type Enrol = (
  enrolment: Enrolment,
  by: string,
  asked: (factor: AskedFactor) => void,
  signal: AbortSignal,
) => Promise<Result>;

/** A finger below it is asked for again, 0–100: every later comparison is with this one press. */
const LEAST_QUALITY = 40;

export function createEnrol(parts: EnrolmentParts): Enrol {
  return async ({ showsCard, showsFingers, ...member }, by, asked, signal) => {
    const factors = createFactors(parts, asked);
    const uid = showsCard ? await factors.card(signal) : ok(undefined);
    if (!uid.ok) return uid;
    const fingers = await pressAll(factors, showsFingers, signal);
    if (!fingers.ok) return fingers;
    return parts.store.staff.enrol(
      { ...member, ...(uid.value && { cardUid: uid.value }), fingers: fingers.value },
      by,
    );
  };
}

async function pressAll(
  factors: Factors,
  positions: readonly FingerPosition[],
  signal: AbortSignal,
): Promise<Result<Omit<StaffFinger, 'staffId'>[]>> {
  const fingers: Omit<StaffFinger, 'staffId'>[] = [];
  for (const position of positions) {
    const pressed = await factors.finger([position], signal);
    if (!pressed.ok) return pressed;
    const { template, reasons } = pressed.value;
    if (template.quality < LEAST_QUALITY)
      return fail(reasons[0] ?? 'FINGER-NONE', `position ${position}, quality ${template.quality}`);
    fingers.push({ position, template: encodeFingerMinutiae([{ ...template, position }]) });
  }
  return ok(fingers);
}
