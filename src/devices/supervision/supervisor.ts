/**
 * Keeps the kiosk's devices alive all day: tests each at the start, asks the quiet ones for a sign of life, finds
 * lost ones again with growing patience or when their cable is back, and has a relay switch the power of one that
 * stays mute. Whoever uses a device uses what `watch` gives: the same device, whose use is noticed and counted.
 */
import { statSync } from 'node:fs';
import { createActor, type SnapshotFrom } from 'xstate';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { Device } from '../device.ts';
import { createDeviceMachine, type DeviceEvent } from './device-machine.ts';
import type { DeviceHealth, DeviceNews, DeviceState } from './health.ts';
import type { SupervisionSettings } from './settings.ts';
import type { BeginUse } from './watched.ts';

export interface Watching {
  readonly device: Device;
  readonly kind: string;
  readonly driver: string;
  /** The device file that is there while it is plugged in, where there is one. */
  readonly port?: string | undefined;
  /** Switches its power off and on, with the pauses that it needs. */
  readonly powerCycle?: ((signal: AbortSignal) => Promise<void>) | undefined;
}

export interface Supervisor {
  /** Takes a device into care. The function notes its use; its end tells what came of it. */
  watch(watching: Watching): BeginUse;
  health(): readonly DeviceHealth[];
  subscribe(listener: (news: DeviceNews) => void): () => void;
  /** Tests a device now; a busy one is told as it is. Resolves when the test is over, or `signal` ends the wait. */
  test(id: string, signal: AbortSignal): Promise<Result<DeviceHealth>>;
  /** Switches its power off and on where that can be done, and finds it anew. Errors: DEVICE-UNKNOWN. */
  restart(id: string): Result;
  disable(id: string): Result;
  enable(id: string): Result;
  /** Ends the watch; the devices stay their owners'. */
  close(): void;
}

const PORT_POLL_MS = 500;

export function createSupervisor(settings: SupervisionSettings): Supervisor {
  const cared = new Map<string, Care>();
  const listeners = new Set<(news: DeviceNews) => void>();
  const tell = (news: DeviceNews) => {
    for (const listener of [...listeners]) listener(news);
  };

  function send(id: string, event: DeviceEvent): Result {
    const care = cared.get(id);
    if (!care) return fail('DEVICE-UNKNOWN', id);
    care.send(event);
    return ok();
  }

  return {
    watch(watching) {
      const care = takeCare(watching, settings, tell);
      cared.set(watching.device.id, care);
      return care.begin;
    },
    health: () => [...cared.values()].map((care) => care.health()),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async test(id, signal) {
      const care = cared.get(id);
      if (!care) return fail('DEVICE-UNKNOWN', id);
      care.send({ type: 'test' });
      await care.settled(signal);
      return ok(care.health());
    },
    restart: (id) => send(id, { type: 'restart' }),
    disable: (id) => send(id, { type: 'disable' }),
    enable: (id) => send(id, { type: 'enable' }),
    close() {
      for (const care of cared.values()) care.stop();
    },
  };
}

interface Care {
  readonly begin: BeginUse;
  send(event: DeviceEvent): void;
  health(): DeviceHealth;
  /** Resolves once no test is under way. */
  settled(signal: AbortSignal): Promise<void>;
  stop(): void;
}

function takeCare(
  { device, kind, driver, port, powerCycle }: Watching,
  settings: SupervisionSettings,
  tell: (news: DeviceNews) => void,
): Care {
  /** The supervisor's own last call of the device. */
  let own: Promise<unknown> = Promise.resolve();
  const call = <T>(answer: Promise<T>): Promise<T> => {
    own = answer.catch(() => {});
    return answer;
  };
  const heartbeat = device.heartbeat?.bind(device);
  const machine = createDeviceMachine(settings, {
    async test(signal) {
      const result = await call(device.check(signal));
      // One that was broken off, for somebody who wants to use the device, says nothing of it.
      if (!signal.aborted) tell({ type: 'tested', device: device.id, result });
      return result;
    },
    heartbeat: heartbeat && ((signal) => call(heartbeat(signal))),
    portIsThere: () => port === undefined || isThere(port),
    awaitPort: (back) => watchPort(port, back),
    powerCycle,
    random: Math.random,
  });
  const actor = createActor(machine);
  let state = stateOf(actor.getSnapshot());
  actor.subscribe({
    next(snapshot) {
      const to = stateOf(snapshot);
      if (to === state) return;
      const from = state;
      state = to;
      tell({ type: 'changed', device: device.id, from, to });
    },
    // A bug in the machine itself: the device goes on without care.
    error: () => tell({ type: 'failed', device: device.id, failure: { code: 'DEVICE-BUG' } }),
  });
  actor.start();
  const forget = device.onLost?.((failure) => actor.send({ type: 'lost', failure }));

  return {
    async begin() {
      if (state === 'disabled') return fail('DEVICE-DISABLED', device.id);
      // Two at a time: the driver refuses the second, which is no fault of the device.
      if (state === 'busy') return ok(() => {});
      actor.send({ type: 'begin' });
      await own;
      return ok((outcome) => {
        const failure = typeof outcome === 'object' ? outcome : undefined;
        actor.send(failure ? { type: 'end', failure } : { type: 'end' });
        if (failure) tell({ type: 'failed', device: device.id, failure });
        else if (outcome === 'done') tell({ type: 'captured', device: device.id });
      });
    },
    send: (event) => actor.send(event),
    health() {
      const { failure, findings } = actor.getSnapshot().context;
      return {
        id: device.id,
        kind,
        driver,
        state,
        ...(failure && { failure }),
        ...(findings && { identity: findings.identity }),
        ...(findings?.temperature !== undefined && { temperature: findings.temperature }),
      };
    },
    settled: (signal) =>
      new Promise((resolve) => {
        const look = () => {
          if (!signal.aborted && actor.getSnapshot().matches('testing')) return;
          subscription.unsubscribe();
          signal.removeEventListener('abort', look);
          resolve();
        };
        const subscription = actor.subscribe(look);
        signal.addEventListener('abort', look);
        look();
      }),
    stop() {
      forget?.();
      actor.stop();
    },
  };
}

function stateOf(snapshot: SnapshotFrom<ReturnType<typeof createDeviceMachine>>): DeviceState {
  const { value, context } = snapshot;
  const top = typeof value === 'string' ? value : Object.keys(value)[0];
  // A device that worked until now is tested; one that did not, or is new, is looked for.
  if (top === 'testing') return context.findings && !context.attempts ? 'self-testing' : 'connecting';
  return top as DeviceState;
}

function isThere(port: string): boolean {
  return statSync(port, { throwIfNoEntry: false }) !== undefined;
}

/** Calls back when the port is there after it was not. A poll: a watch of /dev would wake for everything. */
function watchPort(port: string | undefined, back: () => void): () => void {
  if (port === undefined) return () => {};
  let was = isThere(port);
  const timer = setInterval(() => {
    const is = isThere(port);
    if (is && !was) back();
    was = is;
  }, PORT_POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
