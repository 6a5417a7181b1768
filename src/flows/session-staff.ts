/** What staff do beside the work at the screen: approvals, corrections, taking over. Stored while the work goes on. */
import { assign } from 'xstate';
import type { SessionSetup } from './session-setup.ts';
import * as steps from './session-steps.ts';

export function staffStates(session: SessionSetup) {
  return session.createStateConfig({
    initial: 'ready',
    on: {
      speak: { actions: assign({ language: ({ event }) => event.language }) },
      'call-officer': { actions: assign({ officerCalled: true }) },
      'dispute-biodata': {
        guard: 'hasBiodata',
        actions: assign({ disputed: true, officerCalled: true }),
      },
      'hand-back': { actions: assign({ operator: null }) },
      'ask-override': {
        guard: { type: 'mayAskOverride', params: ({ event }) => event },
        actions: assign({ overrideAsked: ({ event: { rule, reason, by } }) => ({ rule, reason, by }) }),
      },
    },
    states: {
      ready: {
        on: {
          'settle-exception': {
            guard: { type: 'maySettle', params: ({ event }) => event },
            target: 'saving',
            actions: {
              type: 'wantAside',
              params: ({ event: { by, exception, approved } }) =>
                steps.toStore(by, [{ type: 'exception-settled', exception, approved }]),
            },
          },
          'settle-override': {
            guard: { type: 'maySettleOverride', params: ({ event }) => event },
            target: 'saving',
            actions: [
              {
                type: 'wantAside',
                params: ({ context, event: { by } }) => steps.overridden(context, by),
              },
              'forgetOverride',
            ],
          },
          'refuse-override': {
            guard: { type: 'maySettleOverride', params: ({ event }) => event },
            actions: 'forgetOverride',
          },
          'take-over': [
            {
              guard: 'isOpen',
              target: 'saving',
              actions: [
                assign({ operator: ({ event }) => event.by, officerCalled: false }),
                {
                  type: 'wantAside',
                  params: ({ event }) => steps.toStore(event.by, [{ type: 'taken-over' }]),
                },
              ],
            },
            { actions: assign({ operator: ({ event }) => event.by, officerCalled: false }) },
          ],
          'correct-biodata': {
            guard: { type: 'mayCorrect', params: ({ event }) => event },
            target: 'saving',
            actions: {
              type: 'wantAside',
              params: ({ event: { by, field, value } }) =>
                steps.toStore(by, [{ type: 'biodata-corrected', field, value }]),
            },
          },
          'enter-biodata': {
            guard: { type: 'mayEnter', params: ({ event }) => event },
            target: 'saving',
            actions: {
              type: 'wantAside',
              params: ({ event: { by, biodata } }) =>
                steps.toStore(by, [{ type: 'biodata-taken', from: 'operator', biodata: { ...biodata } }]),
            },
          },
        },
      },
      saving: {
        invoke: {
          src: 'commit',
          input: ({ context }) => steps.toCommit(context, context.side),
          onDone: [
            { guard: 'succeeded', target: 'ready', actions: 'keepFacts' },
            { target: 'ready', actions: 'keepFailure' },
          ],
        },
      },
    },
  });
}
