/** A coded failure as a screen shows it. */
import { z } from 'zod';

export const text = z.strictObject({ id: z.string(), en: z.string() });

/** A coded failure with its texts from the catalogue. */
export const failureView = z.strictObject({
  code: z.string(),
  cause: text,
  remedy: text,
  /** A sentence to say to the resident; null where a resident cannot meet the failure. */
  resident: text.nullable(),
  /** For the technician: what exactly was seen. English, never a person's data. */
  detail: z.string().nullable(),
});
export type FailureView = z.infer<typeof failureView>;
