import { describe, expect, it } from 'vitest';
import { project } from '../../../src/ui/server/project.ts';
import { partsOf, stepsOf } from '../../../src/ui/web/desk/steps.ts';
import { idle, works } from '../statuses.ts';

function workAt(name: keyof typeof works) {
  const { work } = project({ ...idle, work: works[name] }, { id: 'desk', role: 'desk' }, null);
  if (work.at !== 'verification' && work.at !== 'activation') throw new Error(`${name} has no steps`);
  return work;
}

function marks(name: keyof typeof works): string {
  return stepsOf(workAt(name))
    .map(({ state }) => state[0])
    .join('');
}

describe('the named steps', () => {
  it.each([
    ['awaiting-card', 'nllll'],
    ['reading-photo', 'dnlll'],
    ['reading', 'ddnll'],
    ['awaiting-finger', 'dddnl'],
    ['matching', 'dddnl'],
    ['verified', 'ddddn'],
    ['verified-active', 'ddddd'],
    ['refused-finger', 'dddsl'],
    ['refused-forged', 'ddsll'],
    ['failed', 'ddsll'],
    ['activating', 'ddddn'],
    ['activated', 'ddddd'],
    ['activation-refused', 'dddds'],
    ['activation-unknown', 'dddds'],
    ['box-finger', 'dnl'],
    ['box-verified', 'ddd'],
  ] as const)('at %s are %s (done, now, stopped, later)', (name, expected) => {
    expect(marks(name)).toBe(expected);
  });

  it.each([
    ['activating', ['now', 'later', 'later']],
    ['settling', ['done', 'now', 'later']],
    ['activated', ['done', 'done', 'done']],
    ['activation-refused', ['stopped', 'later', 'later']],
    ['activation-unknown', ['done', 'unknown', 'unknown']],
  ] as const)('an activation at %s has its parts %j', (name, expected) => {
    const work = workAt(name);
    if (work.at !== 'activation') throw new Error('no activation');
    expect(partsOf(work).map(({ state }) => state)).toEqual(expected);
  });
});
