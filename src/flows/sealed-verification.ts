/**
 * Verification on a sealed reader: the box does the card, its SAM and the match itself. It tells the fingers on
 * the card, whether one matched and, after that, the biodata; everything else stays untold.
 */
import { and, assign, fromPromise, type SnapshotFrom, setup } from 'xstate';
import { type Failure, ok, type Result } from '../failures/failure.ts';
import type { Biodata } from '../rules/biodata.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import { countCard, UNKNOWN_CARD } from './card-matrix.ts';
import { auditVerdict } from './holder-audit.ts';
import { failureIn, succeeded, valueIn } from './outcome.ts';
import type { DeskParts } from './parts.ts';
import type { CardFacts, FingerTry, VerificationStatus } from './status.ts';

/** What a sealed reader never tells. */
export const SEALED_UNTOLD: readonly string[] = [
  'cardType',
  'cardGeneration',
  'uid',
  'photo',
  'signature',
  'minutiae',
  'genuine',
  'activated',
  'score',
];

export interface SealedVerificationInput {
  readonly reader: string;
  readonly by: string;
}

interface Context extends SealedVerificationInput {
  readonly fingers: readonly FingerPosition[];
  readonly tries: readonly FingerTry[];
  readonly biodata: Biodata | null;
  readonly failure: Failure | null;
}

export interface SealedVerified {
  readonly match: boolean;
  readonly finger: FingerPosition | null;
  readonly biodata: Biodata | null;
  readonly failure: Failure | null;
  readonly status: VerificationStatus;
}

export function createSealedVerification(parts: DeskParts) {
  const { policy, store } = parts;
  const { operator } = policy;

  return setup({
    types: {
      context: {} as Context,
      input: {} as SealedVerificationInput,
      output: {} as SealedVerified,
    },
    delays: {
      cardPatience: policy.patience.card * 1000,
      fingerPatience: policy.patience.finger * 1000,
    },
    actors: {
      awaitCard: fromPromise<Result<FingerPosition[]>, string>(async ({ input, signal }) => {
        const reader = parts.sealedReader(input);
        if (!reader.ok) return reader;
        const fingers = await reader.value.awaitCard(signal);
        await countCard(store, input, UNKNOWN_CARD, fingers);
        return fingers;
      }),
      matchHolder: fromPromise<Result<FingerTry>, Context>(async ({ input, signal }) => {
        const reader = parts.sealedReader(input.reader);
        if (!reader.ok) return reader;
        const matched = await reader.value.matchHolder(askedFinger(input), operator, signal);
        if (!matched.ok) return matched;
        const match = matched.value;
        return ok({ match, quality: null, failure: match ? null : { code: 'FINGER-NO-MATCH' } });
      }),
      readBiodata: fromPromise<Result<Biodata>, string>(async ({ input, signal }) => {
        const reader = parts.sealedReader(input);
        return reader.ok ? reader.value.biodata(operator, signal) : reader;
      }),
      recordVerdict: fromPromise<Result, Context>(({ input }) =>
        auditVerdict(store, input.by, {
          reader: input.reader,
          evidence: 'box',
          uid: null,
          nik: input.biodata?.nik ?? null,
          tries: input.tries.length,
          refusal: input.tries.at(-1)?.failure ?? null,
        }),
      ),
    },
    guards: {
      succeeded,
      matched: ({ context }) => context.tries.at(-1)?.match === true,
      triesLeft: ({ context }) => context.tries.length < policy.fingerTries,
    },
    actions: {
      keepFingers: assign({ fingers: ({ event }) => valueIn<FingerPosition[]>(event) }),
      keepTry: assign({ tries: ({ context, event }) => [...context.tries, valueIn<FingerTry>(event)] }),
      keepBiodata: assign({ biodata: ({ event }) => valueIn<Biodata>(event) }),
      keepFailure: assign({ failure: ({ event }) => failureIn(event) }),
      failWith: assign({ failure: (_, failure: Failure) => failure }),
    },
  }).createMachine({
    id: 'sealedVerification',
    context: ({ input }) => ({ ...input, fingers: [], tries: [], biodata: null, failure: null }),
    initial: 'awaitingCard',
    states: {
      awaitingCard: {
        invoke: {
          src: 'awaitCard',
          input: ({ context }) => context.reader,
          onDone: [
            { guard: 'succeeded', target: 'awaitingFinger', actions: 'keepFingers' },
            { target: 'failed', actions: 'keepFailure' },
          ],
        },
        after: {
          cardPatience: { target: 'failed', actions: { type: 'failWith', params: { code: 'DESK-NO-CARD' } } },
        },
      },
      awaitingFinger: {
        invoke: {
          src: 'matchHolder',
          input: ({ context }) => context,
          onDone: [
            { guard: 'succeeded', target: 'judging', actions: 'keepTry' },
            { target: 'failed', actions: 'keepFailure' },
          ],
        },
        after: {
          fingerPatience: {
            target: 'failed',
            actions: { type: 'failWith', params: { code: 'DESK-NO-FINGER' } },
          },
        },
      },
      judging: {
        always: [
          { guard: 'matched', target: 'readingBiodata' },
          { guard: 'triesLeft', target: 'awaitingFinger' },
          { target: 'recording' },
        ],
      },
      readingBiodata: {
        invoke: {
          src: 'readBiodata',
          input: ({ context }) => context.reader,
          onDone: [
            { guard: 'succeeded', target: 'recording', actions: 'keepBiodata' },
            { target: 'failed', actions: 'keepFailure' },
          ],
        },
      },
      recording: {
        invoke: {
          src: 'recordVerdict',
          input: ({ context }) => context,
          onDone: [
            { guard: and(['succeeded', 'matched']), target: 'verified' },
            { guard: 'succeeded', target: 'refused' },
            { target: 'failed', actions: 'keepFailure' },
          ],
        },
      },
      verified: { type: 'final' },
      refused: { type: 'final' },
      failed: { type: 'final' },
    },
    output: ({ context }) => {
      const { fingers, tries, biodata, failure } = context;
      const match = failure === null && tries.at(-1)?.match === true;
      const step = failure ? 'failed' : match ? 'verified' : 'refused';
      const status = statusOf(context, step, policy.fingerTries);
      return { match, finger: fingers.length > 0 ? askedFinger(context) : null, biodata, failure, status };
    },
  });
}

