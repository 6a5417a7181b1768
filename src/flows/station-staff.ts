/** Who is on duty at a station, how much they worked since they signed in, and whether they should pause. */
import { isTired, type WorkedSession } from './fatigue.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import type { StaffOnDuty } from './station-status.ts';

export interface StationStaff {
  onDuty(): readonly StaffOnDuty[];
  /** Who is signed in now; whoever signed in anew begins anew. */
  present(staff: readonly Pick<StaffOnDuty, 'id' | 'role' | 'since'>[]): void;
  /** Nothing for somebody who is not on duty any more. */
  worked(id: string | null, session: WorkedSession): void;
}

export function createStationStaff(policy: RecordingPolicy['fatigue']): StationStaff {
  let staff: readonly StaffOnDuty[] = [];
  const sessions = new Map<string, WorkedSession[]>();

  const standing = (one: Pick<StaffOnDuty, 'id' | 'role' | 'since'>): StaffOnDuty => {
    const { id, role, since } = one;
    const done = sessions.get(id) ?? [];
    return { id, role, since, sessions: done.length, tired: isTired(done, policy) };
  };

  return {
    onDuty: () => staff,
    present(now) {
      for (const { id, since } of staff) {
        if (!now.some((one) => one.id === id && one.since === since)) sessions.delete(id);
      }
      staff = now.map(standing);
    },
    worked(id, session) {
      if (!staff.some((one) => one.id === id) || id === null) return;
      sessions.set(id, [...(sessions.get(id) ?? []), session]);
      staff = staff.map(standing);
    },
  };
}
