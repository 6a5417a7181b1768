/**
 * The activation desk: one case at a time. The officer starts a verification, an activation (only of the card
 * just verified, which must not have left its reader) or a comparison; each is a machine of its own.
 */
import { assign, type EventObject, fromCallback, setup } from 'xstate';
import { type ActivationInput, activationStatus, createActivation } from './activation.ts';
import { watchCard } from './card-watch.ts';
import { type ChipVerified, chipVerificationStatus, createChipVerification } from './chip-verification.ts';
import { comparisonStatus, createComparison } from './comparison.ts';
import type { DeskParts } from './parts.ts';
import { cardFacts } from './reading.ts';
import { createSealedVerification, sealedVerificationStatus } from './sealed-verification.ts';
import type { DeskEvent, Work } from './status.ts';

interface Context {
  readonly caseId: string;
  readonly reader: string;
  readonly by: string;
  readonly work: Work;
  /** What an activation needs; there only after a verified holder whose card is not yet activated. */
  readonly verified: Pick<ActivationInput, 'card' | 'proof'> | null;
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
    },
    actions: {
      openCase: assign(({ context, event }) => ({
        caseId: caseFiles.open(),
        reader: event.type === 'verify' ? event.reader : context.reader,
        by: 'by' in event ? event.by : context.by,
        verified: null,
      })),
      reopenCase: assign(({ context }) => {
        caseFiles.close(context.caseId);
        return { caseId: caseFiles.open(), verified: null };
      }),
      closeCase: assign(({ context }) => {
        caseFiles.close(context.caseId);
        return { caseId: '', verified: null, work: { at: 'idle' } as const };
      }),
      show: assign({ work: (_, work: Work) => work }),
      keepVerified: assign({ verified: (_, done: ChipVerified) => verifiedCard(done) }),
      forgetVerified: assign({
        verified: null,
        work: ({ context: { work } }) =>
          work.at === 'verification' ? { ...work, canActivate: false } : work,
      }),
    },
  }).createMachine({
    id: 'desk',
    context: { caseId: '', reader: '', by: '', work: { at: 'idle' }, verified: null },
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
            actions: { type: 'show', params: ({ event }) => event.output.status },
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
            actions: { type: 'show', params: ({ event }) => event.output.status },
          },
        },
      },
      activation: {
        on: {
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
          retry: { target: 'comparing', actions: 'reopenCase' },
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
