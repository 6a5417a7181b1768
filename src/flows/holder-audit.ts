/** What the audit keeps of a verification: the verdict, the tries, a masked NIK; nothing of the finger. */
import type { Failure, Result } from '../failures/failure.ts';
import { maskNik } from '../store/masked-nik.ts';
import type { Store } from '../store/store.ts';

export interface HolderVerdict {
  readonly reader: string;
  readonly evidence: 'sam' | 'box';
  readonly uid: string | null;
  /** As the card has it; masked before it is stored, left out when it is not 16 digits. */
  readonly nik: string | null;
  readonly tries: number;
  /** null: the finger matched. */
  readonly refusal: Failure | null;
}

export function auditVerdict(
  store: Store,
  by: string,
  { nik, refusal, ...verdict }: HolderVerdict,
): Promise<Result> {
  if (refusal) return store.audit.append('holder-refused', by, { ...verdict, code: refusal.code });
  const masked = nik !== null && /^\d{16}$/.test(nik) ? maskNik(nik) : null;
  return store.audit.append('holder-verified', by, { ...verdict, nik: masked });
}
