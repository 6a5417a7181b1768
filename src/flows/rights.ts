/** Who may do what, and when: one answer for the screens, which offer only that, and for whoever receives the wish. */
import { fail, ok, type Result } from '../failures/failure.ts';
import type { DeskEvent, DeskStatus, Work } from './status.ts';

export interface Actor {
  /** Stands in the audit as `by`. */
  readonly id: string;
  readonly role: 'desk';
}

/** What is asked for, without who asks. */
export type DeskWish = DeskEvent extends infer E ? (E extends DeskEvent ? Omit<E, 'by'> : never) : never;

const rights: Readonly<Record<Actor['role'], ReadonlySet<DeskEvent['type']>>> = {
  desk: new Set(['verify', 'activate', 'compare', 'retry', 'cancel', 'finish'] as const),
};

/** Fails with UI-NOT-ALLOWED when the role never may, with UI-NOT-NOW when this is not the moment. */
export function may(actor: Actor, wish: DeskWish, status: DeskStatus): Result {
  if (!rights[actor.role].has(wish.type)) return fail('UI-NOT-ALLOWED', `${wish.type} as ${actor.role}`);
  if (!isMoment(wish, status)) return fail('UI-NOT-NOW', `${wish.type} during ${status.work.at}`);
  return ok();
}

function isMoment(wish: DeskWish, { work, readers, closed }: DeskStatus): boolean {
  switch (wish.type) {
    case 'verify':
      return (
        closed === null &&
        isOver(work) &&
        readers.some(({ id, state }) => id === wish.reader && state !== 'lost')
      );
    case 'compare':
      return closed === null && isOver(work) && readers.length > 0;
    case 'activate':
      return work.at === 'verification' && work.canActivate;
    case 'retry':
      return work.at !== 'idle' && isOver(work);
    case 'cancel':
      // An activation is not broken off: what was sent to the chip is read back or reported as unknown.
      return !isOver(work) && work.at !== 'activation';
    case 'finish':
      return work.at !== 'idle' && isOver(work);
  }
}

/** Nothing is running: the desk is idle, or the case waits to be closed. */
function isOver(work: Work): boolean {
  switch (work.at) {
    case 'idle':
      return true;
    case 'verification':
      return work.step === 'verified' || work.step === 'refused' || work.step === 'failed';
    case 'activation':
      return work.step === 'settled';
    case 'comparison':
      return work.step === 'done';
  }
}
