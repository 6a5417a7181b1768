/** The driver against the virtual board, each in its own process, over a real pseudo-terminal. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFirmataPanel } from '../../../src/devices/panel/firmata.ts';
import type { Panel, PanelEvent } from '../../../src/devices/panel/port.ts';
import type { Failure } from '../../../src/failures/failure.ts';
import { codeOf } from '../../support/bench-kiosk.ts';
import { type BenchPanel, never, startPanel, until } from './bench-panel.ts';

const wiring = {
  inputs: {
    start: { pin: 2, as: 'button' },
    visitor: { pin: 4, as: 'proximity', activeAt: 'high', pullUp: false },
    // A loop to ground that whoever opens the case cuts.
    case: { pin: 14, as: 'tamper', activeAt: 'high' },
  },
  lamps: { green: { pin: 3 }, red: { pin: 8, activeAt: 'low' } },
  relays: { 'finger-power': { pin: 12, off: 0.2, start: 0.05 } },
  buzzer: { pin: 9 },
  lock: { pin: 10 },
};

let far: BenchPanel;
let panel: Panel;
let events: PanelEvent[];
let losses: Failure[];
const changes = () => events.filter(({ changed }) => changed).map(({ name, active }) => `${name} ${active}`);
/** A hand takes its time, and a busy machine more. */
async function push(button: string): Promise<void> {
  const before = changes().length;
  await far.set(button, true);
  await until(() => changes().length === before + 1);
  await far.set(button, false);
  await until(() => changes().length === before + 2);
}
const check = async () => codeOf(await panel.check(never));
const heartbeat = async () => codeOf(await panel.heartbeat!(never));

beforeAll(async () => {
  far = await startPanel(wiring);
});
afterAll(() => far?.stop());
beforeEach(() => {
  panel = createFirmataPanel(far.settings);
  events = [];
  losses = [];
  panel.subscribe((event) => events.push(event));
  panel.onLost!((failure) => losses.push(failure));
});
afterEach(async () => {
  await panel.close();
  await far.disturb(null);
});

describe('inputs', () => {
  it('are told as they are found, then as they change, once however they bounce', async () => {
    await far.set('visitor', true);
    expect(panel.inputs().map(({ active }) => active)).toEqual([null, null, null]);
    expect(await panel.check(never)).toEqual({
      ok: true,
      value: { identity: 'StandardFirmata.ino 2.5, 20 pins' },
    });
    expect(events).toEqual([
      { name: 'start', kind: 'button', active: false, changed: false },
      { name: 'visitor', kind: 'proximity', active: true, changed: false },
      { name: 'case', kind: 'tamper', active: false, changed: false },
    ]);
    await push('start');
    await far.set('visitor', false);
    await until(() => changes().length === 3);
    await far.set('case', true);
    await until(() => changes().length === 4);
    expect(changes()).toEqual(['start true', 'start false', 'visitor false', 'case true']);
    expect(panel.inputs().map(({ active }) => active)).toEqual([false, false, true]);
    await far.set('case', false);
  });

  it('are made good by a heartbeat when a report of them was lost', async () => {
    await check();
    await far.disturb('silent', { frames: 3 });
    await far.set('case', true);
    await delay(100);
    expect(changes()).toEqual([]);
    expect(await heartbeat()).toBeNull();
    await until(() => changes().length === 1);
    await far.set('case', false);
    await until(() => changes().length === 2);
    expect(changes()).toEqual(['case true', 'case false']);
  });
});

it('a button that is pushed for as long as people do is heard', async () => {
  await check();
  await far.press('start', 300);
  await until(() => changes().length === 2);
  expect(changes()).toEqual(['start true', 'start false']);
});

describe('outputs', () => {
  it('wait for the board, and are as they were set', async () => {
    panel.lamp('green', 'on');
    panel.lamp('unknown', 'on');
    await check();
    expect(await far.look()).toEqual({
      lamps: { green: true, red: false },
      relays: { 'finger-power': true },
      buzzer: false,
      unlocked: false,
    });
    panel.lamp('red', 'on');
    panel.unlock(10_000);
    panel.buzz(50);
    await until(async () => {
      const { lamps, unlocked, buzzer } = await far.look();
      return lamps.red === true && unlocked && buzzer;
    });
    await until(async () => !(await far.look()).buzzer);
    expect((await far.look()).unlocked).toBe(true);
    panel.unlock(0);
    await until(async () => !(await far.look()).unlocked);
  });

  it('blink together', async () => {
    await check();
    panel.lamp('green', 'blink');
    panel.lamp('red', 'blink');
    for (const lit of [true, false, true])
      await until(async () => {
        const { green, red } = (await far.look()).lamps;
        return green === lit && red === lit;
      });
  });

  it('switch off and on what a relay feeds, once for two who want it, and rest when the panel is closed', async () => {
    expect(codeOf(await panel.powerCycle('finger-power', never))).toBe('PANEL-LOST');
    await check();
    panel.lamp('green', 'on');
    panel.buzz(60_000);
    panel.unlock(60_000);
    await until(async () => {
      const { lamps, buzzer, unlocked } = await far.look();
      return lamps.green === true && buzzer && unlocked;
    });
    const cycles = [panel.powerCycle('finger-power', never), panel.powerCycle('finger-power', never)];
    await until(async () => (await far.look()).relays['finger-power'] === false);
    expect((await Promise.all(cycles)).map(codeOf)).toEqual([null, null]);
    expect((await far.look()).relays).toEqual({ 'finger-power': true });
    const broken = new AbortController();
    const cycle = panel.powerCycle('finger-power', broken.signal);
    await until(async () => (await far.look()).relays['finger-power'] === false);
    await panel.close();
    await cycle;
    await until(async () => (await far.look()).relays['finger-power'] === true);
    expect(await far.look()).toEqual({
      lamps: { green: false, red: false },
      relays: { 'finger-power': true },
      buzzer: false,
      unlocked: false,
    });
  });
});

