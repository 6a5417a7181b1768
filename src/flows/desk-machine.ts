/**
 * The activation desk: one case at a time. The officer starts a verification, an activation (only of the card
 * just verified, which must not have left its reader), a comparison or a hand-over; each is a machine of its own.
 * A card that was verified stays at hand until its case is closed: it is tried on the readers and handed over in one go.
 */
import { assign, type EventObject, fromCallback, sendTo, setup } from 'xstate';
import { type ActivationInput, activationStatus, createActivation } from './activation.ts';
import { watchCard } from './card-watch.ts';
import { type ChipVerified, chipVerificationStatus, createChipVerification } from './chip-verification.ts';
import { comparisonStatus, createComparison } from './comparison.ts';
import { type CardAtHand, createHandOver, handOverStatus, mayBeginHandOver } from './hand-over.ts';
import type { DeskParts } from './parts.ts';
import { cardFacts } from './reading.ts';
import { createSealedVerification, sealedVerificationStatus } from './sealed-verification.ts';
import type { ActivationStatus, DeskEvent, Dispute, VerificationStatus, Work } from './status.ts';

interface Context {
  readonly caseId: string;
  readonly reader: string;
  readonly by: string;
  readonly work: Work;
  /** What an activation needs; there only after a verified holder whose card is not yet activated. */
  readonly verified: Pick<ActivationInput, 'card' | 'proof'> | null;
  /** The card that was read in this case, whose it is being known. */
  readonly atHand: CardAtHand | null;
  readonly dispute: Dispute | null;
}

type Event = DeskEvent | { readonly type: 'card.gone' };

