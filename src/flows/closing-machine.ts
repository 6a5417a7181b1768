/**
 * The end of a day: counted, reviewed by one person, approved by another, stored; then the kiosk begins nothing new on
 * that day. Counts that do not agree hold nobody up: the day is closed with what is wrong of it.
 */
import { assign, fromPromise, type SnapshotFrom, setup } from 'xstate';
import type { Failure, Result } from '../failures/failure.ts';
import type { ClosedDay, DayReview } from '../store/closings.ts';
import type { Store } from '../store/store.ts';
import { disagreement } from './day-counts.ts';
import { failureIn, succeeded, valueIn } from './outcome.ts';
import type { ClosingEvent } from './session-events.ts';
import type { ClosingStatus } from './station-status.ts';

export interface ClosingParts {
  readonly store: Pick<Store, 'closings'>;
}

interface Context {
  readonly day: string;
  /** Who began, reviewed or cancelled it last: of the act at hand. */
  readonly by: string;
  readonly review: DayReview | null;
  /** Why the counts do not agree. */
  readonly disagreement: Failure | null;
  readonly reviewedBy: string | null;
  readonly approvedBy: string | null;
  /** Why the act at hand could not be done. */
  readonly failure: Failure | null;
}

/** @param input the day of today, where it was closed before */
export function createClosing({ store: { closings } }: ClosingParts) {
  return setup({
    types: {
      context: {} as Context,
      input: {} as { readonly closed: ClosedDay | null },
      events: {} as ClosingEvent,
    },
    actors: {
      count: fromPromise<Result<DayReview>, Context>(({ input: { day, by } }) => closings.begin(day, by)),
      note: fromPromise<Result, Context>(({ input: { day, by, disagreement: found } }) =>
        closings.reviewed(day, found?.code ?? null, by),
      ),
      cancel: fromPromise<Result, Context>(({ input: { day, by } }) => closings.cancel(day, by)),
      close: fromPromise<Result, Context>(({ input }) => closings.close(closedDay(input))),
    },
    guards: {
      succeeded,
      another: ({ context, event }) => event.by !== context.reviewedBy,
      isClosed: ({ context }) => context.approvedBy !== null,
    },
    actions: {
      begin: assign((_, { day, by }: { readonly day: string; readonly by: string }) => ({
        ...NOTHING,
        day,
        by,
      })),
      keepReview: assign(({ event }) => {
        const review = valueIn<DayReview>(event);
        return { review, disagreement: disagreement(review.counts), failure: null };
      }),
      actAs: assign({ by: (_, by: string) => by, failure: null }),
      keepReviewer: assign({ reviewedBy: ({ context }) => context.by, failure: null }),
      keepApprover: assign({ approvedBy: ({ context }) => context.by }),
      keepFailure: assign({ failure: ({ event }) => failureIn(event) }),
      forget: assign(NOTHING),
    },
  }).createMachine({
    id: 'closing',
    context: ({ input: { closed } }) => ({ ...NOTHING, ...(closed && standing(closed)) }),
    initial: 'starting',
    states: {
      starting: { always: [{ guard: 'isClosed', target: 'closed' }, { target: 'idle' }] },
      idle: {
        entry: 'forget',
        on: {
          'begin-closing': { target: 'counting', actions: { type: 'begin', params: ({ event }) => event } },
        },
      },
      counting: {
        invoke: {
          src: 'count',
          input: ({ context }) => context,
          onDone: [
            { guard: 'succeeded', target: 'reviewing', actions: 'keepReview' },
            { target: 'uncounted', actions: 'keepFailure' },
          ],
        },
      },
      uncounted: {
        on: {
          'begin-closing': { target: 'counting', actions: { type: 'begin', params: ({ event }) => event } },
          'cancel-closing': 'idle',
        },
      },
      reviewing: {
        on: {
          'review-day': { target: 'noting', actions: { type: 'actAs', params: ({ event }) => event.by } },
          'cancel-closing': {
            target: 'cancelling',
            actions: { type: 'actAs', params: ({ event }) => event.by },
          },
        },
      },
      noting: {
        invoke: {
          src: 'note',
          input: ({ context }) => context,
          onDone: [
            { guard: 'succeeded', target: 'approving', actions: 'keepReviewer' },
            { target: 'reviewing', actions: 'keepFailure' },
          ],
        },
      },
      approving: {
        on: {
          'approve-day': {
            guard: 'another',
            target: 'saving',
            actions: { type: 'actAs', params: ({ event }) => event.by },
          },
          'cancel-closing': {
            target: 'cancelling',
            actions: { type: 'actAs', params: ({ event }) => event.by },
          },
        },
      },
      saving: {
        invoke: {
          src: 'close',
          input: ({ context }) => context,
          onDone: [
            { guard: 'succeeded', target: 'closed', actions: 'keepApprover' },
            { target: 'approving', actions: 'keepFailure' },
          ],
        },
      },
      // Nothing of the day was stored yet: also without its entry it is left.
      cancelling: { invoke: { src: 'cancel', input: ({ context }) => context, onDone: 'idle' } },
      closed: {
        on: {
          'begin-closing': { target: 'counting', actions: { type: 'begin', params: ({ event }) => event } },
        },
      },
    },
  });
}

const NOTHING: Context = {
  day: '',
  by: '',
  review: null,
  disagreement: null,
  reviewedBy: null,
  approvedBy: null,
  failure: null,
};

function standing({ day, counts, code, reviewedBy, approvedBy }: ClosedDay): Context {
  const found = code === null ? null : { code };
  return { ...NOTHING, day, review: { counts, leftovers: [] }, disagreement: found, reviewedBy, approvedBy };
}

function closedDay({ day, by, review, disagreement: found, reviewedBy }: Context): ClosedDay {
  if (!review || reviewedBy === null) throw new Error('a day is reviewed before it is closed');
  return { day, reviewedBy, approvedBy: by, counts: review.counts, code: found?.code ?? null };
}

const STEPS = {
  counting: 'counting',
  uncounted: 'uncounted',
  reviewing: 'reviewing',
  noting: 'saving',
  approving: 'approving',
  saving: 'saving',
  cancelling: 'saving',
  closed: 'closed',
} as const;

/** @param today `YYYY-MM-DD`: a day that is closed is told of until its midnight */
export function closingStatus(
  { value, context }: SnapshotFrom<ReturnType<typeof createClosing>>,
  today: string,
): ClosingStatus | null {
  const { day, review, disagreement: found, reviewedBy, approvedBy, failure } = context;
  if (value === 'idle' || value === 'starting' || (value === 'closed' && day !== today)) return null;
  return {
    day,
    step: STEPS[value],
    counts: review?.counts ?? null,
    leftovers: review?.leftovers ?? [],
    failure: failure ?? found,
    reviewedBy,
    approvedBy,
  };
}
