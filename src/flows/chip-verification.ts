/**
 * Verification on an APDU reader: the card is laid down, its photo shows at once, the SAM says whether it is
 * genuine, the holder's live finger is matched against the chip. Ends verified, refused or failed.
 */
import { and, assign, type EventObject, fromCallback, fromPromise, type SnapshotFrom, setup } from 'xstate';
import type { Failure, Result } from '../failures/failure.ts';
import { awaitCard, watchCard } from './card-watch.ts';
import { type MatchVerdict, matchHolder, pressFinger } from './finger-check.ts';
import { auditVerdict } from './holder-audit.ts';
import { failureIn, succeeded, valueIn } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import { cardFacts, type Reading, readCase } from './reading.ts';
import type { FingerTry, VerificationStatus } from './status.ts';

export interface ChipVerificationInput {
  readonly reader: string;
  readonly caseId: string;
  readonly by: string;
}

interface Context extends ChipVerificationInput {
  readonly photoShown: boolean;
  readonly reading: Reading | null;
  readonly tries: readonly FingerTry[];
  readonly verdict: MatchVerdict | null;
  readonly failure: Failure | null;
}

/** How a verification ended. */
export interface ChipVerified {
  readonly reading: Reading | null;
  readonly verdict: MatchVerdict | null;
  readonly tries: number;
  /** Genuine, and the holder's finger matched. */
  readonly verified: boolean;
  readonly failure: Failure | null;
  /** What the screens show of the end: an invoked machine's last snapshot does not reach its parent by itself. */
  readonly status: VerificationStatus;
}

type Event = { type: 'photo' } | { type: 'card.gone'; failure: Failure };

