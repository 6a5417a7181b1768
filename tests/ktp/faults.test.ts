/**
 * Every APDU of a read and of an activation, and at each of them every fault: the line fails, the status word is
 * another, the answer is cut, empty, too long or nonsense. Nothing throws or hangs, and nothing is genuine or
 * activated that was not.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Slots } from '../../src/devices/card-reader/port.ts';
import { catalogue } from '../../src/failures/catalogue.ts';
import { fail, ok, type Result } from '../../src/failures/failure.ts';
import { activateCard } from '../../src/ktp/activate-card.ts';
import { type CardReading, readCard } from '../../src/ktp/read-card.ts';
import { uid8 } from '../../src/virtual/card/personalise.ts';
import { slotsOf } from '../support/slots.ts';
import {
  bytes,
  type ChipWish,
  contentOf,
  failureIn,
  filler,
  hex,
  jpeg,
  never,
  noRetry,
  type Passed,
  pair,
  samOpen,
  valueIn,
} from './bench.ts';

/** Every kind of block, and no more blocks than that. */
const wish: ChipWish = {
  holder: { photo: jpeg(300), signature: filler(101, 2), minutiae: [filler(60, 3), filler(230, 4)] },
};
const uid = hex(uid8(contentOf(wish)));

const faults: Record<string, (answer: Uint8Array) => Result<Uint8Array>> = {
  'the line fails': () => fail('CARD-ABSENT'),
  'SW 6F00': () => ok(bytes('6F00')),
  'SW 6982': () => ok(bytes('6982')),
  'SW 6282 with the data': (answer) => ok(Uint8Array.of(...answer.subarray(0, -2), 0x62, 0x82)),
  'SW 0000': () => ok(bytes('0000')),
  'nothing but 9000': () => ok(bytes('9000')),
  'one byte less': (answer) => ok(Uint8Array.of(...answer.subarray(0, -3), ...answer.subarray(-2))),
  'one byte more': (answer) => ok(Uint8Array.of(...answer.subarray(0, -2), 0, ...answer.subarray(-2))),
  'cut in the status word': (answer) => ok(answer.subarray(0, 1)),
  empty: () => ok(new Uint8Array()),
  'far too long': () => ok(new Uint8Array(70_000)),
};
const names = Object.keys(faults);

/** A fault that the relay cannot see or that the document allows: the card was read as well as ever. */
function harmless(fault: string, { apdu, answer }: Passed): boolean {
  switch (fault) {
    case 'nothing but 9000':
      return answer === '9000';
    case 'one byte more':
      return unmeasured(apdu);
    case 'one byte less':
      // The card still takes the protected command without the last byte of it, its Le.
      return answer === '9000' || apdu.startsWith('00F7') || apdu.startsWith('00F3');
    case 'SW 6282 with the data':
      // The last block of 6FF3, 6FF4 or 6FF5, rounded up.
      return apdu.startsWith('0CB0');
    default:
      return false;
  }
}

/** Commands for which the document knows no answer data, nor that there are none; F7 has a UID of any length. */
const unmeasured = (apdu: string) => /^00(A4|F0|F7|FF|F2|FA0[02356])/.test(apdu);

async function trial<T>(fault: string, at: number, run: (bench: ReturnType<typeof pair>) => Promise<T>) {
  let hit: Passed | undefined;
  const bench = pair(wish, (passing) => {
    if (passing.index !== at) return undefined;
    const bent = faults[fault]!(bytes(passing.answer));
    hit = passing;
    return bent.ok && hex(bent.value) === passing.answer ? undefined : bent;
  });
  const result = await run(bench);
  return { bench, result, hit: hit! };
}

const options = { profile: noRetry, samOpen, signal: never };
const read = ({ slots }: { slots: Slots }) => readCard(slots, options);
const baseline = valueIn(await read(pair(wish)));

/** All that a reading says, but for what differs from one true read to the next, and the SAM's UID. */
function told({ timings: _, samUid: __, ...rest }: CardReading) {
  return rest;
}

describe('a read', () => {
  it.each(names)('%s, at every APDU', async (fault) => {
    expect(baseline.genuine).toBe(true);
    for (let at = 0; at < baseline.apdus; at++) {
      const { result, hit } = await trial(fault, at, read);
      if (fault === 'the line fails')
        expect([at, failureIn(result).code]).toEqual([
          at,
          hit.to === 'card' ? 'CARD-ABSENT' : 'KTP-SAM-LOST',
        ]);
      if (!result.ok) expect(catalogue).toHaveProperty(result.failure.code);
      else if (!result.value.genuine)
        expect(result.value.verdict?.code).toMatch(/^KTP-(CLONE|NOT-GENUINE|NO-PROOF)$/);
      else {
        // The fault hit where it means nothing: the reading is the same to the last byte.
        expect(told(result.value)).toEqual(told(baseline));
        expect([hit.apdu, harmless(fault, hit)]).toEqual([hit.apdu, true]);
      }
    }
  });
});

describe('an activation', async () => {
  const run = async ({ slots }: { slots: Slots }) => {
    let intents = 0;
    const beforeCommand = async () => {
      intents++;
      return ok();
    };
    const result = await activateCard(slots, { ...options, uid, beforeCommand });
    return { result, intents };
  };
  const whole = pair(wish);
  const { result: first } = await run(whole);

  it.each(names)('%s, at every APDU', async (fault) => {
    expect(valueIn(first).outcome).toBe('done');
    for (let at = 0; at < whole.passed.length; at++) {
      const { bench, result: outcome } = await trial(fault, at, run);
      const { result, intents } = outcome;
      const { activated } = bench.chip;
      if (intents === 0) expect([at, activated]).toEqual([at, false]);
      if (!result.ok) expect(catalogue).toHaveProperty(result.failure.code);
      else expect([at, result.value.activated]).toEqual([at, activated]);
      expect(intents).toBeLessThanOrEqual(1);
    }
  });
});

describe('any bytes as any answer', () => {
  const status = fc.constantFrom('9000', '9000', '9000', '6282', '6D00', '6A82', '6300', '');
  const wild = fc
    .tuple(fc.uint8Array({ maxLength: 260 }), status)
    .map(([data, sw]) => Uint8Array.of(...data, ...bytes(sw)));

  it('never throw, never are genuine and never activate', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wild, { minLength: 1, maxLength: 60 }), async (answers) => {
        let at = 0;
        const slot = { transmit: async () => ok(answers[at++ % answers.length]!) };
        const result = await read({ slots: slotsOf(slot, { ...slot }) });
        expect(result.ok && result.value.genuine).toBe(false);
        const beforeCommand = async () => ok();
        const activation = await activateCard(slotsOf(slot, { ...slot }), { ...options, uid, beforeCommand });
        expect(activation.ok && activation.value.outcome === 'done').toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('in the middle of a true exchange never change what is told as genuine', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(baseline.apdus - 1), wild, async (at, answer) => {
        const result = await read(pair(wish, ({ index }) => (index === at ? ok(answer) : undefined)));
        if (result.ok && result.value.genuine) expect(told(result.value)).toEqual(told(baseline));
      }),
      { numRuns: 100 },
    );
  });
});