/** The box matches one finger a time: two tries with the first finger on the card, then with the second. */
function askedFinger({ fingers, tries }: Pick<Context, 'fingers' | 'tries'>): FingerPosition {
  const missed = tries.filter((one) => !one.match).length;
  const finger = fingers[missed < 2 ? 0 : fingers.length - 1];
  if (finger === undefined) throw new Error('a sealed reader answers at least one finger');
  return finger;
}

type Snapshot = SnapshotFrom<ReturnType<typeof createSealedVerification>>;

/** The public status of a verification at work. */
export function sealedVerificationStatus(snapshot: Snapshot, fingerTries: number): VerificationStatus {
  return statusOf(snapshot.context, stepOf(snapshot), fingerTries);
}

function statusOf(
  context: Context,
  step: VerificationStatus['step'],
  fingerTries: number,
): VerificationStatus {
  const { reader, fingers, tries, biodata, failure } = context;
  const card: CardFacts = {
    uid: null,
    cardType: null,
    cardGeneration: null,
    genuine: null,
    activated: null,
    biodata,
    untold: SEALED_UNTOLD,
  };
  return {
    at: 'verification',
    reader,
    evidence: 'box',
    step,
    photoId: null,
    card: fingers.length > 0 ? card : null,
    fingers: fingers.length > 0 ? [askedFinger(context)] : [],
    tries,
    triesLeft: fingerTries - tries.length,
    failure: failure ?? tries.at(-1)?.failure ?? null,
    canActivate: false,
  };
}

function stepOf(snapshot: Snapshot): VerificationStatus['step'] {
  if (snapshot.matches('awaitingCard')) return 'awaiting-card';
  if (snapshot.matches('awaitingFinger') || snapshot.matches('judging')) return 'awaiting-finger';
  if (snapshot.matches('readingBiodata')) return 'reading-biodata';
  return 'matching';
}