export function createChipVerification(parts: DeskParts) {
  const { policy, store } = parts;

  return setup({
    types: {
      context: {} as Context,
      input: {} as ChipVerificationInput,
      output: {} as ChipVerified,
      events: {} as Event,
    },
    delays: {
      cardPatience: policy.patience.card * 1000,
      readPatience: policy.patience.read * 1000,
      fingerPatience: policy.patience.finger * 1000,
    },
    actors: {
      awaitCard: fromPromise<Result, string>(async ({ input, signal }) => {
        const station = parts.chipStation(input);
        return station.ok ? awaitCard(station.value.reader, signal) : station;
      }),
      readCard: fromPromise<Result<Reading>, ChipVerificationInput & { onPhoto: () => void }>(
        ({ input, signal }) => readCase(parts, input, signal, input.onPhoto),
      ),
      watchCard: fromCallback<EventObject, string>(({ input, sendBack }) => {
        const station = parts.chipStation(input);
        if (!station.ok) return;
        return watchCard(station.value.reader, (failure) => sendBack({ type: 'card.gone', failure }));
      }),
      pressFinger: fromPromise<Result, string>(({ input, signal }) => pressFinger(parts, input, signal)),
      matchHolder: fromPromise<Result<MatchVerdict>, string>(({ input }) => matchHolder(parts, input)),
      recordVerdict: fromPromise<Result, Context>(({ input: { reader, by, reading, verdict, tries } }) =>
        auditVerdict(store, by, {
          reader,
          evidence: 'sam',
          uid: reading?.uid ?? null,
          nik: reading?.biodata?.nik ?? null,
          tries: tries.length,
          refusal: verdict?.try.failure ?? null,
        }),
      ),
    },
    guards: {
      succeeded,
      genuine: ({ event }) => succeeded({ event }) && valueIn<Reading>(event).genuine,
      matched: ({ context }) => context.verdict?.match === true,
      triesLeft: ({ context }) => context.tries.length < policy.fingerTries,
    },
    actions: {
      keepReading: assign({ reading: ({ event }) => valueIn<Reading>(event) }),
      keepVerdict: assign(({ context, event }) => {
        const verdict = valueIn<MatchVerdict>(event);
        return { verdict, tries: [...context.tries, verdict.try] };
      }),
      keepFailure: assign({ failure: ({ event }) => failureIn(event) }),
      failWith: assign({ failure: (_, failure: Failure) => failure }),
    },
  }).createMachine({
    id: 'chipVerification',
    context: ({ input }) => ({
      ...input,
      photoShown: false,
      reading: null,
      tries: [],
      verdict: null,
      failure: null,
    }),
    initial: 'awaitingCard',
    states: {
      awaitingCard: {
        invoke: {
          src: 'awaitCard',
          input: ({ context }) => context.reader,
          onDone: [
            { guard: 'succeeded', target: 'reading' },
            { target: 'failed', actions: 'keepFailure' },
          ],
        },
        after: {
          cardPatience: { target: 'failed', actions: { type: 'failWith', params: { code: 'DESK-NO-CARD' } } },
        },
      },
      reading: {
        invoke: {
          src: 'readCard',
          input: ({ context: { reader, caseId, by }, self }) => ({
            reader,
            caseId,
            by,
            onPhoto: () => self.send({ type: 'photo' }),
          }),
          onDone: [
            { guard: 'genuine', target: 'withHolder', actions: 'keepReading' },
            { guard: 'succeeded', target: 'refused', actions: 'keepReading' },
            { target: 'failed', actions: 'keepFailure' },
          ],
        },
        on: { photo: { actions: assign({ photoShown: true }) } },
        after: {
          readPatience: {
            target: 'failed',
            actions: { type: 'failWith', params: { code: 'DESK-READ-TOO-LONG' } },
          },
        },
      },
      withHolder: {
        // The card stays where it is until the verdict: what was read and who pressed belong together.
        invoke: { src: 'watchCard', input: ({ context }) => context.reader },
        on: { 'card.gone': { target: 'failed', actions: 'keepFailure' } },
        initial: 'awaitingFinger',
        states: {
          awaitingFinger: {
            invoke: {
              src: 'pressFinger',
              input: ({ context }) => context.caseId,
              onDone: [
                { guard: 'succeeded', target: 'matching' },
                { target: '#chipVerification.failed', actions: 'keepFailure' },
              ],
            },
            after: {
              fingerPatience: {
                target: '#chipVerification.failed',
                actions: { type: 'failWith', params: { code: 'DESK-NO-FINGER' } },
              },
            },
          },
          matching: {
            invoke: {
              src: 'matchHolder',
              input: ({ context }) => context.caseId,
              onDone: [
                { guard: 'succeeded', target: 'judging', actions: 'keepVerdict' },
                { target: '#chipVerification.failed', actions: 'keepFailure' },
              ],
            },
          },
          judging: {
            always: [
              { guard: 'matched', target: 'recording' },
              { guard: 'triesLeft', target: 'awaitingFinger' },
              { target: 'recording' },
            ],
          },
          recording: {
            invoke: {
              src: 'recordVerdict',
              input: ({ context }) => context,
              onDone: [
                { guard: and(['succeeded', 'matched']), target: '#chipVerification.verified' },
                { guard: 'succeeded', target: '#chipVerification.refused' },
                { target: '#chipVerification.failed', actions: 'keepFailure' },
              ],
            },
          },
        },
      },
      verified: { type: 'final' },
      refused: { type: 'final' },
      failed: { type: 'final' },
    },
    output: ({ context }) => {
      const { reading, verdict, tries, failure } = context;
      const verified = failure === null && verdict?.match === true;
      const step = failure ? 'failed' : verified ? 'verified' : 'refused';
      const status = statusOf(context, step, policy.fingerTries);
      return { reading, verdict, tries: tries.length, verified, failure, status };
    },
  });
}

type Snapshot = SnapshotFrom<ReturnType<typeof createChipVerification>>;

/** The public status of a verification at work. */
export function chipVerificationStatus(snapshot: Snapshot, fingerTries: number): VerificationStatus {
  return statusOf(snapshot.context, stepOf(snapshot), fingerTries);
}

function statusOf(
  { reader, caseId, photoShown, reading, tries, verdict, failure }: Context,
  step: VerificationStatus['step'],
  fingerTries: number,
): VerificationStatus {
  return {
    at: 'verification',
    reader,
    evidence: 'sam',
    step,
    photoId: photoShown ? caseId : null,
    card: reading && cardFacts(reading),
    fingers: reading?.minutiae?.flatMap((finger) => finger.position ?? []) ?? [],
    tries,
    triesLeft: fingerTries - tries.length,
    failure: failure ?? refusalOf(reading, verdict),
    canActivate: step === 'verified' && reading?.activated === false,
  };
}

function stepOf(snapshot: Snapshot): VerificationStatus['step'] {
  if (snapshot.matches('awaitingCard')) return 'awaiting-card';
  if (snapshot.matches('reading')) return snapshot.context.photoShown ? 'reading' : 'reading-photo';
  return snapshot.matches({ withHolder: 'awaitingFinger' }) ? 'awaiting-finger' : 'matching';
}

/** Why the card, or else the last finger, was refused. */
function refusalOf(reading: Reading | null, verdict: MatchVerdict | null): Failure | null {
  return reading?.code ? { code: reading.code } : (verdict?.try.failure ?? null);
}
