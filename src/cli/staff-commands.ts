/** `staff enrol`: the first supervisor of a kiosk, or one more when all have forgotten their PIN. */
import { text } from 'node:stream/consumers';
import type { Kiosk } from '../compose.ts';
import { ok, type Result } from '../failures/failure.ts';
import { CONSOLE } from '../flows/sam-binding.ts';
import type { NewStaff } from '../store/staff.ts';

/** The PIN comes on standard input: an argument would stand in the list of processes and in the shell's history. */
export async function readPin(): Promise<string> {
  return (await text(process.stdin)).trim();
}

/** Errors: STAFF-EXISTS, STAFF-PIN-WEAK, STORE-…. */
export async function enrolSupervisor(
  { parts }: Kiosk,
  member: Omit<NewStaff, 'role'>,
): Promise<Result<object>> {
  const enrolled = await parts.store.staff.enrol({ ...member, role: 'supervisor' }, CONSOLE);
  return enrolled.ok ? ok({ staff: member.id, role: 'supervisor' }) : enrolled;
}
