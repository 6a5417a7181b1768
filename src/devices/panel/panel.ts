/**
 * The panel on a board, whichever: it opens the board when it is tested, hears its inputs, and sets its outputs again
 * whenever it comes back. It never looks for the board by itself: its supervisor does, by `check`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import { orAborted } from '../transport/or-aborted.ts';
import { Contact } from './contact.ts';
import { Outputs } from './outputs.ts';
import type { OpenBoard, PinBoard } from './pin-board.ts';
import type { Panel, PanelEvent } from './port.ts';
import type { PanelSettings } from './settings.ts';

/** A board that was reached, with the state of its inputs. */
interface Reached {
  readonly board: PinBoard;
  /** By pin. */
  readonly contacts: ReadonlyMap<number, Contact>;
}

export function createPanel(settings: PanelSettings, open: OpenBoard): Panel {
  let reached: Reached | undefined;
  /** The work on the board, one after the other; it never rejects. */
  let work: Promise<unknown> = Promise.resolve();
  const outputs = new Outputs(settings, (pin, high) => reached?.board.write(pin, high));
  const inputs = Object.entries(settings.inputs).map(([name, input]) => ({ name, ...input }));
  const listeners = new Set<(event: PanelEvent) => void>();
  const lossListeners = new Set<(failure: Failure) => void>();
  const cycles = new Map<string, Promise<Result>>();
  const closing = new AbortController();

  function queue<R>(job: () => Promise<R>): Promise<R> {
    const turn = work.then(job);
    work = turn.catch(() => {});
    return turn;
  }

  function tell(input: (typeof inputs)[number], high: boolean, changed: boolean): void {
    const active = high === (input.activeAt === 'high');
    for (const listener of [...listeners]) listener({ name: input.name, kind: input.as, active, changed });
  }

  async function reach(): Promise<Result<Reached>> {
    if (closing.signal.aborted) return fail('PANEL-LOST', 'closed');
    if (reached) return ok(reached);
    const contacts = new Map<number, Contact>();
    const before = outputs.levels;
    const onLevel = (pin: number, high: boolean) => contacts.get(pin)?.hear(high);
    const opened = await open({ inputs, outputs: before }, onLevel, closing.signal);
    if (!opened.ok) return opened;
    const board = opened.value;
    for (const input of inputs) {
      const found = await board.read(input.pin);
      if (!found.ok) {
        await board.close();
        return found;
      }
      const contact = new Contact(found.value, settings.settle, {
        read: () => board.read(input.pin),
        changed: (high) => tell(input, high, true),
      });
      contacts.set(input.pin, contact);
    }
    reached = { board, contacts };
    // What was set while the board was opened.
    for (const [i, { pin, high }] of outputs.levels.entries())
      if (high !== before[i]?.high) board.write(pin, high);
    void board.ended.then((failure) => leave(board, failure));
    for (const input of inputs) tell(input, contacts.get(input.pin)!.high, false);
    return ok(reached);
  }

  /** The board is gone. */
  function leave(board: PinBoard, failure: Failure | undefined): void {
    if (reached?.board !== board) return;
    for (const contact of reached.contacts.values()) contact.close();
    reached = undefined;
    if (failure) for (const listener of [...lossListeners]) listener(failure);
  }

  async function letGo({ board }: Reached): Promise<void> {
    leave(board, undefined);
    await board.close();
  }

  /** Asks the board; one that fails is let go of. */
  async function ask(one: Reached): Promise<Result> {
    const verified = await one.board.verify();
    if (!verified.ok) await letGo(one);
    return verified;
  }

  async function cycle(relay: string, aborted: AbortSignal): Promise<Result> {
    const { off, start } = settings.relays[relay]!;
    const signal = AbortSignal.any([aborted, closing.signal]);
    const early = () => {};
    outputs.feed(relay, false);
    await delay(off * 1000, undefined, { signal }).catch(early);
    outputs.feed(relay, true);
    await delay(start * 1000, undefined, { signal }).catch(early);
    return ok();
  }

  return {
    id: settings.id,
    lamps: Object.entries(settings.lamps).map(([name, { device, shows }]) => ({ name, device, shows })),
    lamp: (name, state) => outputs.lamp(name, state),
    buzz: (ms) => outputs.buzz(ms),
    unlock: (ms) => outputs.unlock(ms),
    inputs: () =>
      inputs.map(({ name, as, pin, activeAt }) => {
        const contact = reached?.contacts.get(pin);
        return { name, kind: as, active: contact ? contact.high === (activeAt === 'high') : null };
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onLost(listener) {
      lossListeners.add(listener);
      return () => lossListeners.delete(listener);
    },
    hasRelay: (name) => name in settings.relays,
    async powerCycle(relay, signal) {
      if (!reached || !settings.relays[relay]) return fail('PANEL-LOST', relay);
      const running = cycles.get(relay) ?? cycle(relay, signal).finally(() => cycles.delete(relay));
      cycles.set(relay, running);
      return running;
    },

    async check(signal) {
      const tested = await orAborted(
        queue(async () => {
          if (signal.aborted) return undefined;
          const found = await reach();
          if (!found.ok) return found;
          const asked = await ask(found.value);
          return asked.ok ? found : asked;
        }),
        signal,
      );
      if (!tested) return fail('PANEL-SILENT', 'no time left for the check');
      return tested.ok ? ok({ identity: tested.value.board.identity }) : tested;
    },

    async heartbeat(signal) {
      const asked = await orAborted(
        queue(async () => {
          if (signal.aborted) return ok();
          if (!reached) return fail('PANEL-LOST', 'the board is not open');
          const { board, contacts } = reached;
          const asked = await ask(reached);
          if (!asked.ok) return asked;
          // A report that was lost on the way is made good.
          for (const [pin, contact] of contacts) {
            const level = await board.read(pin);
            if (level.ok) contact.hear(level.value);
          }
          return ok();
        }),
        signal,
      );
      return asked ?? ok();
    },

    async close() {
      closing.abort();
      outputs.rest();
      await Promise.all([work, ...cycles.values()]);
      if (reached) await letGo(reached);
    },
  };
}