describe('a line', () => {
  it.each(['noise', 'torn', 'checksum', 'slow'] as const)('with %s is lived with', async (fault) => {
    await far.disturb(fault, { rate: fault === 'slow' ? 1 : 0.3 });
    // Reached or not, it ends, and with a code.
    expect([
      null,
      'PANEL-SILENT',
      'PANEL-PIN-UNFIT',
      'PANEL-RESTARTED',
      'PANEL-OUTPUT-WRONG',
      'PANEL-LOST',
    ]).toContain(await check());
    panel.lamp('green', 'on');
    await far.press('start', 20);
    await heartbeat();
    await far.disturb(null);
    expect((await check()) ?? (await heartbeat())).toBeNull();
    await until(() => panel.inputs().every(({ active }) => active === false));
    events.length = 0;
    await push('start');
    expect(changes()).toEqual(['start true', 'start false']);
    await until(async () => (await far.look()).lamps.green === true);
  });

  it('that is silent is told by the heartbeat, and found again', async () => {
    await check();
    await far.disturb('silent');
    expect(await heartbeat()).toBe('PANEL-SILENT');
    expect(await heartbeat()).toBe('PANEL-LOST');
    const stop = AbortSignal.timeout(200);
    expect(codeOf(await panel.check(stop))).toBe('PANEL-SILENT');
    await far.disturb(null);
    expect(await check()).toBeNull();
  });

  it('that is silent does not hold up whoever closes the panel', async () => {
    await far.disturb('silent');
    const checking = check();
    await delay(50);
    const left = panel.close().then(() => 'closed');
    expect(await Promise.race([left, delay(2_000)])).toBe('closed');
    expect(await checking).toBe('PANEL-LOST');
  });

  it('that is unplugged is told at once; the board is set up anew when it is back', async () => {
    await check();
    panel.lamp('green', 'on');
    await far.plug(false);
    await until(() => losses.length > 0);
    expect(losses.map(({ code }) => code)).toEqual(['PANEL-LOST']);
    expect(panel.inputs().map(({ active }) => active)).toEqual([null, null, null]);
    expect(await check()).toBe('PANEL-ABSENT');
    panel.lamp('red', 'on');
    events.length = 0;
    await far.set('case', true);
    await far.plug(true);
    const began = performance.now();
    expect(await check()).toBeNull();
    console.info(
      `the board was ready ${Math.round(performance.now() - began)} ms after it was plugged in again`,
    );
    expect((await far.look()).lamps).toEqual({ green: true, red: true });
    expect(events).toContainEqual({ name: 'case', kind: 'tamper', active: true, changed: false });
    await far.set('case', false);
  });
});

describe('a board', () => {
  it('that has restarted by itself is set up anew', async () => {
    panel.lamp('green', 'on');
    await check();
    await far.power(false);
    await far.power(true);
    await until(() => losses.length > 0);
    expect(losses.map(({ code }) => code)).toEqual(['PANEL-RESTARTED']);
    expect((await far.look()).lamps.green).toBe(false);
    expect(await check()).toBeNull();
    expect((await far.look()).lamps.green).toBe(true);
  });

  it('that hangs comes back when its power was switched off and on', async () => {
    await check();
    await far.disturb('hung');
    expect(await heartbeat()).toBe('PANEL-SILENT');
    await far.power(false);
    await far.power(true);
    expect(await check()).toBeNull();
  });

  it('without a pin, or with one that cannot do it, is refused', async () => {
    const wrong = createFirmataPanel({ ...far.settings, lock: { pin: 1, activeAt: 'high' } });
    expect(codeOf(await wrong.check(never))).toBe('PANEL-PIN-UNFIT');
    await wrong.close();
  });
});
