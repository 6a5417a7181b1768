/** What a session is at between its opening and its proof: each state waits for one thing, stores it, and asks for the next. */
import { assign, enqueueActions } from 'xstate';
import { captureInput } from './capture-ask.ts';
import { captureStage } from './capture-machine.ts';
import { nextStep, type Step } from './next-step.ts';
import { valueIn } from './outcome.ts';
import type { RecordingParts } from './recording-parts.ts';
import type { SessionContext } from './session-context.ts';
import type { SessionSetup } from './session-setup.ts';
import * as steps from './session-steps.ts';

/** Waits there for somebody, until what staff do meanwhile makes another step the next one. */
const waitingFor = <W extends SessionContext['waitsFor'], S extends Step['do']>(who: W, step: S) =>
  ({
    entry: { type: 'waitFor', params: who },
    always: { guard: { type: 'moved', params: step }, target: '#routing' },
  }) as const;

export function recordingStates(session: SessionSetup, { policy }: RecordingParts) {
  const stepOf = ({ facts, lost }: SessionContext) => nextStep(facts, policy, new Set(lost));
  return session.createStateConfig({
    on: {
      leave: { target: '#ending', actions: { type: 'endAs', params: 'abandoned' } },
      refuse: { target: '#ending', actions: { type: 'endAs', params: 'refused' } },
      'time-out': { target: '#ending', actions: { type: 'endAs', params: 'timed-out' } },
      'record-exception': {
        guard: { type: 'mayExcept', params: ({ event }) => event },
        target: '#routing',
        actions: { type: 'goOn', params: ({ event }) => ({ ...event, for: 'exception' }) },
      },
      'ask-guardian': { target: '#routing', actions: assign({ guardianAsked: true }) },
    },
    initial: 'identification',
    states: {
      identification: {
        entry: { type: 'waitFor', params: 'resident' },
        initial: 'asking',
        states: {
          asking: steps.askingWho,
          checking: {
            invoke: {
              src: 'identify',
              input: ({ event }) => steps.whoIs(event),
              onDone: [
                { guard: 'succeeded', target: '#saving', actions: 'wantFound' },
                { target: 'asking', actions: 'keepFailure' },
              ],
            },
          },
        },
      },
      notice: {
        entry: { type: 'waitFor', params: 'resident' },
        on: {
          'acknowledge-notice': {
            guard: { type: 'noticeOf', params: ({ event }) => event.version },
            target: '#saving',
            actions: {
              type: 'want',
              params: ({ event: { by, version } }) =>
                steps.toStore(by, [{ type: 'notice-acknowledged', version }]),
            },
          },
        },
      },
      guardian: {
        entry: { type: 'waitFor', params: 'resident' },
        on: {
          'name-guardian': {
            target: '#routing',
            actions: { type: 'goOn', params: ({ event }) => ({ ...event, for: 'guardian' }) },
          },
          back: { target: '#routing', guard: 'guardianAsked', actions: 'dropErrand' },
        },
      },
      lookingUp: {
        invoke: {
          src: 'lookUp',
          input: ({ context }) => context,
          onDone: [
            { guard: 'succeeded', target: '#saving', actions: 'wantFound' },
            { target: 'failed', actions: 'keepFailure' },
          ],
        },
      },
      stopped: {
        ...waitingFor('resident', 'stop'),
      },
      takingBiodata: {
        invoke: {
          src: 'takeBiodata',
          input: ({ context }) => context,
          onDone: [
            { guard: 'found', target: '#saving', actions: 'wantFound' },
            { guard: 'succeeded', target: 'enteringBiodata' },
            { target: 'failed', actions: 'keepFailure' },
          ],
        },
      },
      enteringBiodata: {
        ...waitingFor('staff', 'take-biodata'),
      },
      biodata: {
        ...waitingFor('resident', 'confirm-biodata'),
        on: {
          'confirm-biodata': {
            guard: { type: 'mayConfirm', params: ({ event }) => event },
            target: '#saving',
            actions: [
              {
                type: 'want',
                params: ({ event: { by, sha256 } }) =>
                  steps.toStore(by, [{ type: 'biodata-confirmed', sha256 }]),
              },
              assign({ disputed: false }),
            ],
          },
        },
      },
      capturing: {
        entry: { type: 'waitFor', params: 'resident' },
        invoke: {
          id: 'capture',
          src: 'capture',
          input: ({ context }) => captureInput(context, stepOf(context)),
          onSnapshot: {
            actions: enqueueActions(({ enqueue, event }) => {
              const stage = captureStage(event.snapshot, policy);
              enqueue({ type: 'showCapture', params: stage });
              if (stage.phase === 'placing' || stage.phase === 'writing') enqueue('somebodyIsThere');
            }),
          },
          onDone: [
            {
              guard: { type: 'someHeld', params: ({ event }) => event.output },
              target: '#guarding',
              actions: { type: 'keepTaken', params: ({ event }) => event.output },
            },
            {
              target: '#routing',
              actions: { type: 'keepTaken', params: ({ event }) => event.output },
            },
          ],
        },
        on: {
          'start-capture': { actions: ['forward', 'quiet'] },
          'finish-signature': { actions: 'forward' },
          'clear-signature': { actions: 'forward' },
          'be-patient': { actions: 'forward' },
          back: { guard: 'hasErrand', actions: ['dropErrand', 'conclude'] },
          // What is good of the capture at hand is kept before the exception's photo is taken.
          'record-exception': {
            guard: { type: 'mayExcept', params: ({ event }) => event },
            actions: [{ type: 'goOn', params: ({ event }) => ({ ...event, for: 'exception' }) }, 'conclude'],
          },
          'ask-guardian': { actions: [assign({ guardianAsked: true }), 'conclude'] },
        },
      },
      approval: {
        ...waitingFor('staff', 'await-approval'),
      },
      review: {
        ...waitingFor('resident', 'review'),
        on: {
          approve: {
            target: '#routing',
            actions: { type: 'goOn', params: ({ event: { by } }) => ({ for: 'review', by }) },
          },
          redo: {
            guard: { type: 'isKept', params: ({ event }) => event.step },
            target: '#saving',
            actions: {
              type: 'want',
              params: ({ context, event }) => steps.redoing(context, event.step, event.by),
            },
          },
        },
      },
      operatorFinger: {
        entry: { type: 'waitFor', params: 'staff' },
        initial: 'asking',
        states: {
          asking: {
            always: { guard: { type: 'moved', params: 'confirm-correction' }, target: '#routing' },
            on: {
              'confirm-correction': {
                guard: { type: 'mayPressFinger', params: ({ event }) => event },
                target: 'pressing',
              },
            },
          },
          pressing: {
            invoke: {
              src: 'operatorFinger',
              input: ({ event }) => steps.byOf(event),
              onDone: [
                {
                  guard: 'succeeded',
                  target: '#saving',
                  actions: {
                    type: 'want',
                    params: ({ context, event }) => steps.correctionConfirmed(context, valueIn(event)),
                  },
                },
                { target: 'asking', actions: 'countFinger' },
              ],
            },
          },
        },
      },
      gate: {
        ...waitingFor('staff', 'check-identity'),
        on: {
          'check-identity': {
            guard: { type: 'means', params: ({ event }) => event.means },
            target: '#routing',
            actions: [
              assign({ means: ({ event }) => event.means }),
              { type: 'goOn', params: ({ event }) => ({ ...event, for: 'identity' }) },
            ],
          },
          'scan-more': {
            guard: 'scanned',
            target: '#routing',
            actions: {
              type: 'goOn',
              params: ({ context, event: { by } }) => ({
                for: 'identity',
                means: context.means ?? 'family-card',
                by,
              }),
            },
          },
          'scans-complete': {
            guard: 'scanned',
            target: '#saving',
            actions: {
              type: 'want',
              params: ({ context, event: { by } }) => steps.identityChecked(context, by),
            },
          },
        },
      },
      /** The store or a source could not be asked. */
      failed: { on: { retry: { target: '#routing', actions: 'quiet' } } },
    },
  });
}
