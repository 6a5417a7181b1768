/**
 * What all modules on a serial line have in common: one job at a time, one image a capture, an abort that is obeyed
 * at once while the line drains behind it. The line is opened when it is needed and anew after a loss.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Findings } from '../device.ts';
import { orAborted } from '../transport/or-aborted.ts';
import type { FingerSensor, FingerTraits } from './port.ts';

/** A line with a module at its other end. */
interface Link {
  /** The line is still there. */
  readonly alive: boolean;
  close(): Promise<void>;
}

/** How one kind of module is spoken to. Nothing here runs while something else runs. */
export interface Module<L extends Link> {
  open(): Promise<Result<L>>;
  /** Ends whatever the module is at and hears that it listens. */
  settle(link: L): Promise<Result>;
  /** Waits for a finger. undefined: aborted, and the module may still be at it. */
  capture(link: L, signal: AbortSignal): Promise<Result<GrayImage> | undefined>;
  /** Who is there, and whether something lies on its glass. */
  identify(link: L): Promise<Result<Findings>>;
  /** The cheapest question that it answers. */
  ping(link: L): Promise<Result>;
}

/** A job that ends by itself may do so within this time. */
const CLOSE_MS = 500;

/**
 * Failures: SENSOR-… and, from opening the line, SERIAL-FORBIDDEN, SERIAL-BUSY, SERIAL-OPEN-FAILED. An abort ends
 * `acquire` at once; the module is then told to stop and heard out, for as long as an image on the line takes,
 * and whoever comes next waits for that.
 */
export function createModuleSensor<L extends Link>(
  id: string,
  traits: FingerTraits,
  module: Module<L>,
): FingerSensor {
  let link: L | undefined;
  /** Somebody waits for a finger. */
  let acquiring = false;
  /** The work on the line, one after the other; it never rejects. */
  let work: Promise<unknown> = Promise.resolve();
  const closing = new AbortController();

  /** Runs after all work before it; the caller gets away earlier by aborting: undefined. */
  function inTurn<T>(signal: AbortSignal, job: () => Promise<T>): Promise<T | undefined> {
    const turn = work.then(() => (signal.aborted ? undefined : job()));
    work = turn.catch(() => {});
    return orAborted(turn, signal);
  }

  /** Does something on the line; a module that does not answer is met with a fresh line next time. */
  async function onLine<T>(job: (link: L) => Promise<Result<T>>): Promise<Result<T>> {
    if (!link?.alive) {
      const opened = await module.open();
      if (!opened.ok) return opened;
      link = opened.value;
    }
    const done = await job(link);
    if (!done.ok && (done.failure.code === 'SENSOR-SILENT' || done.failure.code === 'SENSOR-GARBLED')) {
      await link.close();
    }
    return done;
  }

  /** undefined: aborted. */
  async function capture(signal: AbortSignal): Promise<Result<GrayImage | undefined>> {
    return onLine(async (line) => {
      const settled = await module.settle(line);
      if (!settled.ok) return settled;
      const captured = await module.capture(line, signal);
      if (captured) return captured;
      const drained = await module.settle(line);
      return drained.ok ? ok(undefined) : drained;
    });
  }

  /** Between captures. */
  async function alone<T>(signal: AbortSignal, job: (link: L) => Promise<Result<T>>): Promise<Result<T>> {
    if (closing.signal.aborted) return fail('SENSOR-LOST', 'closed');
    if (acquiring) return fail('SENSOR-BUSY');
    const done = await inTurn(AbortSignal.any([signal, closing.signal]), () => onLine(job));
    return done ?? fail('SENSOR-BUSY', 'no time left');
  }

  return {
    id,
    traits,

    async *acquire(_want, signal) {
      if (closing.signal.aborted) return fail('SENSOR-LOST', 'closed');
      if (acquiring) return fail('SENSOR-BUSY');
      acquiring = true;
      const either = AbortSignal.any([signal, closing.signal]);
      const captured = await inTurn(either, () => capture(either)).finally(() => {
        acquiring = false;
      });
      if (!captured) return ok();
      if (!captured.ok) return captured;
      if (captured.value) yield { image: captured.value };
      return ok();
    },

    check(signal) {
      return alone(signal, async (line) => {
        const settled = await module.settle(line);
        return settled.ok ? module.identify(line) : settled;
      });
    },

    heartbeat(signal) {
      return alone(signal, (line) => module.ping(line));
    },

    async close() {
      closing.abort();
      // An image under way is not waited for: the line ends below it.
      await Promise.race([work, delay(CLOSE_MS)]);
      await link?.close();
      await work;
    },
  };
}
