/**
 * One person at the screen. Beside the choice of a service, the machine has no order of its own: after every step that
 * is stored it asks nextStep, and goes there. Beside the work it watches whether anybody is still there, and takes what
 * staff do meanwhile from another screen.
 */
import { assign, raise } from 'xstate';
import { stepsWithoutDevice } from './capture-ask.ts';
import type { SessionParts } from './recording-parts.ts';
import { freshContext } from './session-context.ts';
import { numberStates } from './session-number.ts';
import { recordingStates } from './session-recording.ts';
import { cardStates, statusStates } from './session-services.ts';
import { sessionSetup } from './session-setup.ts';
import { staffStates } from './session-staff.ts';
import * as steps from './session-steps.ts';

export function createSession(parts: SessionParts) {
  const { policy } = parts;
  const session = sessionSetup(parts);
  return session.createMachine({
    id: 'session',
    context: ({ input: { language, resumed } }) => ({
      ...freshContext(language, resumed?.facts ?? [], resumed?.sessionId),
      lost: stepsWithoutDevice(parts.captures.device),
    }),
    type: 'parallel',
    states: {
      work: {
        initial: 'starting',
        states: {
          starting: { always: [{ guard: 'isOpen', target: 'routing' }, { target: 'choosing' }] },
          choosing: {
            entry: { type: 'waitFor', params: 'resident' },
            on: {
              record: {
                target: '#saving',
                actions: {
                  type: 'want',
                  params: ({ context, event }) =>
                    steps.toStore(event.by, [
                      {
                        type: 'opened',
                        reason: event.reason,
                        channel: context.operator === null ? 'self-service' : 'assisted',
                        training: event.training ?? false,
                      },
                    ]),
                },
              },
              'take-number': {
                target: 'number',
                actions: { type: 'wantNumber', params: ({ event }) => event.priority },
              },
              'ask-status': 'status',
              'check-card': {
                guard: { type: 'isReader', params: ({ event }) => event.reader },
                target: 'card',
                actions: { type: 'wantCheck', params: ({ event }) => event },
              },
              leave: 'gone',
              'time-out': 'gone',
            },
          },
          status: statusStates(session),
          card: cardStates(session, parts),
          number: numberStates(session),
          routing: {
            id: 'routing',
            entry: [{ type: 'waitFor', params: 'kiosk' }, 'somebodyIsThere'],
            always: [
              { guard: 'hasErrand', target: 'recording.capturing' },
              { guard: 'guardianAsked', target: 'recording.guardian' },
              { guard: { type: 'next', params: 'identify' }, target: 'recording.identification' },
              { guard: { type: 'next', params: 'acknowledge-notice' }, target: 'recording.notice' },
              { guard: { type: 'next', params: 'sign-guardian' }, target: 'recording.guardian' },
              { guard: { type: 'next', params: 'look-up' }, target: 'recording.lookingUp' },
              { guard: { type: 'next', params: 'stop' }, target: 'recording.stopped' },
              { guard: { type: 'next', params: 'take-biodata' }, target: 'recording.takingBiodata' },
              { guard: { type: 'next', params: 'confirm-biodata' }, target: 'recording.biodata' },
              { guard: { type: 'next', params: 'capture' }, target: 'recording.capturing' },
              { guard: { type: 'next', params: 'await-approval' }, target: 'recording.approval' },
              { guard: { type: 'next', params: 'review' }, target: 'recording.review' },
              { guard: { type: 'next', params: 'confirm-correction' }, target: 'recording.operatorFinger' },
              { guard: { type: 'next', params: 'check-identity' }, target: 'recording.gate' },
              { guard: { type: 'next', params: 'prove' }, target: 'finishing.proving' },
              { guard: { type: 'next', params: 'issue-receipt' }, target: 'finishing.issuing' },
              { guard: { type: 'next', params: 'seal' }, target: 'finishing.sealing' },
              {
                guard: { type: 'next', params: 'end' },
                target: 'ending',
                actions: { type: 'endAs', params: ({ context }) => steps.endingOf(context) },
              },
              { target: 'gone' },
            ],
          },
          /** From what was captured or said to the disk: not to be broken off. */
          keeping: {
            entry: { type: 'waitFor', params: 'kiosk' },
            initial: 'saving',
            states: {
              guarding: {
                id: 'guarding',
                invoke: {
                  src: 'guard',
                  input: ({ context }) => context,
                  onDone: [
                    { guard: 'succeeded', target: 'saving', actions: 'wantTaken' },
                    { target: '#routing', actions: 'refuseTaken' },
                  ],
                },
              },
              saving: {
                id: 'saving',
                invoke: {
                  src: 'commit',
                  input: ({ context }) => steps.toCommit(context, context.pending),
                  onDone: [
                    { guard: 'succeeded', target: '#routing', actions: ['keepFacts', 'settleStep'] },
                    { target: 'unsaved', actions: 'keepFailure' },
                  ],
                },
              },
              unsaved: {
                on: {
                  retry: { target: 'saving', actions: 'quiet' },
                  leave: { target: '#ending', actions: { type: 'endAs', params: 'abandoned' } },
                  refuse: { target: '#ending', actions: { type: 'endAs', params: 'refused' } },
                },
              },
            },
          },
          recording: recordingStates(session, parts),
          finishing: {
            entry: { type: 'waitFor', params: 'kiosk' },
            initial: 'proving',
            states: {
              proving: {
                invoke: {
                  src: 'prove',
                  input: ({ context }) => steps.finishing(context),
                  onDone: [
                    { guard: 'succeeded', target: '#routing', actions: 'keepFacts' },
                    { target: 'unproved', actions: 'keepFailure' },
                  ],
                },
              },
              unproved: {
                on: {
                  retry: { target: 'proving', actions: 'quiet' },
                  redo: {
                    guard: { type: 'isKept', params: ({ event }) => event.step },
                    target: '#saving',
                    actions: {
                      type: 'want',
                      params: ({ context, event }) => steps.redoing(context, event.step, event.by),
                    },
                  },
                  leave: { target: '#ending', actions: { type: 'endAs', params: 'abandoned' } },
                },
              },
              issuing: {
                invoke: {
                  src: 'issueReceipt',
                  input: ({ context }) => steps.finishing(context),
                  onDone: [
                    { guard: 'succeeded', target: '#routing', actions: 'keepFacts' },
                    { target: 'unsealed', actions: 'keepFailure' },
                  ],
                },
              },
              sealing: {
                invoke: {
                  src: 'seal',
                  input: ({ context }) => steps.finishing(context),
                  onDone: [
                    { guard: 'succeeded', target: '#routing', actions: 'keepFacts' },
                    { target: 'unsealed', actions: 'keepFailure' },
                  ],
                },
              },
              // Proved and not sealed: the session stays, and is taken up again; only staff may end it.
              unsealed: {
                on: {
                  retry: { target: '#routing', actions: 'quiet' },
                  refuse: { target: '#ending', actions: { type: 'endAs', params: 'refused' } },
                },
              },
            },
          },
          ending: {
            id: 'ending',
            entry: { type: 'waitFor', params: 'kiosk' },
            invoke: {
              src: 'end',
              input: ({ context }) => context,
              onDone: [
                { guard: 'succeeded', target: 'ended' },
                { target: 'unended', actions: 'keepFailure' },
              ],
            },
          },
          // The next start ends it in any case.
          unended: { on: { retry: { target: 'ending', actions: 'quiet' }, leave: 'gone' } },
          ended: { always: [{ guard: 'sealed', target: 'receipt' }, { target: 'farewell' }] },
          receipt: {
            initial: 'printing',
            states: {
              printing: {
                invoke: {
                  src: 'print',
                  input: ({ context }) => context,
                  onDone: {
                    target: 'shown',
                    actions: { type: 'keepPrinted', params: ({ event }) => event.output },
                  },
                },
              },
              shown: { on: { 'print-again': 'printing' }, after: { receipt: '#session.work.survey' } },
            },
            on: { 'close-receipt': 'survey', leave: 'gone' },
          },
          survey: {
            on: { rate: 'rating', 'skip-survey': 'farewell', leave: 'gone' },
            after: { survey: 'farewell' },
          },
          // Answers that the store does not take hold nobody up.
          rating: {
            invoke: { src: 'rate', input: ({ event }) => steps.answersIn(event), onDone: 'farewell' },
          },
          farewell: { on: { leave: 'gone' }, after: { farewell: 'gone' } },
          /** The station lets go of the machine. */
          gone: {},
        },
      },
      presence: {
        initial: 'present',
        states: {
          present: {
            on: { touch: { target: 'present', reenter: true } },
            after: {
              idle: [
                { guard: 'residentAway', target: 'warned' },
                { target: 'present', reenter: true },
              ],
            },
          },
          warned: {
            entry: assign({ secondsLeft: policy.patience.warning }),
            exit: assign({ secondsLeft: 0 }),
            initial: 'counting',
            on: { touch: 'present' },
            states: {
              counting: {
                after: {
                  second: [
                    {
                      guard: 'lastSecond',
                      target: '#session.presence.present',
                      actions: raise({ type: 'time-out' }),
                    },
                    {
                      target: 'counting',
                      reenter: true,
                      actions: assign({ secondsLeft: ({ context }) => context.secondsLeft - 1 }),
                    },
                  ],
                },
              },
            },
          },
        },
      },
      staff: staffStates(session),
    },
  });
}
