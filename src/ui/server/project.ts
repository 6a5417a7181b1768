/** The flows' status as one person may see it. Pure: the same status always gives the same view. */
import { catalogue } from '../../failures/catalogue.ts';
import type { Entry } from '../../failures/entry.ts';
import type { Failure } from '../../failures/failure.ts';
import { type Actor, may, offered } from '../../flows/rights.ts';
import type { CardFacts, DeskStatus, VerificationStatus, Work } from '../../flows/status.ts';
import { type BenchStatus, benchStatus } from '../contract/bench.ts';
import type { CardView, DeskView, VerificationView } from '../contract/desk-view.ts';
import type { FailureView } from '../contract/failure-view.ts';

/** @param bench as the bench tells it; what the drawer does not need is left out. null where the devices are real. */
export function project(status: DeskStatus, actor: Actor, bench: BenchStatus | null): DeskView {
  return {
    screen: 'desk',
    readers: status.readers.map((reader) => ({
      ...reader,
      failure: failureView(reader.failure),
      canVerify: may(actor, { type: 'verify', reader: reader.id }, status).ok,
    })),
    sensor: status.sensor && { ...status.sensor, failure: failureView(status.sensor.failure) },
    work: workView(status.work),
    unknownActivations: [...status.unknownActivations],
    closed: failureView(status.closed),
    finished: {
      ...status.finished,
      villages: status.finished.villages.map((one) => ({ ...one })),
      waiting: status.finished.waiting.map((one) => ({ ...one })),
    },
    can: offered(actor, status),
    bench: bench && benchStatus.parse(bench),
  };
}

export function failureView(failure: Failure): FailureView;
export function failureView(failure: Failure | null): FailureView | null;
export function failureView(failure: Failure | null): FailureView | null {
  if (failure === null) return null;
  const entry: Entry = catalogue[failure.code];
  return {
    code: failure.code,
    cause: entry.cause,
    remedy: entry.staff,
    resident: entry.resident ?? null,
    detail: failure.detail ?? null,
  };
}

function workView(work: Work): DeskView['work'] {
  switch (work.at) {
    case 'idle':
      return work;
    case 'verification':
      return verificationView(work);
    case 'activation':
      return { ...work, card: cardView(work.card), failure: failureView(work.failure) };
    case 'comparison':
      return { ...work, rows: work.rows.map((row) => ({ ...row, failure: failureView(row.failure) })) };
    case 'hand-over':
      return {
        ...work,
        card: cardView(work.card),
        listed: work.listed && { ...work.listed, record: { ...work.listed.record } },
        differences: [...work.differences],
        dispute: work.dispute && { ...work.dispute, fields: [...work.dispute.fields] },
        failure: failureView(work.failure),
      };
  }
}

export function verificationView({ canActivate: _, ...shown }: VerificationStatus): VerificationView {
  return {
    ...shown,
    card: shown.card && cardView(shown.card),
    fingers: [...shown.fingers],
    tries: shown.tries.map((one) => ({ ...one, failure: failureView(one.failure) })),
    failure: failureView(shown.failure),
  };
}

function cardView(card: CardFacts): CardView {
  return { ...card, untold: [...card.untold] };
}
