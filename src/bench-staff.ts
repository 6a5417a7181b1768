/** Staff of the bench, so that its screens can be tried: test people with test PINs, never there on real devices. */
import { ok, type Result } from './failures/failure.ts';
import type { NewStaff, StaffRole } from './store/staff.ts';
import type { Store } from './store/store.ts';

const UNTIL = '2099-12-31';

function member(id: string, name: string, role: StaffRole, testPin: string): NewStaff {
  return { id, name, role, pin: testPin, appointment: 'SK UJI', appointedUntil: UNTIL, trainedUntil: UNTIL };
}

/** The first one enrols the others. */
export const BENCH_STAFF: readonly [NewStaff, ...NewStaff[]] = [
  member('budi', 'BUDI (UJI)', 'supervisor', '730152'),
  member('sari', 'SARI (UJI)', 'operator', '284619'),
  member('tono', 'TONO (UJI)', 'technician', '519264'),
];

/** Enrols them where nobody is enrolled yet. Errors: those of the store. */
export async function enrolBenchStaff({ staff }: Pick<Store, 'staff'>): Promise<Result> {
  const listed = await staff.list();
  if (!listed.ok || listed.value.length > 0) return listed.ok ? ok() : listed;
  const [first, ...others] = BENCH_STAFF;
  for (const [one, by] of [[first, 'console'], ...others.map((each) => [each, first.id])] as [
    NewStaff,
    string,
  ][]) {
    const enrolled = await staff.enrol(one, by);
    if (!enrolled.ok) return enrolled;
  }
  return ok();
}
