/**
 * Whether the kiosk serves anybody: self-test, the timetable and operators beyond it, pauses, a case that was opened,
 * power that fails. What runs is finished by whoever runs it; this says only whether something new may begin.
 */
import { assign, fromPromise, type SnapshotFrom, setup } from 'xstate';
import { hoursOn, isOpenAt, localDay } from './opening-hours.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import type { SessionEvent } from './session-events.ts';
import type { DeviceFault, KioskStatus } from './station-status.ts';

export interface KioskParts {
  /** Tests every device that needs nobody; a fault does not close the kiosk. */
  selfTest(signal: AbortSignal): Promise<readonly DeviceFault[]>;
  /** false: this machine cannot know what day it is. */
  readonly clockTrusted: boolean;
  readonly now: () => Date;
  readonly policy: RecordingPolicy;
}

/** What the panel tells. */
export type PanelEvent =
  | { readonly type: 'case-opened' }
  | { readonly type: 'power-lost' }
  | { readonly type: 'power-back' };

/** The day is being closed, or was: an operator alone opens it again, and nobody once it is closed. */
export interface ShutEvent {
  readonly type: 'shut';
}

interface Context {
  readonly faults: readonly DeviceFault[];
  readonly dateTrusted: boolean;
  readonly openedBy: string | null;
  /** The day on which an operator closed it before the timetable did. */
  readonly shutOn: string | null;
  readonly pauseReason: string | null;
  readonly onBattery: boolean;
  readonly tampered: boolean;
}

export function createKiosk({ selfTest, clockTrusted, now, policy }: KioskParts) {
  const today = () => localDay(now(), policy);

  return setup({
    types: { context: {} as Context, events: {} as SessionEvent | PanelEvent | ShutEvent },
    delays: { look: 15_000 },
    actors: {
      selfTest: fromPromise<readonly DeviceFault[]>(({ signal }) => selfTest(signal)),
    },
    guards: {
      tampered: ({ context }) => context.tampered,
      onBattery: ({ context }) => context.onBattery,
      dateUnknown: ({ context }) => !context.dateTrusted,
      pausing: ({ context }) => context.pauseReason !== null,
      serving: ({ context }) =>
        context.openedBy !== null || (isOpenAt(now(), policy) && context.shutOn !== today()),
      isToday: (_, date: string) => date === today(),
    },
    actions: {
      shut: assign({ openedBy: null, pauseReason: null, shutOn: () => today() }),
      keepFaults: assign({ faults: (_, faults: readonly DeviceFault[]) => faults }),
    },
  }).createMachine({
    id: 'kiosk',
    context: {
      faults: [],
      dateTrusted: clockTrusted,
      openedBy: null,
      shutOn: null,
      pauseReason: null,
      onBattery: false,
      tampered: false,
    },
    initial: 'testing',
    on: {
      'case-opened': { target: '.deciding', actions: assign({ tampered: true }) },
      shut: { target: '.deciding', actions: 'shut' },
      'power-lost': { target: '.deciding', actions: assign({ onBattery: true }) },
      'power-back': { target: '.deciding', actions: assign({ onBattery: false }) },
    },
    states: {
      testing: {
        invoke: {
          src: 'selfTest',
          onDone: {
            target: 'deciding',
            actions: { type: 'keepFaults', params: ({ event }) => event.output },
          },
        },
      },
      deciding: {
        always: [
          { guard: 'tampered', target: 'tamper' },
          { guard: 'onBattery', target: 'powerFail' },
          { guard: 'dateUnknown', target: 'dateUnconfirmed' },
          { guard: 'pausing', target: 'paused' },
          { guard: 'serving', target: 'open' },
          { target: 'closed' },
        ],
      },
      closed: {
        after: { look: 'deciding' },
        on: {
          'self-test': 'testing',
          'open-kiosk': {
            target: 'deciding',
            actions: assign({ openedBy: ({ event }) => event.by, shutOn: null }),
          },
        },
      },
      open: {
        after: { look: 'deciding' },
        on: {
          'self-test': 'testing',
          'close-kiosk': { target: 'deciding', actions: 'shut' },
          'pause-kiosk': {
            target: 'deciding',
            actions: assign({ pauseReason: ({ event }) => event.reason }),
          },
        },
      },
      paused: {
        on: { 'resume-kiosk': { target: 'deciding', actions: assign({ pauseReason: null }) } },
      },
      dateUnconfirmed: {
        on: {
          'confirm-date': {
            guard: { type: 'isToday', params: ({ event }) => event.date },
            target: 'deciding',
            actions: assign({ dateTrusted: true }),
          },
        },
      },
      tamper: {
        on: { 'reset-tamper': { target: 'testing', actions: assign({ tampered: false }) } },
      },
      powerFail: {},
    },
  });
}

const STATES = {
  testing: 'self-test',
  deciding: 'self-test',
  closed: 'closed',
  open: 'open',
  paused: 'paused',
  dateUnconfirmed: 'date-unconfirmed',
  tamper: 'tamper',
  powerFail: 'power-fail',
} as const;

export function kioskStatus(
  { value, context }: SnapshotFrom<ReturnType<typeof createKiosk>>,
  now: Date,
  policy: RecordingPolicy,
): KioskStatus {
  const { openedBy, pauseReason, faults } = context;
  return { state: STATES[value], hours: hoursOn(now, policy), openedBy, pauseReason, faults };
}
