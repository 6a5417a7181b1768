/** A NIK of which only the region and the running number are shown: `1607••••••••0001`. */
import { z } from 'zod';

export const maskedNik = z
  .string()
  .regex(/^\d{4}•{8}\d{4}$/)
  .brand('MaskedNik');

export type MaskedNik = z.infer<typeof maskedNik>;

/** `nik`: 16 digits; anything else throws (what the chip holds is checked where it is read). */
export function maskNik(nik: string): MaskedNik {
  return maskedNik.parse(nik.replace(/^(\d{4})\d{8}(\d{4})$/, '$1••••••••$2'));
}
