/** A queue number at the screen: taken, printed where there is a printer, shown for a while. */
import type { SessionSetup } from './session-setup.ts';

export function numberStates(session: SessionSetup) {
  return session.createStateConfig({
    entry: { type: 'waitFor', params: 'resident' },
    initial: 'taking',
    states: {
      taking: {
        invoke: {
          src: 'takeNumber',
          input: ({ context }) => context.priority,
          onDone: [
            {
              guard: 'succeeded',
              target: 'printing',
              actions: 'keepPlace',
            },
            { target: 'untaken', actions: 'keepFailure' },
          ],
        },
      },
      untaken: { on: { retry: { target: 'taking', actions: 'quiet' } } },
      printing: {
        entry: 'printAnew',
        invoke: {
          src: 'printNumber',
          input: ({ context }) => context,
          onDone: {
            target: 'shown',
            actions: { type: 'keepPrinted', params: ({ event }) => event.output },
          },
        },
      },
      shown: { on: { 'print-again': 'printing' }, after: { receipt: '#session.work.gone' } },
    },
    on: { leave: '#session.work.gone', 'time-out': '#session.work.gone' },
  });
}
