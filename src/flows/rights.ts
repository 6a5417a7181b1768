/** Who may do what, and when: one answer for the screens, which offer only that, and for whoever receives the wish. */
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import type { DeskEvent, DeskStatus, Work } from './status.ts';

export interface Actor {
  /** Stands in the audit as `by`. */
  readonly id: string;
  readonly role: 'desk';
}

/** What is asked for, without who asks; the list of finished cards is asked of the desk beside its work. */
export type DeskWish =
  | (DeskEvent extends infer E ? (E extends DeskEvent ? Omit<E, 'by'> : never) : never)
  | { readonly type: 'show-cards' };

const rights: Readonly<Record<Actor['role'], ReadonlySet<DeskWish['type']>>> = {
  desk: new Set([
    'verify',
    'activate',
    'compare',
    'begin-hand-over',
    'hand-over',
    'dispute',
    'show-cards',
    'retry',
    'cancel',
    'finish',
  ] as const),
};

/**
 * Fails with UI-NOT-ALLOWED when the role never may, with DESK-NOT-NOW when this is not the moment, and with the
 * reason of the closing while the desk takes no new card.
 */
export function may(actor: Actor, wish: DeskWish, status: DeskStatus): Result {
  if (!rights[actor.role].has(wish.type)) return fail('UI-NOT-ALLOWED', `${wish.type} as ${actor.role}`);
  const open = openFor(wish.type, status.closed);
  if (!open.ok) return open;
  return isMoment(wish, status) ? ok() : fail('DESK-NOT-NOW', `${wish.type} during ${status.work.at}`);
}

/** All but `verify`, which is offered with its reader. */
type Offer = Exclude<DeskWish['type'], 'verify'>;

/** Which kinds of wishes may be asked for now: whether it is the moment does not hang on what fills them. */
export function offered(actor: Actor, status: DeskStatus): Offer[] {
  return [...rights[actor.role]].filter(
    (type): type is Offer => type !== 'verify' && may(actor, { type } as DeskWish, status).ok,
  );
}

/** A closed desk takes no new card; what has begun may be ended. Fails with the reason of the closing. */
export function openFor(type: DeskWish['type'], closed: Failure | null): Result {
  const takesCard = type === 'verify' || type === 'activate';
  return closed && takesCard ? { ok: false, failure: closed } : ok();
}

function isMoment(wish: DeskWish, { work, readers, canHandOver, canDispute }: DeskStatus): boolean {
  switch (wish.type) {
    case 'verify':
      return work.at === 'idle' && readers.some(({ id, state }) => id === wish.reader && state !== 'lost');
    case 'compare':
      return work.at === 'idle' || canHandOver;
    case 'show-cards':
      return work.at === 'idle';
    case 'begin-hand-over':
      return canHandOver;
    case 'hand-over':
      return work.at === 'hand-over' && work.mayHandOver;
    case 'dispute':
      return canDispute;
    case 'activate':
      return work.at === 'verification' && work.canActivate;
    case 'retry':
      // What is handed over or set aside is so.
      return isOver(work) && !(work.at === 'hand-over' && work.step === 'settled');
    case 'finish':
      return isOver(work);
    case 'cancel':
      // An activation is not broken off: what was sent to the chip is read back or reported as unknown.
      if (work.at === 'hand-over') return work.step === 'comparing';
      return work.at !== 'idle' && work.at !== 'activation' && !isOver(work);
  }
}

/** The case has its result and waits to be closed. */
function isOver(work: Work): boolean {
  switch (work.at) {
    case 'idle':
      return false;
    case 'verification':
      return work.step === 'verified' || work.step === 'refused' || work.step === 'failed';
    case 'activation':
      return work.step === 'settled';
    case 'comparison':
      return work.step === 'done';
    case 'hand-over':
      return work.step === 'settled' || work.step === 'failed';
  }
}
