/**
 * The driver of the old integrated reader, a sealed box on a serial line (its protocol: protocol.ts).
 * It looks for the box on its ports, gives it one command at a time, and finds it again after a loss.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type Failure, fail, ok, type Result } from '../../../failures/failure.ts';
import { openSerial, type SerialLine } from '../../transport/serial.ts';
import type { ReaderState, ReaderStatus, SealedReader } from '../port.ts';
import { exchange, greet } from './link.ts';
import { ack, type Command, close, demog, finger, info, put, upsets } from './protocol.ts';
import type { LenReaderSettings } from './settings.ts';

const BAUD_RATE = 115_200;
/** Rounds of waiting for a card and for a finger: what an abort leaves the box busy with. */
const PUT_SECONDS = 2;
const FINGER_SECONDS = 5;
/** Between two rounds, for a firmware that ends its rounds at once. */
const PAUSE_MS = 100;
const DEMOG_SECONDS = 10;
/** Waits between searches for a lost box; the last one again and again. */
const BACK_OFF_MS = [250, 500, 1_000, 2_000, 4_000];

const cancelled = fail('OLD-CANCELLED');

/** Is the next port worth a try? Not when this failure is the box's own word. */
function mayBeElsewhere({ code }: Failure): boolean {
  return (
    code.startsWith('SERIAL-') || ['OLD-NOT-FOUND', 'OLD-SILENT', 'OLD-GARBLED', 'OLD-LOST'].includes(code)
  );
}

/**
 * Starts looking for the box at once. Failures have OLD-… codes, or CARD-ABSENT or KTP-NOT-A-KTP where the box says
 * so. An abort answers OLD-CANCELLED at once, while the reader stays `busy` until the box has ended what it was
 * told to do. Commands queue; each ends within the box's own time for it and the wire's (link.ts).
 */
