/** What a session's machine can do: its actors, guards and actions. Where they stand, session-machine.ts tells. */
import { assign, type EventObject, fromCallback, fromPromise, raise, sendTo, setup } from 'xstate';
import type { Result } from '../failures/failure.ts';
import type { CaptureStep } from '../rules/recording.ts';
import type { Ending, SessionFact, StoredFact } from '../store/session-facts.ts';
import { type CaptureDone, createCapture } from './capture-machine.ts';
import { createChipVerification } from './chip-verification.ts';
import { nextStep, type Step } from './next-step.ts';
import { failureIn, succeeded, valueIn } from './outcome.ts';
import type { QueuePlace, QueuePriority } from './queue-status.ts';
import type { SessionParts } from './recording-parts.ts';
import { createSealedVerification } from './sealed-verification.ts';
import {
  type Commit,
  type Errand,
  type Finishing,
  type IdentityMeans,
  KIOSK,
  type Pending,
  type SessionContext,
  type WhoIs,
} from './session-context.ts';
import * as effects from './session-effects.ts';
import type { SessionEvent, SessionMachineEvent } from './session-events.ts';
import * as moments from './session-moments.ts';
import type { CaptureStage, RecordStatusStage } from './session-status.ts';
import { afterCapture, isErrandOf, toStore } from './session-steps.ts';
import { viewOf } from './session-view.ts';
import type { VerificationStatus } from './status.ts';

export interface SessionInput {
  readonly language: string;
  /** A session that a restart cut off. */
  readonly resumed: { readonly sessionId: string; readonly facts: readonly StoredFact[] } | null;
}

type Of<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;

