/**
 * What a resident may ask for beside a recording: where their record is, and whether their card is good. Neither opens a
 * session: it is answered and audited, and what was told is gone from memory with the machine.
 */
import { chipVerificationStatus } from './chip-verification.ts';
import type { SessionParts } from './recording-parts.ts';
import { sealedVerificationStatus } from './sealed-verification.ts';
import type { SessionSetup } from './session-setup.ts';
import * as steps from './session-steps.ts';

/** Left as whoever came leaves: by a wish, or by being gone. */
const ways = {
  back: { target: '#session.work.choosing', actions: 'forgetService' },
  leave: '#session.work.gone',
  'time-out': '#session.work.gone',
} as const;

export function statusStates(session: SessionSetup) {
  return session.createStateConfig({
    entry: { type: 'waitFor', params: 'resident' },
    on: ways,
    initial: 'asking',
    states: {
      asking: steps.askingWho,
      checking: {
        invoke: {
          src: 'tellStatus',
          input: ({ event }) => ({ ...steps.whoIs(event), by: steps.byOf(event) }),
          onDone: [
            { guard: 'succeeded', target: 'told', actions: 'keepAnswer' },
            { target: 'asking', actions: 'keepFailure' },
          ],
        },
      },
      told: { after: { answer: '#session.work.gone' } },
    },
  });
}

/** The desk's own verification, on its readers; activation stays the desk's. */
export function cardStates(session: SessionSetup, { desk }: SessionParts) {
  const { fingerTries } = desk.policy;
  return session.createStateConfig({
    entry: { type: 'waitFor', params: 'resident' },
    // Closes the case however this ends, also when the machine is stopped.
    invoke: { src: 'keepCase', input: ({ context }) => context.check?.caseId ?? '' },
    on: ways,
    initial: 'choosing',
    states: {
      choosing: { always: [{ guard: 'checksChip', target: 'onChip' }, { target: 'onSealed' }] },
      onChip: {
        invoke: {
          src: 'chipVerification',
          input: ({ context }) => steps.checking(context),
          onSnapshot: {
            actions: [
              {
                type: 'showCheck',
                params: ({ event }) => chipVerificationStatus(event.snapshot, fingerTries),
              },
              'somebodyIsThere',
            ],
          },
          onDone: {
            target: 'checked',
            actions: { type: 'showCheck', params: ({ event }) => event.output.status },
          },
        },
      },
      onSealed: {
        invoke: {
          src: 'sealedVerification',
          input: ({ context }) => steps.checking(context),
          onSnapshot: {
            actions: [
              {
                type: 'showCheck',
                params: ({ event }) => sealedVerificationStatus(event.snapshot, fingerTries),
              },
              'somebodyIsThere',
            ],
          },
          onDone: {
            target: 'checked',
            actions: { type: 'showCheck', params: ({ event }) => event.output.status },
          },
        },
      },
      checked: {
        on: { retry: { target: '#session.work.card', reenter: true, actions: 'checkAnew' } },
        after: { answer: '#session.work.gone' },
      },
    },
  });
}