export function createLenReader(settings: LenReaderSettings): SealedReader {
  /** The one line that is held: while it is probed, and afterwards for as long as it lives. */
  let line: SerialLine | undefined;
  /** The box on `line` is greeted and open. */
  let linked = false;
  /** The port the box was last found on is asked first. */
  let ports = settings.ports;
  let searching: Promise<Result<void>> | undefined;
  let failedSearches = 0;
  let retry: NodeJS.Timeout | undefined;
  /** Why the box is lost; undefined before the first search has ended. */
  let failure: Failure | undefined;
  let operations = 0;
  let closed = false;

  const listeners = new Set<(status: ReaderStatus) => void>();
  let told: ReaderStatus = { state: 'connecting', card: null, sam: null };

  function tell(): void {
    const state = stateNow();
    if (state === told.state && failure?.code === told.failure?.code) return;
    told = { state, card: null, sam: null, ...(failure && { failure }) };
    for (const listener of listeners) listener(told);
  }
  function stateNow(): ReaderState {
    if (linked) return operations > 0 ? 'busy' : 'ready';
    return failure ? 'lost' : 'connecting';
  }

  function lose(why: Failure): void {
    linked = false;
    failure = why;
    tell();
    if (closed || retry) return;
    const wait = BACK_OFF_MS[Math.min(failedSearches, BACK_OFF_MS.length - 1)];
    retry = setTimeout(() => void search(), wait);
  }

  /** One search over all ports, shared by everybody who wants the box now. */
  function search(): Promise<Result<void>> {
    clearTimeout(retry);
    retry = undefined;
    searching ??= lookEverywhere().then((found) => {
      searching = undefined;
      failedSearches = found.ok ? 0 : failedSearches + 1;
      if (found.ok && line) {
        linked = true;
        failure = undefined;
        tell();
      } else {
        lose(found.ok ? { code: 'OLD-LOST' } : found.failure); // lost again in the same moment
      }
      return found;
    });
    return searching;
  }

  async function lookEverywhere(): Promise<Result<void>> {
    // A line that lives is asked again before it is closed: the box may only have been confused.
    if (line) {
      const again = await greet(line);
      if (again.ok || !mayBeElsewhere(again.failure)) return again;
    }
    const misses: Failure[] = [];
    for (const path of ports) {
      await line?.close();
      line = undefined;
      if (closed) return fail('OLD-LOST', 'closed');
      const greeted = await tryPort(path);
      if (greeted.ok) {
        ports = [path, ...ports.filter((port) => port !== path)];
        return ok();
      }
      if (!mayBeElsewhere(greeted.failure)) return greeted;
      misses.push(greeted.failure);
    }
    const [miss] = misses;
    // With one port only there is no doubt which device was silent or made no sense.
    if (miss && misses.length === 1 && !miss.code.startsWith('SERIAL-')) return { ok: false, failure: miss };
    return fail('OLD-NOT-FOUND', misses.map(({ code }, index) => `${ports[index]}: ${code}`).join(', '));
  }

  async function tryPort(path: string): Promise<Result<void>> {
    const opened = await openSerial({ path, baudRate: BAUD_RATE });
    if (!opened.ok) return opened;
    const mine = opened.value;
    if (closed) {
      await mine.close();
      return cancelled;
    }
    line = mine;
    void mine.ended.then((why) => {
      if (line !== mine) return;
      line = undefined;
      if (linked && why) lose({ code: 'OLD-LOST', detail: `${why.code} ${why.detail ?? ''}`.trimEnd() });
    });
    return greet(mine);
  }

  /** Commands stand in line behind this; it never rejects. */
  let queue: Promise<unknown> = Promise.resolve();

  /** One command, after those before it; unless nobody wants it any more when its turn comes. */
  function command<T>(what: Command<T>, signal: AbortSignal): Promise<Result<T>> {
    const turn = queue.then(async (): Promise<Result<T>> => {
      if (signal.aborted) return cancelled;
      if (closed) return fail('OLD-LOST', 'closed');
      if (!linked) {
        const found = await search();
        if (!found.ok) return found;
        if (signal.aborted) return cancelled;
      }
      if (!line) return fail('OLD-LOST', what.name);
      const result = await exchange(line, what);
      if (!result.ok && upsets(result.failure)) lose(result.failure);
      return result;
    });
    queue = turn.catch(() => {});
    return turn;
  }

  /** Again and again until somebody came: patience is the caller's, who ends it by `signal`. */
  async function rounds<T>(what: Command<T | undefined>, signal: AbortSignal): Promise<Result<T>> {
    for (;;) {
      const round = await command(what, signal);
      if (!round.ok) return round;
      if (round.value !== undefined) return ok(round.value);
      await delay(PAUSE_MS);
    }
  }

  /** Counts as busy until `work` ends; the caller gets away earlier by aborting. */
  async function operate<T>(signal: AbortSignal, work: () => Promise<Result<T>>): Promise<Result<T>> {
    operations++;
    tell();
    const done = work().finally(() => {
      operations--;
      tell();
    });
    const away = Promise.withResolvers<Result<T>>();
    const leave = () => away.resolve(cancelled);
    signal.addEventListener('abort', leave);
    try {
      return await Promise.race([done, away.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  void search();

  return {
    kind: 'sealed',
    id: settings.id,
    generation: settings.generation,
    status: () => told,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    check: (signal) =>
      operate(signal, async () => {
        const there = await command(ack, signal);
        if (!there.ok) return there;
        const identity = await command(info, signal);
        return identity.ok ? ok({ identity: identity.value }) : identity;
      }),
    awaitCard: (signal) => operate(signal, () => rounds(put(PUT_SECONDS), signal)),
    matchHolder: (position, by, signal) =>
      operate(signal, () => rounds(finger(FINGER_SECONDS, position, by), signal)),
    biodata: (by, signal) => operate(signal, () => command(demog(DEMOG_SECONDS, by), signal)),
    async close() {
      if (closed) return;
      closed = true;
      clearTimeout(retry);
      // A box at work takes no command, not even this one.
      if (line && linked && operations === 0) await exchange(line, close);
      await line?.close();
      await Promise.all([searching, queue]);
    },
  };
}
