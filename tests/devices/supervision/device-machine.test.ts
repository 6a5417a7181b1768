import { setImmediate as tick } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import type { Findings } from '../../../src/devices/device.ts';
import { createDeviceMachine, type DeviceEffects } from '../../../src/devices/supervision/device-machine.ts';
import { supervisionSettings } from '../../../src/devices/supervision/settings.ts';
import { fail, ok, type Result } from '../../../src/failures/failure.ts';

const settings = supervisionSettings.parse({});
const fine = ok({ identity: 'a device' });
const mute = fail('SENSOR-SILENT');

/** A machine whose device answers as told, on a clock that moves by hand. */
function watched({
  relay = false,
  answer = fine,
  ...effects
}: Partial<DeviceEffects> & { relay?: boolean; answer?: Result<Findings> } = {}) {
  const clock = new SimulatedClock();
  const device = {
    answer,
    alive: ok() as Result,
    there: true,
    tests: 0,
    cycles: 0,
  };
  let back = () => {};
  const machine = createDeviceMachine(settings, {
    async test() {
      device.tests++;
      return device.answer;
    },
    heartbeat: async () => device.alive,
    portIsThere: () => device.there,
    awaitPort(callBack) {
      back = callBack;
      return () => {};
    },
    powerCycle: relay
      ? async () => {
          device.cycles++;
        }
      : undefined,
    random: () => 0.5,
    ...effects,
  });
  const actor = createActor(machine, { clock });
  actor.start();
  return {
    device,
    actor,
    plug: () => back(),
    state: () => {
      const { value } = actor.getSnapshot();
      return typeof value === 'string' ? value : Object.keys(value)[0];
    },
    /** Lets effects answer, then moves the clock, step by step. */
    async pass(seconds: number) {
      await tick();
      for (let left = seconds * 1000; left > 0; left -= 250) {
        clock.increment(Math.min(250, left));
        await tick();
      }
    },
  };
}

describe('a device', () => {
  test('is tested, then ready; a complaint makes it degraded until a test finds it gone', async () => {
    const it = watched();
    expect(it.state()).toBe('testing');
    await it.pass(0);
    expect(it.state()).toBe('ready');
    it.device.answer = ok({ identity: 'a device', complaint: { code: 'SENSOR-SCAN-FAILED' } });
    it.actor.send({ type: 'test' });
    await it.pass(0);
    expect(it.state()).toBe('degraded');
    it.device.answer = fine;
    await it.pass(settings.retest + 1);
    expect(it.state()).toBe('ready');
  });

  test('that gives no sign of life is looked for', async () => {
    const it = watched();
    await it.pass(0);
    it.device.alive = mute;
    it.device.answer = mute;
    await it.pass(settings.heartbeat - 1);
    expect(it.state()).toBe('ready');
    await it.pass(1.2);
    expect(it.state()).toBe('backing-off');
    expect(it.actor.getSnapshot().context.failure).toEqual(mute.failure);
  });

  test('whose line is lost while nobody uses it is looked for at once', async () => {
    const it = watched();
    const failure = { code: 'PANEL-LOST' } as const;
    await it.pass(0);
    it.device.answer = mute;
    it.actor.send({ type: 'lost', failure });
    expect(it.state()).toBe('testing');
    expect(it.actor.getSnapshot().context.failure).toEqual(failure);
    await it.pass(0);
    expect(it.state()).toBe('backing-off');
  });

  test('is tried with growing patience, and for ever', async () => {
    const it = watched({ answer: mute });
    await it.pass(0);
    const at: number[] = [];
    for (let second = 0, seen = 1; second < 400; second += 0.5) {
      await it.pass(0.5);
      if (it.device.tests > seen) at.push(second);
      seen = it.device.tests;
    }
    const gaps = at.slice(1).map((time, i) => time - at[i]!);
    expect(gaps.slice(0, 3)).toEqual([...gaps.slice(0, 3)].sort((a, b) => a - b));
    expect(Math.max(...gaps)).toBeGreaterThan(settings.longestWait - 2);
    expect(Math.max(...gaps)).toBeLessThan(settings.longestWait + 2);
    it.device.answer = fine;
    await it.pass(settings.longestWait + 1);
    expect(it.state()).toBe('ready');
    expect(it.actor.getSnapshot().context.attempts).toBe(0);
  });

  test('whose cable is out is lost, and back as soon as it is plugged in', async () => {
    const it = watched({ answer: mute });
    it.device.there = false;
    await it.pass(0);
    expect(it.state()).toBe('lost');
    it.device.answer = fine;
    it.device.there = true;
    it.plug();
    await it.pass(0);
    expect(it.state()).toBe('ready');
  });

  test('that stays mute has its power switched off and on after the third attempt', async () => {
    const it = watched({ relay: true, answer: mute });
    await it.pass(settings.firstWait * 4);
    expect(it.device.cycles).toBe(1);
    expect(it.device.tests).toBeGreaterThanOrEqual(3);
    it.device.answer = fine;
    await it.pass(settings.longestWait);
    expect(it.state()).toBe('ready');
  });

  test('is busy while it is used, and tested after a use that failed', async () => {
    const it = watched();
    await it.pass(0);
    it.actor.send({ type: 'begin' });
    expect(it.state()).toBe('busy');
    await it.pass(settings.heartbeat * 3);
    expect(it.state()).toBe('busy');
    it.actor.send({ type: 'end' });
    expect(it.state()).toBe('ready');
    it.actor.send({ type: 'begin' });
    it.actor.send({ type: 'end', failure: mute.failure });
    expect(it.state()).toBe('testing');
    await it.pass(0);
    expect(it.state()).toBe('ready');
  });

  test('can be used while it is looked for: the use finds it', async () => {
    const it = watched({ answer: mute });
    await it.pass(0);
    it.actor.send({ type: 'begin' });
    it.actor.send({ type: 'end' });
    expect(it.state()).toBe('ready');
  });

  test('that a technician switched off stays off until it is switched on', async () => {
    const it = watched();
    await it.pass(0);
    it.actor.send({ type: 'disable' });
    for (const type of ['begin', 'test', 'plugged', 'restart'] as const) it.actor.send({ type });
    await it.pass(settings.longestWait * 2);
    expect(it.state()).toBe('disabled');
    it.actor.send({ type: 'enable' });
    await it.pass(0);
    expect(it.state()).toBe('ready');
  });

  test('a restart switches its power where a relay can, else finds it anew', async () => {
    const [with_, without] = [watched({ relay: true }), watched()];
    for (const it of [with_, without]) {
      await it.pass(0);
      it.actor.send({ type: 'restart' });
      await it.pass(0);
      expect(it.state()).toBe('ready');
    }
    expect(with_.device.cycles).toBe(1);
    expect(without.device.tests).toBe(2);
  });

  test('whose driver has a bug is tried again', async () => {
    let bugs = 1;
    const it = watched({
      test: async () => {
        if (bugs-- > 0) throw new Error('a bug');
        return fine;
      },
    });
    await it.pass(0);
    expect(it.state()).toBe('backing-off');
    expect(it.actor.getSnapshot().context.failure?.code).toBe('DEVICE-BUG');
    await it.pass(settings.firstWait * 2);
    expect(it.state()).toBe('ready');
  });
});