export function sessionSetup(parts: SessionParts) {
  const { policy, captures, desk } = parts;
  const stepOf = ({ facts, lost }: SessionContext): Step => nextStep(facts, policy, new Set(lost));

  return setup({
    types: {
      context: {} as SessionContext,
      input: {} as SessionInput,
      events: {} as SessionMachineEvent,
      children: {} as { capture: 'capture' },
    },
    delays: {
      idle: policy.patience.idle * 1000,
      second: 1000,
      receipt: policy.patience.receipt * 1000,
      survey: policy.patience.survey * 1000,
      answer: policy.patience.answer * 1000,
      /** A last sentence stays on the screen. */
      farewell: 10_000,
    },
    actors: {
      capture: createCapture(parts),
      scanCode: fromCallback<EventObject>(({ sendBack }) =>
        effects.scanCodes(parts, (code) => sendBack({ type: 'code', code })),
      ),
      commit: fromPromise<Result<readonly StoredFact[]>, Commit>(({ input }) => effects.commit(parts, input)),
      identify: fromPromise<Result<SessionFact>, WhoIs>(({ input }) => effects.identify(parts, input)),
      lookUp: fromPromise<Result<SessionFact>, SessionContext>(({ input }) =>
        effects.lookUp(parts, input.facts),
      ),
      takeBiodata: fromPromise<Result<SessionFact | null>, SessionContext>(({ input }) =>
        effects.takeBiodata(parts, input.facts),
      ),
      guard: fromPromise<Result, SessionContext>(({ input: { sessionId, facts, taken }, signal }) => {
        const held = captures.held(taken?.held.map(({ sample }) => sample) ?? []);
        return parts.guards.check(sessionId, facts, held, viewOf(facts).overrides, signal);
      }),
      operatorFinger: fromPromise<Result<{ readonly score: number }>, string>(({ input, signal }) =>
        parts.guards.operatorFinger(input, signal),
      ),
      prove: fromPromise<Result<readonly StoredFact[]>, Finishing>(({ input }) =>
        effects.prove(parts, input),
      ),
      issueReceipt: fromPromise<Result<readonly StoredFact[]>, Finishing>(({ input }) =>
        effects.issueReceipt(parts, input),
      ),
      seal: fromPromise<Result<readonly StoredFact[]>, Finishing>(({ input }) => effects.seal(parts, input)),
      end: fromPromise<Result, SessionContext>(({ input: { sessionId, ending, operator } }) =>
        effects.end(parts, { sessionId, how: ending ?? 'abandoned', by: operator ?? KIOSK }),
      ),
      takeNumber: fromPromise<Result<QueuePlace>, QueuePriority | null>(({ input }) =>
        parts.takeNumber(input),
      ),
      printNumber: fromPromise<Result<boolean>, SessionContext>(({ input, signal }) =>
        effects.printNumber(parts, input, signal),
      ),
      tellStatus: fromPromise<Result<RecordStatusStage>, WhoIs & { readonly by: string }>(({ input }) =>
        effects.tellStatus(parts, input),
      ),
      chipVerification: createChipVerification(desk),
      sealedVerification: createSealedVerification(desk),
      keepCase: fromCallback<EventObject, string>(
        ({ input }) =>
          () =>
            desk.caseFiles.close(input),
      ),
      rate: fromPromise<Result, readonly number[]>(({ input }) => parts.store.surveys.add(input)),
      print: fromPromise<Result<boolean>, SessionContext>(({ input, signal }) =>
        effects.print(parts, input, signal),
      ),
    },
    guards: {
      succeeded,
      next: ({ context }, wanted: Step['do']) => stepOf(context).do === wanted,
      /** Staff did something meanwhile that makes another step the next one. */
      moved: ({ context }, at: Step['do']) => stepOf(context).do !== at,
      hasErrand: ({ context }) => context.errand !== null,
      guardianAsked: ({ context }) => context.guardianAsked && viewOf(context.facts).guardian === null,
      isOpen: ({ context }) => context.facts.length > 0,
      sealed: ({ context }) => context.ending === 'sealed',
      someHeld: (_, { held }: CaptureDone) => held.length > 0,
      found: ({ event }) => succeeded({ event }) && valueIn<SessionFact | null>(event) !== null,
      residentAway: ({ context }) => context.waitsFor === 'resident' && context.operator === null,
      lastSecond: ({ context }) => context.secondsLeft <= 1,
      isKept: ({ context }, step: CaptureStep) => viewOf(context.facts).kept.some((one) => one.step === step),
      hasBiodata: ({ context }) => viewOf(context.facts).biodata !== null,
      noticeOf: (_, version: number) => version === policy.noticeVersion,
      mayConfirm: ({ context }, event: Of<'confirm-biodata'>) =>
        moments.mayConfirm(viewOf(context.facts), event),
      mayEnter: ({ context }, event: Of<'enter-biodata'>) =>
        moments.mayEnter(stepOf(context), viewOf(context.facts), event),
      mayCorrect: ({ context }, event: Of<'correct-biodata'>) =>
        moments.mayCorrect(viewOf(context.facts), event),
      mayExcept: ({ context }, event: Of<'record-exception'>) =>
        moments.mayExcept(viewOf(context.facts), event),
      maySettle: ({ context }, event: Of<'settle-exception'>) =>
        moments.maySettle(viewOf(context.facts), event),
      mayAskOverride: ({ context }, event: Pick<Of<'ask-override'>, 'rule'>) =>
        moments.mayAskOverride(stepOf(context), context, event, policy),
      maySettleOverride: ({ context }, event: Pick<Of<'settle-override'>, 'rule' | 'by'>) =>
        moments.maySettleOverride(context, event),
      mayPressFinger: ({ context }, event: Of<'confirm-correction'>) =>
        moments.mayPressFinger(context, event, policy),
      means: ({ context }, means: IdentityMeans) =>
        moments.identityMeans(viewOf(context.facts)).includes(means),
      isReader: (_, reader: string) => desk.chipStation(reader).ok || desk.sealedReader(reader).ok,
      checksChip: ({ context }) => desk.chipStation(context.check?.reader ?? '').ok,
      scanned: ({ context }) => context.means !== 'witness' && moments.scansIn(context).length > 0,
    },
    actions: {
      waitFor: assign({ waitsFor: (_, who: SessionContext['waitsFor']) => who }),
      want: assign({ pending: (_, pending: Pending) => pending, failure: null }),
      wantFound: assign({
        pending: ({ event }) => toStore(KIOSK, [valueIn<SessionFact>(event)]),
        failure: null,
      }),
      wantAside: assign({ side: (_, pending: Pending) => pending }),
      wantTaken: assign({ pending: ({ context }) => afterCapture(context), refused: 0, failure: null }),
      keepFacts: assign({
        facts: ({ context, event }) => joined(context.facts, valueIn<readonly StoredFact[]>(event)),
        failure: null,
      }),
      settleStep: assign(({ context }) => {
        const target = context.taken?.ask.target;
        const done = target !== undefined && isErrandOf(context.errand, target);
        return { pending: null, taken: null, ...(done && { errand: null, guardianAsked: false }) };
      }),
      keepFailure: assign({ failure: ({ event }) => failureIn(event) }),
      quiet: assign({ failure: null }),
      showCapture: assign({ capture: (_, capture: CaptureStage) => capture }),
      keepTaken: assign(({ context }, taken: CaptureDone) => {
        const step = taken.ask.target as CaptureStep;
        const errandLeft = isErrandOf(context.errand, taken.ask.target) && taken.held.length === 0;
        return {
          taken,
          lost: taken.lost
            ? [...new Set([...context.lost, step])]
            : context.lost.filter((one) => one !== step),
          ...(errandLeft && { errand: null }),
        };
      }),
      refuseTaken: assign(({ context, event }) => {
        const { taken, refused } = context;
        captures.drop(taken?.held.map(({ sample }) => sample) ?? []);
        return { taken: null, refused: refused + (taken?.captures ?? 0), failure: failureIn(event) };
      }),
      goOn: assign({ errand: (_, errand: Errand) => errand, failure: null }),
      dropErrand: assign({ errand: null, means: null, guardianAsked: false, failure: null }),
      forgetOverride: assign({ overrideAsked: null }),
      endAs: assign({ ending: (_, how: Ending) => how, failure: null }),
      conclude: sendTo('capture', { type: 'conclude' }),
      forward: sendTo('capture', ({ event }) => event as never),
      somebodyIsThere: raise({ type: 'touch', by: KIOSK }),
      countFinger: assign({
        operatorTries: ({ context }) => context.operatorTries + 1,
        failure: ({ event }) => failureIn(event),
      }),
      wantNumber: assign({ priority: (_, priority: QueuePriority | null) => priority }),
      keepAnswer: assign({ answer: ({ event }) => valueIn<RecordStatusStage>(event), failure: null }),
      wantCheck: assign({
        check: (_, { reader, by }: Of<'check-card'>) => ({
          reader,
          by,
          caseId: desk.caseFiles.open(),
          verification: null,
        }),
      }),
      checkAnew: assign({
        check: ({ context: { check } }) =>
          check && { ...check, caseId: desk.caseFiles.open(), verification: null },
      }),
      showCheck: assign({
        check: ({ context: { check } }, verification: VerificationStatus) =>
          check && { ...check, verification },
      }),
      forgetService: assign({ answer: null, check: null, failure: null }),
      keepPlace: assign({ place: ({ event }) => valueIn<QueuePlace>(event) }),
      printAnew: assign({ printed: null, failure: null }),
      keepPrinted: assign((_, printed: Result<boolean>) =>
        printed.ok ? { printed: printed.value, failure: null } : { printed: false, failure: printed.failure },
      ),
    },
  });
}

export type SessionSetup = ReturnType<typeof sessionSetup>;

function joined(facts: readonly StoredFact[], more: readonly StoredFact[]): readonly StoredFact[] {
  const known = new Set(facts.map(({ seq }) => seq));
  return [...facts, ...more.filter(({ seq }) => !known.has(seq))].sort((a, b) => a.seq - b.seq);
}
