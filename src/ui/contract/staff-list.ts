/** The list of staff: what supervisors see of it and may change, and what everybody may change of their own. */
import { z } from 'zod';
import { type FingerPosition, isFingerPosition } from '../../rules/finger-position.ts';
import { IDENTIFIER } from '../../rules/identifier.ts';

const position = z.custom<FingerPosition>((code) => typeof code === 'number' && isFingerPosition(code));
const role = z.enum(['operator', 'desk', 'supervisor', 'technician']);
const id = z.string().regex(IDENTIFIER).max(64);
const pin = z.string().min(4).max(12);
/** Number of the appointment (SK), and the last days of appointment and training. */
const entitlement = {
  appointment: z.string().min(1).max(60),
  appointedUntil: z.iso.date(),
  trainedUntil: z.iso.date(),
};

export const memberView = z.strictObject({
  id: z.string(),
  name: z.string(),
  role,
  appointment: z.string(),
  appointedUntil: z.string(),
  trainedUntil: z.string(),
  factors: z.array(z.enum(['card', 'finger'])),
  /** ISO 8601; null: not locked. */
  lockedUntil: z.string().nullable(),
  retired: z.boolean(),
});

/** Of the screen itself; `enrol-staff` waits for card and fingers, one after the other (`awaited`). */
export const staffListIntents = [
  z.strictObject({ type: z.literal('show-staff') }),
  z.strictObject({
    type: z.literal('enrol-staff'),
    id,
    name: z.string().min(1).max(60),
    role,
    pin,
    ...entitlement,
    showsCard: z.boolean(),
    showsFingers: z.array(position).max(10),
  }),
  z.strictObject({ type: z.literal('renew-staff'), id, ...entitlement }),
  z.strictObject({ type: z.literal('unlock-staff'), id }),
  z.strictObject({ type: z.literal('retire-staff'), id }),
  z.strictObject({ type: z.literal('reset-pin'), id, pin }),
  /** `which`: the own PIN, or the one under duress; `pin`: the present one. */
  z.strictObject({ type: z.literal('change-pin'), which: z.enum(['own', 'duress']), pin, newPin: pin }),
] as const;

export const staffListIntent = z.discriminatedUnion('type', [...staffListIntents]);
export type StaffListIntent = z.infer<typeof staffListIntent>;
