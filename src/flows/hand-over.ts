/**
 * Handing over a card whose holder was verified: chip and the kiosk's own lists side by side, the print looked at by the
 * officer; then it is handed over, or set aside with a reason. Recorded with its audit entry and its row for the centre
 * in one transaction, once, however often it is tried.
 */
import { assign, fromPromise, type SnapshotFrom, setup } from 'xstate';
import { type Failure, ok, type Result } from '../failures/failure.ts';
import { differences } from '../rules/hand-over.ts';
import { failureIn, succeeded, valueIn } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import type { CardFacts, CardListed, Dispute, HandOverStatus } from './status.ts';

/** The card at hand, and who holds it. */
export interface CardAtHand {
  readonly card: CardFacts;
  readonly evidence: 'sam' | 'box';
  /** The holder's finger matched. */
  readonly verified: boolean;
}

export interface HandOverInput extends CardAtHand {
  readonly caseId: string;
  readonly by: string;
  /** Set aside at once, e.g. a card that proved forged; null: it is to be compared. */
  readonly dispute: Dispute | null;
}

interface Context extends HandOverInput {
  readonly listed: CardListed | null;
  readonly feesAsked: boolean;
  readonly failure: Failure | null;
}

type Event =
  | { readonly type: 'hand-over'; readonly feesAsked: boolean; readonly by: string }
  | ({ readonly type: 'dispute'; readonly by: string } & Dispute);

export interface HandedOver {
  readonly status: HandOverStatus;
}

export function createHandOver({ store }: DeskParts) {
  return setup({
    types: {
      context: {} as Context,
      input: {} as HandOverInput,
      output: {} as HandedOver,
      events: {} as Event,
    },
    actors: {
      lookUp: fromPromise<Result<CardListed | null>, Context>(({ input }) => lookUp(store, input)),
      record: fromPromise<Result, Context>(({ input }) => record(store, input)),
    },
    guards: {
      succeeded,
      isDisputed: ({ context }) => context.dispute !== null,
      mayHandOver: ({ context }) => mayHandOver(context),
    },
    actions: {
      keepListed: assign({ listed: ({ event }) => valueIn<CardListed | null>(event), failure: null }),
      keepAsked: assign({
        feesAsked: ({ event }) => event.type === 'hand-over' && event.feesAsked,
        by: ({ context, event }) => ('by' in event ? event.by : context.by),
        failure: null,
      }),
      keepDispute: assign({
        dispute: ({ event }) =>
          event.type === 'dispute' ? { reason: event.reason, fields: event.fields } : null,
        by: ({ context, event }) => ('by' in event ? event.by : context.by),
        failure: null,
      }),
      keepFailure: assign({ failure: ({ event }) => failureIn(event) }),
    },
  }).createMachine({
    id: 'handOver',
    context: ({ input }) => ({ ...input, listed: null, feesAsked: false, failure: null }),
    initial: 'lookingUp',
    states: {
      lookingUp: {
        invoke: {
          src: 'lookUp',
          input: ({ context }) => context,
          onDone: [
            { guard: 'succeeded', target: 'looked', actions: 'keepListed' },
            { target: 'failed', actions: 'keepFailure' },
          ],
        },
      },
      looked: {
        always: [{ guard: 'isDisputed', target: 'recording' }, { target: 'comparing' }],
      },
      comparing: {
        on: {
          'hand-over': { guard: 'mayHandOver', target: 'recording', actions: 'keepAsked' },
          dispute: { target: 'recording', actions: 'keepDispute' },
        },
      },
      recording: {
        invoke: {
          src: 'record',
          input: ({ context }) => context,
          onDone: [
            { guard: 'succeeded', target: 'settled' },
            { target: 'failed', actions: 'keepFailure' },
          ],
        },
      },
      settled: { type: 'final' },
      failed: { type: 'final' },
    },
    output: ({ context }) => ({ status: statusOf(context, context.failure ? 'failed' : 'settled') }),
  });
}

type Store = DeskParts['store'];

/** What the lists of finished cards, of invitations and of statuses tell of the holder; null: in none of them. */
async function lookUp(store: Store, { card, by }: Context): Promise<Result<CardListed | null>> {
  const nik = card.biodata?.nik ?? '';
  const waiting = await store.cards.inSafe({ nik }, by);
  if (!waiting.ok) return waiting;
  const invited = await store.roster.lookUp({ nik }, by);
  if (!invited.ok) return invited;
  const [inSafe, invitation] = [waiting.value[0], invited.value[0]];
  if (!inSafe && !invitation) return ok(null);
  return ok({
    record: {
      nik,
      nama: inSafe?.name ?? invitation?.name ?? null,
      tanggalLahir: invitation?.birthDate.split('-').toReversed().join('-') ?? null,
      kelurahan: inSafe?.village ?? invitation?.village ?? null,
    },
    arrivedOn: inSafe?.arrivedOn ?? null,
    setAside: inSafe?.setAside ?? null,
  });
}

function record(store: Store, { caseId, card, dispute, feesAsked, by }: Context): Promise<Result> {
  return store.cards.handOver({
    // A case has one hand-over: what is tried again, after an answer was lost too, is recorded once.
    id: caseId,
    nik: card.biodata?.nik ?? '',
    uid: card.uid,
    outcome: dispute ? 'gagal' : 'berhasil',
    means: 'index-finger',
    approvedBy: null,
    disputed: dispute?.fields ?? [],
    reason: dispute?.reason ?? null,
    feesAsked,
    by,
  });
}

/**
 * Verified, and active as far as the reader can tell; a village may differ, since people move. What differs else opens a
 * correction, not a workaround: the card is set aside.
 */
function mayHandOver({ card, evidence, verified, listed }: Context): boolean {
  if (!mayBeginHandOver({ card, evidence, verified }) || !card.biodata || listed?.setAside) return false;
  return listed === null || differences(card.biodata, listed.record).every((field) => field === 'kelurahan');
}

/** A sealed reader cannot tell whether a chip is active; one that is known not to be is not handed over. */
export function mayBeginHandOver({ card, evidence, verified }: CardAtHand): boolean {
  return verified && card.biodata !== null && (card.activated === true || evidence === 'box');
}

type Snapshot = SnapshotFrom<ReturnType<typeof createHandOver>>;

/** The public status of a hand-over at work. */
export function handOverStatus(snapshot: Snapshot): HandOverStatus {
  if (snapshot.matches('comparing')) return statusOf(snapshot.context, 'comparing');
  return statusOf(snapshot.context, snapshot.matches('recording') ? 'recording' : 'looking-up');
}

function statusOf(context: Context, step: HandOverStatus['step']): HandOverStatus {
  const { caseId, card, evidence, verified, listed, dispute, failure } = context;
  return {
    at: 'hand-over',
    step,
    photoId: evidence === 'sam' ? caseId : null,
    card,
    evidence,
    verified,
    listed,
    differences: listed && card.biodata ? differences(card.biodata, listed.record) : [],
    mayHandOver: step === 'comparing' && mayHandOver(context),
    dispute,
    failure,
  };
}