export function createDeskMachine(parts: DeskParts) {
  const { policy, caseFiles } = parts;
  const { fingerTries } = policy;

  return setup({
    types: { context: {} as Context, events: {} as Event },
    actors: {
      chipVerification: createChipVerification(parts),
      sealedVerification: createSealedVerification(parts),
      activation: createActivation(parts),
      comparison: createComparison(parts),
      handOver: createHandOver(parts),
      watchCard: fromCallback<EventObject, string>(({ input, sendBack }) => {
        const station = parts.chipStation(input);
        if (!station.ok) return;
        return watchCard(station.value.reader, () => sendBack({ type: 'card.gone' }));
      }),
    },
    guards: {
      onChip: ({ event }) => event.type === 'verify' && parts.chipStation(event.reader).ok,
      onSealed: ({ event }) => event.type === 'verify' && parts.sealedReader(event.reader).ok,
      caseOnChip: ({ context }) => parts.chipStation(context.reader).ok,
      mayActivate: ({ context }) => context.verified !== null,
      mayHandOver: ({ context: { atHand } }) => atHand !== null && mayBeginHandOver(atHand),
      isAtHand: ({ context }) => context.atHand !== null,
      isComparing: ({ context: { work } }) => work.at === 'hand-over' && work.step === 'comparing',
      mayFinishHandOver: ({ context: { work } }) => work.at === 'hand-over' && work.mayHandOver,
      isUnrecorded: ({ context: { work } }) => work.at === 'hand-over' && work.step === 'failed',
    },
    actions: {
      openCase: assign(({ context, event }) => ({
        caseId: caseFiles.open(),
        reader: event.type === 'verify' ? event.reader : context.reader,
        by: 'by' in event ? event.by : context.by,
        ...NOTHING_AT_HAND,
      })),
      reopenCase: assign(({ context }) => {
        caseFiles.close(context.caseId);
        return { caseId: caseFiles.open(), ...NOTHING_AT_HAND };
      }),
      closeCase: assign(({ context }) => {
        caseFiles.close(context.caseId);
        return { caseId: '', ...NOTHING_AT_HAND, work: { at: 'idle' } as const };
      }),
      show: assign({ work: (_, work: Work) => work }),
      keepVerified: assign({ verified: (_, done: ChipVerified) => verifiedCard(done) }),
      keepAtHand: assign({ atHand: (_, status: VerificationStatus) => atHandOf(status) }),
      keepActive: assign({
        atHand: ({ context: { atHand } }, { card }: ActivationStatus) => atHand && { ...atHand, card },
      }),
      keepDispute: assign({
        dispute: ({ event }) =>
          event.type === 'dispute' ? { reason: event.reason, fields: event.fields } : null,
      }),
      passOn: sendTo('handOver', ({ event }) => event),
      forgetVerified: assign({
        verified: null,
        work: ({ context: { work } }) =>
          work.at === 'verification' ? { ...work, canActivate: false } : work,
      }),
    },
  }).createMachine({
    id: 'desk',
    context: { caseId: '', reader: '', by: '', work: { at: 'idle' }, ...NOTHING_AT_HAND },
    initial: 'idle',
    states: {
      idle: {
        on: {
          verify: [
            { guard: 'onChip', target: 'verifyingChip', actions: 'openCase' },
            { guard: 'onSealed', target: 'verifyingSealed', actions: 'openCase' },
          ],
          compare: { target: 'comparing', actions: 'openCase' },
        },
      },
      verifyingChip: {
        invoke: {
          src: 'chipVerification',
          input: ({ context: { reader, caseId, by } }) => ({ reader, caseId, by }),
          onSnapshot: {
            actions: {
              type: 'show',
              params: ({ event }) => chipVerificationStatus(event.snapshot, fingerTries),
            },
          },
          onDone: {
            target: 'verification',
            actions: [
              { type: 'show', params: ({ event }) => event.output.status },
              { type: 'keepVerified', params: ({ event }) => event.output },
              { type: 'keepAtHand', params: ({ event }) => event.output.status },
            ],
          },
        },
        on: { cancel: { target: 'idle', actions: 'closeCase' } },
      },
      verifyingSealed: {
        invoke: {
          src: 'sealedVerification',
          input: ({ context: { reader, by } }) => ({ reader, by }),
          onSnapshot: {
            actions: {
              type: 'show',
              params: ({ event }) => sealedVerificationStatus(event.snapshot, fingerTries),
            },
          },
          onDone: {
            target: 'verification',
            actions: [
              { type: 'show', params: ({ event }) => event.output.status },
              { type: 'keepAtHand', params: ({ event }) => event.output.status },
            ],
          },
        },
        on: { cancel: { target: 'idle', actions: 'closeCase' } },
      },
      verification: {
        initial: 'ended',
        states: {
          ended: { always: { guard: 'mayActivate', target: 'verified' } },
          verified: {
            // A card that left could come back as another one: it must be verified again.
            invoke: { src: 'watchCard', input: ({ context }) => context.reader },
            on: {
              'card.gone': { target: 'ended', actions: 'forgetVerified' },
              activate: { guard: 'mayActivate', target: '#desk.activating' },
            },
          },
        },
        on: {
          compare: { guard: 'mayHandOver', target: 'comparing' },
          'begin-hand-over': { guard: 'mayHandOver', target: 'handingOver' },
          dispute: { guard: 'isAtHand', target: 'handingOver', actions: 'keepDispute' },
          retry: [
            { guard: 'caseOnChip', target: 'verifyingChip', actions: 'reopenCase' },
            { target: 'verifyingSealed', actions: 'reopenCase' },
          ],
          finish: { target: 'idle', actions: 'closeCase' },
          cancel: { target: 'idle', actions: 'closeCase' },
        },
      },
      activating: {
        // Not to be cancelled: it ends by itself, with an outcome, within its own patience.
        invoke: {
          src: 'activation',
          input: ({ context: { reader, caseId, by, verified } }) => {
            if (!verified) throw new Error('activation needs a verified holder');
            return { reader, caseId, by, ...verified };
          },
          onSnapshot: {
            actions: { type: 'show', params: ({ event }) => activationStatus(event.snapshot) },
          },
          onDone: {
            target: 'activation',
            actions: [
              { type: 'show', params: ({ event }) => event.output.status },
              { type: 'keepActive', params: ({ event }) => event.output.status },
            ],
          },
        },
      },
      activation: {
        on: {
          compare: { guard: 'mayHandOver', target: 'comparing' },
          'begin-hand-over': { guard: 'mayHandOver', target: 'handingOver' },
          dispute: { guard: 'isAtHand', target: 'handingOver', actions: 'keepDispute' },
          retry: { target: 'verifyingChip', actions: 'reopenCase' },
          finish: { target: 'idle', actions: 'closeCase' },
          cancel: { target: 'idle', actions: 'closeCase' },
        },
      },
      comparing: {
        invoke: {
          src: 'comparison',
          input: ({ context: { caseId, by } }) => ({ caseId, by }),
          onSnapshot: {
            actions: {
              type: 'show',
              params: ({ event }) => comparisonStatus('running', event.snapshot.context.rows),
            },
          },
          onDone: {
            target: 'comparison',
            actions: { type: 'show', params: ({ event }) => comparisonStatus('done', event.output) },
          },
        },
        on: { cancel: { target: 'idle', actions: 'closeCase' } },
      },
      comparison: {
        on: {
          'begin-hand-over': { guard: 'mayHandOver', target: 'handingOver' },
          dispute: { guard: 'isAtHand', target: 'handingOver', actions: 'keepDispute' },
          retry: 'comparing',
          finish: { target: 'idle', actions: 'closeCase' },
          cancel: { target: 'idle', actions: 'closeCase' },
        },
      },
      handingOver: {
        invoke: {
          id: 'handOver',
          src: 'handOver',
          input: ({ context: { caseId, by, atHand, dispute } }) => {
            if (!atHand) throw new Error('a hand-over needs a card at hand');
            return { caseId, by, dispute, ...atHand };
          },
          onSnapshot: { actions: { type: 'show', params: ({ event }) => handOverStatus(event.snapshot) } },
          onDone: {
            target: 'handedOver',
            actions: { type: 'show', params: ({ event }) => event.output.status },
          },
        },
        on: {
          'hand-over': { guard: 'mayFinishHandOver', actions: 'passOn' },
          dispute: { guard: 'isComparing', actions: 'passOn' },
          cancel: { guard: 'isComparing', target: 'idle', actions: 'closeCase' },
        },
      },
      handedOver: {
        on: {
          retry: { guard: 'isUnrecorded', target: 'handingOver' },
          finish: { target: 'idle', actions: 'closeCase' },
          cancel: { target: 'idle', actions: 'closeCase' },
        },
      },
    },
  });
}

function verifiedCard({ verified, reading, verdict, tries }: ChipVerified): Context['verified'] {
  if (!verified || !reading || !verdict || reading.activated) return null;
  return {
    card: { ...cardFacts(reading), uid: reading.uid },
    proof: { score: verdict.score, threshold: verdict.threshold, finger: verdict.finger, tries },
  };
}

const NOTHING_AT_HAND = { verified: null, atHand: null, dispute: null } as const;

/** Whoever holds a card that was read as far as its data, verified or not; one that nobody knows is nobody's. */
function atHandOf({ card, evidence, step }: VerificationStatus): CardAtHand | null {
  return card?.biodata ? { card, evidence, verified: step === 'verified' } : null;
}
