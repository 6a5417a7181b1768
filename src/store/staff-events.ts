/** What the audit holds of staff. A name that is not on the list is never written: it may be a PIN in the wrong field. */
import { z } from 'zod';
import { amount, code, day, word } from './audit-fields.ts';

export const STAFF_ROLES = ['operator', 'desk', 'supervisor', 'technician'] as const;
export const FACTORS = ['card', 'finger'] as const;

const factor = z.enum(FACTORS);

export const staffEvents = {
  'staff-enrolled': z.strictObject({
    staff: word,
    role: z.enum(STAFF_ROLES),
    factors: z.array(factor).max(2),
    fingers: amount,
    appointedUntil: day,
    trainedUntil: day,
  }),
  'staff-renewed': z.strictObject({ staff: word, appointedUntil: day, trainedUntil: day }),
  'staff-retired': z.strictObject({ staff: word }),
  'staff-unlocked': z.strictObject({ staff: word }),
  /** `duress`: the second PIN; `reset`: by a supervisor, for somebody who forgot it. */
  'staff-pin-changed': z.strictObject({ staff: word, pin: z.enum(['own', 'duress', 'reset']) }),
  /** The finger is still to be shown. */
  'staff-pin-accepted': z.strictObject({ staff: word }),
  'staff-logged-in': z.strictObject({ staff: word, factor: factor.nullable() }),
  'staff-logged-out': z.strictObject({ staff: word }),
  'staff-login-refused': z.strictObject({ staff: word.nullable(), code, failed: amount }),
  /** The duress PIN was used: somebody is made to log in. Nothing on the screens tells. */
  'staff-duress': z.strictObject({ staff: word }),
};
