/**
 * One device from the supervisor's view: found, watched, and brought back when it fails. Time runs on the machine's
 * clock. What is done to the device comes in as effects that answer with values; a rejection is a bug in a driver,
 * and the device is tried again like one that failed.
 */
import { assign, fromCallback, fromPromise, setup } from 'xstate';
import { type Failure, ok, type Result } from '../../failures/failure.ts';
import type { Findings } from '../device.ts';
import type { SupervisionSettings } from './settings.ts';

export interface DeviceEffects {
  /** The driver's `check`. */
  test(signal: AbortSignal): Promise<Result<Findings>>;
  /** The driver's `heartbeat`, where it has one. */
  readonly heartbeat: ((signal: AbortSignal) => Promise<Result>) | undefined;
  /** Its port, where it has one, is there. */
  portIsThere(): boolean;
  /** Calls back once the port has come back; returns what ends the watch. */
  awaitPort(back: () => void): () => void;
  /** Switches its power off and on, where a relay feeds it. */
  readonly powerCycle: ((signal: AbortSignal) => Promise<void>) | undefined;
  /** Uniform in [0, 1). */
  random(): number;
}

export interface DeviceContext {
  /** Attempts that failed, in a row. */
  readonly attempts: number;
  /** Why it is not ready, or what it complains of. */
  readonly failure: Failure | undefined;
  readonly findings: Findings | undefined;
  readonly powerCycles: number;
}

export type DeviceEvent =
  /** Somebody begins and ends to use it. */
  | { readonly type: 'begin' }
  | { readonly type: 'end'; readonly failure?: Failure }
  /** Its port has come back. */
  | { readonly type: 'plugged' }
  /** Its line is gone, while nobody used it. */
  | { readonly type: 'lost'; readonly failure: Failure }
  /** A technician, or the opening of the kiosk, wants to know. */
  | { readonly type: 'test' }
  | { readonly type: 'restart' }
  | { readonly type: 'disable' }
  | { readonly type: 'enable' };

interface Tested {
  readonly result: Result<Findings>;
}

const BUG: Failure = { code: 'DEVICE-BUG' };

export function createDeviceMachine(settings: SupervisionSettings, effects: DeviceEffects) {
  const ms = (seconds: number) => seconds * 1000;

  return setup({
    types: { context: {} as DeviceContext, events: {} as DeviceEvent },
    actors: {
      test: fromPromise<Result<Findings>>(({ signal }) => effects.test(signal)),
      heartbeat: fromPromise<Result>(async ({ signal }) => (await effects.heartbeat?.(signal)) ?? ok()),
      powerCycle: fromPromise<void>(({ signal }) => effects.powerCycle?.(signal) ?? Promise.resolve()),
      port: fromCallback(({ sendBack }) => effects.awaitPort(() => sendBack({ type: 'plugged' }))),
    },
    delays: {
      heartbeat: ms(settings.heartbeat),
      retest: ms(settings.retest),
      longestWait: ms(settings.longestWait),
      backOff: ({ context }) => {
        const even = Math.min(
          settings.longestWait,
          settings.firstWait * 2 ** Math.min(context.attempts - 1, 20),
        );
        return ms(even * (0.75 + effects.random() / 2));
      },
    },
    guards: {
      canPowerCycle: () => effects.powerCycle !== undefined,
      powerCycleIsDue: ({ context }) =>
        effects.powerCycle !== undefined && context.attempts % settings.attemptsBeforePowerCycle === 0,
      portIsGone: () => !effects.portIsThere(),
      isWell: (_, { result }: Tested) => result.ok && result.value.complaint === undefined,
      works: (_, { result }: { result: Result<unknown> }) => result.ok,
      failedInUse: (_, { failure }: { failure: Failure | undefined }) => failure !== undefined,
      hasComplaint: ({ context }) => context.findings?.complaint !== undefined,
    },
    actions: {
      tested: assign(({ context }, { result }: Tested) =>
        result.ok
          ? { findings: result.value, failure: result.value.complaint, attempts: 0 }
          : { failure: result.failure, attempts: context.attempts + 1 },
      ),
    },
  }).createMachine({
    id: 'device',
    context: { attempts: 0, failure: undefined, findings: undefined, powerCycles: 0 },
    initial: 'testing',
    on: {
      disable: { target: '.disabled' },
      restart: [{ guard: 'canPowerCycle', target: '.power-cycling' }, { target: '.testing' }],
    },
    states: {
      testing: {
        invoke: {
          src: 'test',
          onDone: [
            {
              guard: { type: 'isWell', params: ({ event }) => ({ result: event.output }) },
              target: 'ready',
              actions: { type: 'tested', params: ({ event }) => ({ result: event.output }) },
            },
            {
              guard: { type: 'works', params: ({ event }) => ({ result: event.output }) },
              target: 'degraded',
              actions: { type: 'tested', params: ({ event }) => ({ result: event.output }) },
            },
            {
              target: 'failed',
              actions: { type: 'tested', params: ({ event }) => ({ result: event.output }) },
            },
          ],
          onError: {
            target: 'failed',
            actions: { type: 'tested', params: { result: { ok: false, failure: BUG } } },
          },
        },
        on: { begin: 'busy' },
      },
      /** What to do about it is decided at once. */
      failed: {
        always: [
          { guard: 'powerCycleIsDue', target: 'power-cycling' },
          { guard: 'portIsGone', target: 'lost' },
          { target: 'backing-off' },
        ],
      },
      ready: {
        initial: 'quiet',
        on: {
          begin: 'busy',
          test: 'testing',
          lost: { target: 'testing', actions: assign(({ event }) => ({ failure: event.failure })) },
        },
        states: {
          quiet: { after: { heartbeat: 'asked' } },
          asked: {
            invoke: {
              src: 'heartbeat',
              onDone: [
                {
                  guard: { type: 'works', params: ({ event }) => ({ result: event.output }) },
                  target: 'quiet',
                },
                { target: '#device.testing', actions: assign(({ event }) => failureOf(event.output)) },
              ],
              onError: { target: '#device.testing', actions: assign({ failure: BUG }) },
            },
          },
        },
      },
      degraded: {
        on: {
          begin: 'busy',
          test: 'testing',
          lost: { target: 'testing', actions: assign(({ event }) => ({ failure: event.failure })) },
        },
        after: { retest: 'testing' },
      },
      busy: {
        on: {
          end: [
            // Whether it was the device or the finger, a test tells.
            {
              guard: { type: 'failedInUse', params: ({ event }) => ({ failure: event.failure }) },
              target: 'testing',
              actions: assign(({ event }) => ({ failure: event.failure })),
            },
            { guard: 'hasComplaint', target: 'degraded' },
            { target: 'ready', actions: assign({ failure: undefined, attempts: 0 }) },
          ],
        },
      },
      /** Its port is gone: the cable, most likely. */
      lost: {
        invoke: { src: 'port' },
        on: { plugged: 'testing', begin: 'busy', test: 'testing' },
        after: { longestWait: 'testing' },
      },
      'backing-off': {
        invoke: { src: 'port' },
        on: { plugged: 'testing', begin: 'busy', test: 'testing' },
        after: { backOff: 'testing' },
      },
      'power-cycling': {
        entry: assign(({ context }) => ({ powerCycles: context.powerCycles + 1 })),
        invoke: { src: 'powerCycle', onDone: 'testing', onError: 'testing' },
      },
      disabled: { on: { enable: 'testing', restart: undefined } },
    },
  });
}

function failureOf(result: Result) {
  return result.ok ? {} : { failure: result.failure };
}
