/**
 * Activation: only after a verified holder, only of the very card that was verified. An intent is stored before
 * the command goes to the card, the outcome after the card was read back. A card that leaves in between is
 * awaited for a while; else the outcome is reported as unknown, with the card's UID.
 */
import { randomUUID } from 'node:crypto';
import { assign, fromPromise, type SnapshotFrom, setup } from 'xstate';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import { activateCard } from '../ktp/activate-card.ts';
import { readState } from '../ktp/read-state.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import { countAuthentication } from './card-matrix.ts';
import { awaitCard, pause } from './card-watch.ts';
import { failureIn, succeeded, valueIn } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import type { ActivationOutcome, ActivationStatus, CardFacts } from './status.ts';

export interface ActivationInput {
  readonly reader: string;
  readonly caseId: string;
  readonly by: string;
  /** The card that was verified. */
  readonly card: CardFacts & { readonly uid: string };
  /** What the centre is told as proof. */
  readonly proof: MatchProof;
}

/** The holder's match: score and threshold on the engine's scale, the finger on the chip, presses needed. */
export interface MatchProof {
  readonly score: number;
  readonly threshold: number;
  readonly finger: FingerPosition;
  readonly tries: number;
}

interface Context extends ActivationInput {
  readonly intentId: string;
  readonly outcome: ActivationOutcome | null;
  readonly failure: Failure | null;
}

export interface Activated {
  readonly outcome: ActivationOutcome | null;
  readonly failure: Failure | null;
  readonly status: ActivationStatus;
}

/** What the exchange with the card came to. `open`: the command may have reached the card, nobody knows. */
type Performed =
  | { readonly known: 'done' | 'already' | 'refused'; readonly failure: Failure | null }
  | { readonly open: Failure };

export function createActivation(parts: DeskParts) {
  const { policy, store } = parts;

  return setup({
    types: { context: {} as Context, input: {} as ActivationInput, output: {} as Activated },
    delays: { readBackPatience: policy.patience.readBack * 1000 },
    actors: {
      perform: fromPromise<Result<Performed>, Context>(({ input, signal }) => perform(parts, input, signal)),
      readBack: fromPromise<Result<ActivationOutcome>, Context>(({ input, signal }) =>
        readBack(parts, input, signal),
      ),
      settle: fromPromise<Result, Context>(async ({ input }) => {
        const { intentId, outcome, card, reader, by, proof } = input;
        if (outcome === null) throw new Error('an activation is settled with an outcome');
        const { nik = null } = card.biodata ?? {};
        return store.activations.settle({
          id: intentId,
          outcome,
          by,
          proof: { uid: card.uid, nik, reader, ...proof },
        });
      }),
    },
    guards: {
      succeeded,
      known: ({ event }) => succeeded({ event }) && 'known' in valueIn<Performed>(event),
    },
    actions: {
      keepKnown: assign(({ event }) => {
        const performed = valueIn<Performed>(event);
        return 'known' in performed ? { outcome: performed.known, failure: performed.failure } : {};
      }),
      keepOpen: assign(({ event }) => {
        const performed = valueIn<Performed>(event);
        return 'open' in performed ? { failure: performed.open } : {};
      }),
      keepReadBack: assign(({ event }) => {
        const outcome = valueIn<ActivationOutcome>(event);
        return { outcome, failure: outcome === 'done' ? null : ({ code: 'KTP-NOT-ACTIVATED' } as const) };
      }),
      keepUnknown: assign({ outcome: 'unknown', failure: { code: 'DESK-ACTIVATION-UNKNOWN' } }),
      keepFailure: assign({ failure: ({ event }) => failureIn(event) }),
    },
  }).createMachine({
    id: 'activation',
    context: ({ input }) => ({ ...input, intentId: randomUUID(), outcome: null, failure: null }),
    initial: 'activating',
    states: {
      activating: {
        invoke: {
          src: 'perform',
          input: ({ context }) => context,
          onDone: [
            { guard: 'known', target: 'settling', actions: 'keepKnown' },
            { guard: 'succeeded', target: 'readingBack', actions: 'keepOpen' },
            // Nothing reached the card: no intent is open, the officer may simply try again.
            { target: 'settled', actions: 'keepFailure' },
          ],
        },
      },
      readingBack: {
        invoke: {
          src: 'readBack',
          input: ({ context }) => context,
          onDone: [
            { guard: 'succeeded', target: 'settling', actions: 'keepReadBack' },
            { target: 'settling', actions: 'keepUnknown' },
          ],
        },
        after: { readBackPatience: { target: 'settling', actions: 'keepUnknown' } },
      },
      settling: {
        invoke: {
          src: 'settle',
          input: ({ context }) => context,
          onDone: [
            { guard: 'succeeded', target: 'settled' },
            // The intent stays open in the store: the next start settles it.
            { target: 'settled', actions: 'keepFailure' },
          ],
        },
      },
      settled: { type: 'final' },
    },
    output: ({ context }) => ({
      outcome: context.outcome,
      failure: context.failure,
      status: statusOf(context, 'settled'),
    }),
  });
}

/** Sends the activation to the card and reads it back, all in one exchange. */
async function perform(parts: DeskParts, input: Context, signal: AbortSignal): Promise<Result<Performed>> {
  const station = parts.chipStation(input.reader);
  if (!station.ok) return station;
  const { reader, profile, samOpen } = station.value;
  let intended = false;
  const performed = await reader.exchange(signal, (slots) =>
    activateCard(slots, {
      profile,
      samOpen,
      signal,
      uid: input.card.uid,
      onAuthenticated: () => countAuthentication(parts.store, input.reader),
      beforeCommand: async () => {
        const begun = await parts.store.activations.begin({
          id: input.intentId,
          uid: input.card.uid,
          readerId: input.reader,
          sessionId: input.caseId,
          by: input.by,
        });
        intended = begun.ok;
        return begun;
      },
    }),
  );
  if (performed.ok) return ok({ known: performed.value.outcome, failure: performed.value.refusal });
  return intended ? ok({ open: performed.failure }) : performed;
}

/** Waits for the same card and reads its activation state, in clear and without the SAM. */
async function readBack(
  parts: DeskParts,
  input: Context,
  signal: AbortSignal,
): Promise<Result<ActivationOutcome>> {
  const station = parts.chipStation(input.reader);
  if (!station.ok) return station;
  const { reader, profile } = station.value;
  while (!signal.aborted) {
    const there = await awaitCard(reader, signal);
    // A reader that is lost may come back within the patience.
    const state = there.ok
      ? await reader.exchange(signal, (slots) => readState(slots, { profile, signal }))
      : there;
    if (state.ok && state.value.uid === input.card.uid) return ok(state.value.activated ? 'done' : 'refused');
    await pause(500, signal);
  }
  return fail('DESK-CANCELLED');
}

type Snapshot = SnapshotFrom<ReturnType<typeof createActivation>>;

/** The public status of an activation at work. */
export function activationStatus(snapshot: Snapshot): ActivationStatus {
  return statusOf(snapshot.context, snapshot.matches('activating') ? 'activating' : 'settling');
}

function statusOf(
  { reader, caseId, outcome, failure, card }: Context,
  step: ActivationStatus['step'],
): ActivationStatus {
  const active = outcome === 'done' || outcome === 'already';
  return {
    at: 'activation',
    reader,
    step,
    outcome,
    photoId: caseId,
    card: active ? { ...card, activated: true } : card,
    failure,
  };
}
