import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { T1Card } from '../../../src/virtual/reader/t1-card.ts';
import { bytes, hex } from '../hex.ts';
import { T1Device } from './t1-device.ts';

/** A card that counts: it answers what the test wants and notes what arrived. */
function counting(answers: readonly Uint8Array[]) {
  const arrived: Uint8Array[] = [];
  const card = new T1Card((apdu) => {
    arrived.push(Uint8Array.from(apdu));
    return answers[arrived.length - 1]!;
  });
  return { card, arrived };
}

const command = fc.uint8Array({ minLength: 4, maxLength: 300 });
const response = fc.uint8Array({ minLength: 2, maxLength: 400 });
const size = fc.integer({ min: 1, max: 254 });
/** What is done to the first blocks on the line: an exclusive or with 0 leaves a block whole. */
const garbling = fc.array(fc.record({ at: fc.nat(300), by: fc.oneof(fc.constant(0), fc.nat(255)) }), {
  maxLength: 60,
});

describe('a card of T=1', () => {
  it('gets every APDU once and gives its answer back, whatever the sizes and the garbling', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(command, response), { minLength: 1, maxLength: 4 }),
        size,
        size,
        garbling,
        (exchanges, ifsd, ifsc, noise) => {
          const { card, arrived } = counting(exchanges.map(([, answer]) => answer));
          const upcoming = [...noise];
          const garble = (block: Uint8Array) => {
            const { at, by } = upcoming.shift() ?? { at: 0, by: 0 };
            const copy = Uint8Array.from(block);
            copy[at % copy.length]! ^= by;
            return copy;
          };
          const device = new T1Device((block) => {
            const reply = garble(card.receive(garble(block))!);
            if (reply.length > 4 + ifsd) throw new Error('a block longer than IFSD');
            return reply;
          }, ifsc);
          device.announceIfsd(ifsd);
          for (const [apdu, answer] of exchanges) expect(hex(device.exchange(apdu))).toBe(hex(answer));
          expect(arrived.map(hex)).toEqual(exchanges.map(([apdu]) => hex(apdu)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('starts anew at S(RESYNCH) and at power-on', () => {
    const answers = [bytes('9000'), bytes('6A82'), bytes('6D00')];
    const { card } = counting(answers);
    const line = (block: Uint8Array) => card.receive(block)!;
    const device = new T1Device(line, 254);
    expect(hex(device.exchange(bytes('00A40000')))).toBe('9000');
    device.resynchronise();
    expect(hex(device.exchange(bytes('00A40000')))).toBe('6A82');
    card.reset();
    expect(hex(new T1Device(line, 254).exchange(bytes('00A40000')))).toBe('6D00');
  });

  /** Blocks by hand: NAD PCB LEN INF LRC. */
  const dialogues: [string, [string, string][]][] = [
    ['an I-block', [['000004 00A40000 A0', '000002 9000 92']]],
    ['IFSD as asked for', [['00C101 FE 3E', '00E101 FE 1E']]],
    [
      'a chain of the device',
      [
        ['002002 00A4 86', '009000 90'],
        ['004002 0000 42', '000002 9000 92'],
      ],
    ],
    [
      'S(ABORT) of a chain',
      [
        ['002002 00A4 86', '009000 90'],
        ['00C200 C2', '00E200 E2'],
        ['004004 00A40000 E0', '000002 9000 92'],
      ],
    ],
    ['a wrong LRC', [['000004 00A40000 A1', '008100 81']]],
    ['a torn block', [['000004 00A4', '008100 81']]],
    ['a reserved length', [[`0000FF ${'00'.repeat(255)} FF`, '008200 82']]],
    ['an I-block with the wrong number', [['004004 00A40000 E0', '008200 82']]],
    ['an unknown S-block', [['00C500 C5', '008200 82']]],
    [
      'the last block once more',
      [
        ['000004 00A40000 A0', '000002 9000 92'],
        ['008100 81', '000002 9000 92'],
      ],
    ],
    ['an R-block before anything was sent', [['008000 80', '008000 80']]],
  ];
  it.each(dialogues)('answers %s', (_, dialogue) => {
    const card = new T1Card(() => bytes('9000'));
    for (const [block, reply] of dialogue) expect(hex(card.receive(bytes(block))!)).toBe(hex(bytes(reply)));
  });

  it('chains its answer in pieces of IFSD and lets the device abort it', () => {
    const card = new T1Card(() => bytes('0102039000'));
    card.receive(bytes('00C101 02 C2'));
    expect(hex(card.receive(bytes('000004 00A40000 A0'))!)).toBe('002002010221');
    expect(hex(card.receive(bytes('009000 90'))!)).toBe('0060020390F1');
    // An I-block does not belong into the card's chain.
    expect(hex(card.receive(bytes('004004 00A40000 E0'))!)).toBe('00920092');
    expect(hex(card.receive(bytes('00C200 C2'))!)).toBe('00E200E2');
    // The aborted piece had N(S) 1, so the next answer begins with 0.
    expect(hex(card.receive(bytes('004004 00A40000 E0'))!)).toBe('002002010221');
  });

  it('is silent when the chip is', () => {
    expect(new T1Card(() => null).receive(bytes('000004 00A40000 A0'))).toBeNull();
  });
});
