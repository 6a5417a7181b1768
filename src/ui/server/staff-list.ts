/** What is asked of the list of staff. The store looks once more whether it is a supervisor who asks. */
import type { Result } from '../../failures/failure.ts';
import type { Enrol } from '../../flows/staff-enrolment.ts';
import type { AskedFactor } from '../../flows/staff-factors.ts';
import type { LoginRules, StaffMember } from '../../store/staff.ts';
import type { Store } from '../../store/store.ts';
import type { StaffListIntent } from '../contract/staff-list.ts';
import type { StaffView } from '../contract/staff-view.ts';

export interface StaffListParts {
  readonly store: Pick<Store, 'staff'>;
  readonly login: LoginRules;
  readonly enrol: Enrol;
}

/** Everything but what only the screen can answer. */
export type StaffListAct = Exclude<StaffListIntent, { type: 'show-staff' }>;

/** @param by who asks @param asked called when card or finger of somebody new is waited for */
export function askStaffList(
  { store: { staff }, login, enrol }: StaffListParts,
  by: string,
  wish: StaffListAct,
  asked: (factor: AskedFactor) => void,
  signal: AbortSignal,
): Promise<Result> {
  switch (wish.type) {
    case 'enrol-staff': {
      const { type: _, ...enrolment } = wish;
      return enrol(enrolment, by, asked, signal);
    }
    case 'renew-staff': {
      const { type: _, id, ...entitlement } = wish;
      return staff.renew(id, entitlement, by);
    }
    case 'unlock-staff':
      return staff.unlock(wish.id, by);
    case 'retire-staff':
      return staff.retire(wish.id, by);
    case 'reset-pin':
      return staff.resetPin(wish.id, wish.pin, by);
    case 'change-pin': {
      const { which, pin, newPin } = wish;
      return staff.changePin({ id: by, which, pin, newPin }, login);
    }
  }
}

/** Whether somebody has a duress PIN is nobody's business: who knows it could look for it. */
export function membersView(members: readonly StaffMember[]): NonNullable<StaffView['members']> {
  return members.map(({ hasDuressPin: _, factors, ...member }) => ({ ...member, factors: [...factors] }));
}
