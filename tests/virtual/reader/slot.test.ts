import { describe, expect, it } from 'vitest';
import type { VirtualCard } from '../../../src/virtual/card/virtual-card.ts';
import { type ApduFault, CardSlot } from '../../../src/virtual/reader/slot.ts';
import { bytes, hex } from '../hex.ts';

/** Answers 9000 and counts. */
function counter(): VirtualCard & { count: number } {
  return {
    atr: bytes('3B00'),
    count: 0,
    reset() {},
    transmit() {
      this.count++;
      return bytes('9000');
    },
  };
}

function withFault(fault: Partial<ApduFault>) {
  const slot = new CardSlot();
  const card = counter();
  slot.put(card);
  slot.addFault({ after: 0, effect: 'pull', carriedOut: false, ...fault });
  const ask = () => {
    const answer = slot.transmit(bytes('00B00000'));
    return answer && hex(answer);
  };
  return { slot, card, ask };
}

describe('a slot', () => {
  it('answers as its card does, and not at all when it is empty', () => {
    const log: string[] = [];
    const slot = new CardSlot((command, answer) => log.push(`${hex(command)} ${answer && hex(answer)}`));
    expect(slot.transmit(bytes('00B00000'))).toBeNull();
    slot.put(counter());
    expect(hex(slot.transmit(bytes('00B00000'))!)).toBe('9000');
    expect(log).toEqual(['00B00000 9000']);
  });

  it.each([0, 1, 3])('loses its card after %i APDUs', (after) => {
    const { slot, card, ask } = withFault({ after });
    for (let i = 0; i < after; i++) expect(ask()).toBe('9000');
    expect(ask()).toBeNull();
    expect(slot.card).toBeNull();
    expect(card.count).toBe(after);
    expect(slot.faults).toEqual([]);
  });

  it('can lose it with the command carried out', () => {
    const { card, ask } = withFault({ carriedOut: true });
    expect(ask()).toBeNull();
    expect(card.count).toBe(1);
  });

  it('answers a status word instead, once', () => {
    const { card, ask } = withFault({ effect: { sw: 0x6f00 } });
    expect([ask(), ask()]).toEqual(['6F00', '9000']);
    expect(card.count).toBe(1);
  });

  it('keeps a silent card', () => {
    const { slot, card, ask } = withFault({ effect: 'silence' });
    expect(ask()).toBeNull();
    expect(slot.card).toBe(card);
  });

  it('does several faults in their order, and none that were cleared', () => {
    const { slot, ask } = withFault({ effect: { sw: 0x6700 } });
    slot.addFault({ after: 0, effect: { sw: 0x6800 }, carriedOut: false });
    slot.addFault({ after: 3, effect: { sw: 0x6900 }, carriedOut: false });
    expect([ask(), ask(), ask()]).toEqual(['6700', '6800', '9000']);
    slot.clearFaults();
    expect(ask()).toBe('9000');
  });

  it('tells every change, and resets what leaves', () => {
    const slot = new CardSlot();
    let changes = 0;
    let resets = 0;
    const end = slot.onChange(() => changes++);
    const card = { ...counter(), reset: () => void resets++ };
    slot.put(card);
    slot.put(card);
    slot.put(null);
    expect([changes, resets]).toEqual([2, 1]);
    end();
    slot.put(card);
    expect(changes).toBe(2);
  });
});
