/**
 * The kiosk's panel on its Firmata board: contacts that people and the building close, lamps, a buzzer, a lock, and
 * relays through which other virtual devices get their power.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { BenchSide, VirtualDevice } from '../device.ts';
import type { Send } from '../pace.ts';
import { FirmataBoard } from './firmata-board.ts';

/** What is wired to the pins, as far as it matters here; the kiosk's own settings say it. */
const pin = z.int().min(2).max(19);
const level = z.enum(['high', 'low']);
const output = z.looseObject({ pin, activeAt: level.default('high') });
const wiring = z.looseObject({
  inputs: z.record(z.string(), z.looseObject({ pin, activeAt: level.default('low') })).default({}),
  lamps: z.record(z.string(), output).default({}),
  relays: z
    .record(z.string(), output.extend({ feeds: z.enum(['released', 'energised']).default('released') }))
    .default({}),
  buzzer: output.optional(),
  lock: output.optional(),
});
type Wiring = z.output<typeof wiring>;
type Output = z.output<typeof output>;

const panelAct = z.union([
  /** Pushes a button and lets go of it after `ms`. */
  z.strictObject({ press: z.string(), ms: z.int().min(0).max(10_000).default(120) }),
  /** A contact that stays: a door, somebody who stands there, a power failure. */
  z.strictObject({ set: z.string(), active: z.boolean() }),
  /** Answers `PanelState`. */
  z.strictObject({ read: z.literal(true) }),
]);

/** What somebody who stands before it sees, by name. */
export interface PanelState {
  readonly lamps: Readonly<Record<string, boolean>>;
  /** Whether it feeds its devices. */
  readonly relays: Readonly<Record<string, boolean>>;
  readonly buzzer: boolean;
  readonly unlocked: boolean;
}

/** @param entry The panel as it is configured. Errors: BENCH-COMMAND-INVALID. */
export function createFirmataPanel(
  entry: unknown,
  bench: Pick<BenchSide, 'supply'>,
): Result<(send: Send) => VirtualDevice> {
  const checked = wiring.safeParse(entry);
  if (!checked.success) return fail('BENCH-COMMAND-INVALID', z.prettifyError(checked.error));
  return ok((send) => new FirmataPanel(send, checked.data, (relay, on) => bench.supply(relay, on)));
}

class FirmataPanel implements VirtualDevice {
  readonly #wiring: Wiring;
  readonly #board: FirmataBoard;
  readonly #supply: BenchSide['supply'];
  readonly #active = new Set<string>();
  readonly #hands = new Map<string, NodeJS.Timeout>();
  /** Relays that cut the power of what they feed. */
  readonly #cut = new Set<string>();

  constructor(send: Send, wired: Wiring, supply: BenchSide['supply']) {
    this.#wiring = wired;
    this.#supply = supply;
    this.#board = new FirmataBoard(send, () => this.#switchRelays());
    for (const name of Object.keys(wired.inputs)) this.#drive(name);
  }

  receive(bytes: Uint8Array): void {
    this.#board.receive(bytes);
  }

  restart(): void {
    this.#board.boot();
  }

  close(): void {
    for (const hand of this.#hands.values()) clearTimeout(hand);
  }

  act(raw: unknown): Result<unknown> {
    const checked = panelAct.safeParse(raw);
    if (!checked.success) return fail('BENCH-COMMAND-INVALID', z.prettifyError(checked.error));
    const act = checked.data;
    if ('read' in act) return ok(this.#state());
    const name = 'press' in act ? act.press : act.set;
    if (!this.#wiring.inputs[name]) return fail('BENCH-COMMAND-INVALID', `there is no contact ${name}`);
    clearTimeout(this.#hands.get(name));
    this.#change(name, 'press' in act || act.active);
    if ('press' in act)
      this.#hands.set(
        name,
        setTimeout(() => this.#change(name, false), act.ms),
      );
    return ok();
  }

  /** A contact bounces before it stays. */
  #change(name: string, active: boolean): void {
    for (const now of [active, !active, active]) {
      if (now) this.#active.add(name);
      else this.#active.delete(name);
      this.#drive(name);
    }
  }

  #drive(name: string): void {
    const { pin, activeAt } = this.#wiring.inputs[name]!;
    this.#board.drive(pin, this.#active.has(name) === (activeAt === 'high'));
  }

  #isOn({ pin, activeAt }: Output): boolean {
    return this.#board.isHigh(pin) === (activeAt === 'high');
  }

  #switchRelays(): void {
    for (const [name, { feeds, ...coil }] of Object.entries(this.#wiring.relays)) {
      const cuts = this.#isOn(coil) !== (feeds === 'energised');
      if (cuts === this.#cut.has(name)) continue;
      if (cuts) this.#cut.add(name);
      else this.#cut.delete(name);
      this.#supply(name, !cuts);
    }
  }

  #state(): PanelState {
    const { lamps, relays, buzzer, lock } = this.#wiring;
    const states = Object.entries(lamps).map(([name, lamp]) => [name, this.#isOn(lamp)] as const);
    return {
      lamps: Object.fromEntries(states),
      relays: Object.fromEntries(Object.keys(relays).map((name) => [name, !this.#cut.has(name)] as const)),
      buzzer: buzzer !== undefined && this.#isOn(buzzer),
      unlocked: lock !== undefined && this.#isOn(lock),
    };
  }
}
