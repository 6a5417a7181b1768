/** The station's status as the person in front of the kiosk may see it. Pure: the same status always gives the same view. */
import { catalogue } from '../../failures/catalogue.ts';
import type { Entry } from '../../failures/entry.ts';
import type { SessionStatus, Stage } from '../../flows/session-status.ts';
import type { StationStatus } from '../../flows/station-status.ts';
import { meaningOf } from '../../rules/record-status.ts';
import { type BenchStatus, benchStatus } from '../contract/bench.ts';
import type { ResidentSessionView, ResidentView, StageView } from '../contract/resident-view.ts';
import { failureView, verificationView } from './project.ts';

export interface ResidentPlace {
  /** Diagonal of the screen; null: not configured. */
  readonly inches: number | null;
  /** Ids of those on which residents may check their card. */
  readonly readers: readonly string[];
}

/**
 * @param can wishes that this person may ask for now
 * @param place what is so whoever stands there
 */
export function projectResident(
  { kiosk, queue, session }: StationStatus,
  can: readonly string[],
  { readers, inches }: ResidentPlace,
  bench: BenchStatus | null,
): ResidentView {
  return {
    screen: 'resident',
    inches,
    readers: [...readers],
    kiosk: { state: kiosk.state, hours: kiosk.hours },
    queue: {
      called: queue.called,
      serving: queue.serving,
      waiting: queue.waiting.length,
      minutesEach: queue.minutesEach,
    },
    session: session && sessionView(session),
    can: [...can],
    bench: bench && benchStatus.parse(bench),
  };
}

export function sessionView(session: SessionStatus): ResidentSessionView {
  return {
    language: session.language,
    assisted: session.channel === 'assisted' || session.operator !== null,
    training: session.training,
    reason: session.reason,
    name: session.name,
    progress: session.progress.map((step) => ({ ...step })),
    stage: stageView(session.stage),
    officerCalled: session.officerCalled,
    idleSecondsLeft: session.idleWarning?.secondsLeft ?? null,
  };
}

function stageView(stage: Stage): StageView {
  switch (stage.at) {
    case 'choosing':
    case 'look-up':
    case 'saving':
    case 'survey':
      return { at: stage.at };
    case 'notice':
      return { at: 'notice', version: stage.version };
    case 'guardian':
      return { at: 'guardian', why: stage.why };
    case 'identification':
      return {
        at: 'identification',
        purpose: stage.purpose,
        step: stage.step,
        failure: failureView(stage.failure),
      };
    case 'stopped': {
      const words = stage.status && meaningOf(stage.status);
      return {
        at: 'stopped',
        rule: stage.rule,
        status: words?.means ?? null,
        next: words?.nextStep ?? null,
      };
    }
    case 'biodata':
      return {
        at: 'biodata',
        biodata: stage.biodata,
        corrected: [...stage.corrected],
        sha256: stage.sha256,
        disputed: stage.disputed,
      };
    case 'capture':
      return {
        at: 'capture',
        step: stage.step,
        kind: stage.kind,
        phase: stage.phase,
        fingers: [...stage.fingers],
        eyes: [...stage.eyes],
        asked: stage.asked,
        subjects: stage.subjects.map(({ position, eye, state }) => ({ position, eye, state })),
        tries: stage.tries,
        triesLeft: stage.triesLeft,
        quality: stage.quality,
        advice: stage.reasons.map((code) => {
          const entry: Entry = catalogue[code];
          return entry.resident ?? entry.cause;
        }),
        patient: stage.patient,
        background: stage.background,
        failure: failureView(stage.failure),
      };
    case 'review':
      return {
        at: 'review',
        biodata: stage.biodata,
        corrected: [...stage.corrected],
        samples: stage.samples.map(({ sample, step, position, eye }) => ({ sample, step, position, eye })),
        captures: stage.captures,
        discarded: stage.discarded,
      };
    // What others decide: the resident waits, and is told for whom.
    case 'awaiting-approval':
    case 'operator-finger':
    case 'identity-gate':
      return { at: stage.at };
    case 'proof':
    case 'sealing':
      return { at: stage.at, failure: failureView(stage.failure) };
    case 'receipt':
      return { ...stage, failure: failureView(stage.failure) };
    case 'record-status':
      return {
        at: 'record-status',
        status: stage.status && meaningOf(stage.status).means,
        next: stage.next,
        since: stage.since,
        stuck: stage.stuck,
      };
    case 'queue-number':
      return { at: 'queue-number', number: stage.place.number, waitMinutes: stage.place.waitMinutes };
    case 'card-check':
      return { at: 'card-check', verification: stage.verification && verificationView(stage.verification) };
    case 'ended':
      return { at: 'ended', how: stage.how, receipt: stage.receipt };
    case 'broken':
      return { at: 'broken', failure: failureView(stage.failure) };
  }
}
