/**
 * How long the kiosk itself works: in its worker threads, its store and its main thread. The rest of the time it waits
 * for a person or for a wire.
 */
import { channel } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';

/** Tracing channels (node:diagnostics_channel) on which the rooms tell of their work. */
const ROOMS = ['biometrics', 'store', 'packet'] as const;
/** Done with one picture of a live camera while it gives the next, so that nobody waits for it. */
const BESIDE_THE_CAMERA: ReadonlySet<string> = new Set([
  'biometrics assessPhoto',
  'biometrics assessWhole',
  'biometrics extractIris',
  'biometrics preview',
]);

export interface OwnTime {
  /** So far, ms: work of several threads at a time counts once, what runs beside a live camera not at all. */
  sofar(): number;
  /** What ran beside a live camera, ms. */
  besideCamera(): number;
  /** By name, e.g. `store sessions.record`: how long each call took, in ms, its wait for a thread included. */
  readonly calls: ReadonlyMap<string, readonly number[]>;
  stop(): void;
}

/** Begins to measure. */
export function measureOwnTime(): OwnTime {
  const calls = new Map<string, number[]>();
  const begun = new WeakMap<object, number>();
  let running = 0;
  let own = 0;
  let since = performance.now();
  let loop = performance.eventLoopUtilization();

  /** While something is at work all time counts, else that of the main thread alone. */
  function account(): void {
    const now = performance.now();
    const newLoop = performance.eventLoopUtilization();
    own += running > 0 ? now - since : newLoop.active - loop.active;
    since = now;
    loop = newLoop;
  }

  const endings = ROOMS.flatMap((room) => {
    const nameOf = (message: unknown) => `${room} ${(message as { name: string }).name}`;
    const count = (message: unknown, change: number) => {
      account();
      if (!BESIDE_THE_CAMERA.has(nameOf(message))) running += change;
    };
    const start = (message: unknown) => {
      count(message, 1);
      begun.set(message as object, performance.now());
    };
    const end = (message: unknown) => {
      const from = begun.get(message as object);
      // It had begun before anybody measured.
      if (from === undefined) return;
      count(message, -1);
      const known = calls.get(nameOf(message)) ?? [];
      known.push(performance.now() - from);
      calls.set(nameOf(message), known);
    };
    const on = (event: string, listener: (message: unknown) => void) => {
      const told = channel(`tracing:anjungan:${room}:${event}`);
      told.subscribe(listener);
      return () => told.unsubscribe(listener);
    };
    return [on('start', start), on('asyncEnd', end)];
  });
  return {
    calls,
    sofar() {
      account();
      return own;
    },
    besideCamera() {
      const beside = [...calls].filter(([name]) => BESIDE_THE_CAMERA.has(name));
      return beside.flatMap(([, times]) => times).reduce((sum, ms) => sum + ms, 0);
    },
    stop() {
      for (const end of endings) end();
    },
  };
}
