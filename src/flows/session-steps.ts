/** From what happened to what is stored of it: the facts of each step. */
import { randomUUID } from 'node:crypto';
import type { CaptureStep } from '../rules/recording.ts';
import type { Ending, SessionFact } from '../store/session-facts.ts';
import {
  type CardCheck,
  type Commit,
  type Errand,
  type Finishing,
  KIOSK,
  type Pending,
  type SessionContext,
  type WhoIs,
} from './session-context.ts';
import type { SessionMachineEvent } from './session-events.ts';
import { scansIn } from './session-moments.ts';
import type { CaptureTarget } from './session-status.ts';
import { viewOf } from './session-view.ts';

/** Facts to be stored, with the samples that they name. */
export function toStore(
  by: string,
  facts: readonly SessionFact[],
  { samples = [], drop = [] }: Partial<Pick<Pending, 'samples' | 'drop'>> = {},
): Pending {
  return { operation: randomUUID(), facts, samples, drop, by };
}

/** What a capture that ended with something good comes to; null: with nothing. */
export function afterCapture({ taken, errand, operator, refused }: SessionContext): Pending | null {
  if (!taken || taken.held.length === 0) return null;
  const { ask, held, captures, discarded } = taken;
  const samples = held.map(({ sample }) => sample);
  const kept: SessionFact = {
    type: 'samples-kept',
    step: ask.target === 'itap' ? 'family-card' : ask.target,
    samples: held.map(({ sample, position, eye, quality }) => ({
      sample,
      quality,
      ...(position !== null && { position }),
      ...(eye !== null && { eye }),
    })),
    tries: Math.max(1, captures + refused),
    discarded: discarded + refused,
  };
  const asked = isErrandOf(errand, ask.target) ? errand : null;
  const facts = asked ? [kept, ...meaningOf(asked, samples)] : [kept];
  return toStore(asked?.by ?? operator ?? 'resident', facts, { samples });
}

/** Is that capture the one that the errand is about, not the one that it cut short? */
export function isErrandOf(errand: Errand | null, target: CaptureTarget): boolean {
  switch (target) {
    case 'exception-photo':
      return errand?.for === 'exception';
    case 'guardian':
    case 'review':
      return errand?.for === target;
    case 'witness':
    case 'family-card':
    case 'itap':
      return errand?.for === 'identity';
    default:
      return false;
  }
}

function meaningOf(errand: Errand, samples: readonly string[]): SessionFact[] {
  const [sample = ''] = samples;
  switch (errand.for) {
    case 'exception': {
      const { subject, kind, reason } = errand;
      return [{ type: 'exception-recorded', exception: randomUUID(), subject, kind, reason, photo: sample }];
    }
    case 'guardian':
      return [{ type: 'guardian-signed', name: errand.name, relation: errand.relation, sample }];
    case 'review':
      return [{ type: 'reviewed', sample }];
    case 'identity':
      // Papers may have more pages: the operator says when all are there.
      return errand.means === 'witness'
        ? [{ type: 'identity-checked', means: 'witness', samples: [...samples] }]
        : [];
  }
}

/** What is kept of a step goes, and nextStep asks for it again. */
export function redoing({ facts }: SessionContext, step: CaptureStep, by: string): Pending {
  const samples = viewOf(facts)
    .kept.filter((one) => one.step === step)
    .map(({ sample }) => sample);
  return toStore(by, [{ type: 'samples-dropped', samples, code: 'SESSION-REDONE' }], { drop: samples });
}

/** All pages of the papers are there. */
export function identityChecked(context: SessionContext, by: string): Pending {
  return toStore(by, [
    { type: 'identity-checked', means: context.means ?? 'family-card', samples: [...scansIn(context)] },
  ]);
}

export function overridden({ overrideAsked }: SessionContext, by: string): Pending {
  if (!overrideAsked) throw new Error('nobody asked for an override');
  const { rule, reason } = overrideAsked;
  return toStore(by, [{ type: 'override-approved', rule, reason }]);
}

/** Who let the session come to its end: the operator of the identity gate. */
export function finishing({ sessionId, facts }: SessionContext): Finishing {
  return { sessionId, facts, by: viewOf(facts).identity?.by ?? KIOSK };
}

export function toCommit({ sessionId }: SessionContext, pending: Pending | null): Commit {
  if (!pending) throw new Error('nothing is to be stored');
  return { sessionId, pending };
}

/** The operator's own finger stands for the last correction. */
export function correctionConfirmed(
  { facts }: SessionContext,
  { score }: { readonly score: number },
): Pending {
  return toStore(viewOf(facts).corrector ?? KIOSK, [{ type: 'correction-confirmed', score }]);
}

export function endingOf({ facts }: SessionContext): Ending {
  return viewOf(facts).sealed ? 'sealed' : 'training';
}

export function whoIs(event: SessionMachineEvent): WhoIs {
  switch (event.type) {
    case 'code':
    case 'present-invitation':
      return { means: 'invitation', text: event.code };
    case 'type-nik':
      return { means: 'typed', text: event.nik };
    case 'identify':
      return { means: 'operator', text: event.nik };
    default:
      throw new Error(`${event.type} tells of nobody`);
  }
}

export function answersIn(event: SessionMachineEvent): readonly number[] {
  if (event.type !== 'rate') throw new Error(`${event.type} answers nothing`);
  return event.answers;
}

/** What the desk's verification begins with. */
export function checking({ check }: SessionContext): Pick<CardCheck, 'reader' | 'caseId' | 'by'> {
  if (!check) throw new Error('no card is to be checked');
  const { reader, caseId, by } = check;
  return { reader, caseId, by };
}

/** Somebody is asked who they are: by code or NIK, or an operator says it. Goes on to the state `checking`. */
export const askingWho = {
  invoke: { src: 'scanCode' },
  on: {
    code: 'checking',
    'present-invitation': 'checking',
    'type-nik': 'checking',
    identify: 'checking',
  },
} as const;

export const byOf = (event: SessionMachineEvent): string => ('by' in event ? event.by : KIOSK);
