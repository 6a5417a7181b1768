import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Contact } from '../../../src/devices/panel/contact.ts';
import { fail, ok, type Result } from '../../../src/failures/failure.ts';

const SETTLE_MS = 30;

/** A contact that was found low, on a board whose answers are told by hand. */
function contact() {
  const changes: boolean[] = [];
  const it = { level: ok(true) as Result<boolean>, asked: 0, changes };
  const tested = new Contact(false, SETTLE_MS, {
    async read() {
      it.asked++;
      return it.level;
    },
    changed: (high) => changes.push(high),
  });
  return Object.assign(it, {
    contact: tested,
    hear(...levels: boolean[]) {
      for (const level of levels) tested.hear(level);
    },
  });
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a contact', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('changes once, when it has stayed and the board says so again', async () => {
    const it = contact();
    it.hear(true, false, true, true, false, true);
    await pass(SETTLE_MS - 1);
    expect(it.changes).toEqual([]);
    await pass(1);
    expect(it.changes).toEqual([true]);
    expect(it.contact.high).toBe(true);
    expect(it.asked).toBe(1);
  });

  it('waits anew whenever it bounces', async () => {
    const it = contact();
    for (let i = 0; i < 9; i++) {
      it.hear(i % 2 === 0);
      await pass(SETTLE_MS - 1);
    }
    expect(it.changes).toEqual([]);
    await pass(1);
    expect(it.changes).toEqual([true]);
  });

  it('that was back before it counted has not changed', async () => {
    const it = contact();
    it.hear(true, false);
    await pass(SETTLE_MS * 2);
    expect(it.changes).toEqual([]);
    expect(it.asked).toBe(0);
  });

  it.each([
    ['the board says otherwise when it is asked', ok(false)],
    ['the board does not answer', fail('PANEL-SILENT')],
  ])('has not changed when %s, and is heard the next time', async (_, level) => {
    const it = contact();
    it.level = level;
    it.hear(true);
    await pass(SETTLE_MS * 3);
    expect(it.changes).toEqual([]);
    it.level = ok(true);
    it.hear(true);
    await pass(SETTLE_MS);
    expect(it.changes).toEqual([true]);
  });

  it('tells nothing after it was closed', async () => {
    const it = contact();
    it.hear(true);
    it.contact.close();
    await pass(SETTLE_MS * 2);
    it.hear(false);
    await pass(SETTLE_MS * 2);
    expect(it.changes).toEqual([]);
  });
});
