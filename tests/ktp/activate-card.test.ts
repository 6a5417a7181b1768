import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../src/failures/failure.ts';
import { activateCard } from '../../src/ktp/activate-card.ts';
import { readState } from '../../src/ktp/read-state.ts';
import { createChip } from '../../src/virtual/card/chip.ts';
import { uid8 } from '../../src/virtual/card/personalise.ts';
import { slotsOf } from '../support/slots.ts';
import {
  type Bend,
  bytes,
  type ChipWish,
  contentOf,
  failureIn,
  hex,
  never,
  openableSam,
  type Pair,
  pair,
  profile,
  samOpen,
  valueIn,
  wire,
} from './bench.ts';

const uidOf = (wish?: ChipWish) => hex(uid8(contentOf(wish)));
const intended = async () => ok();
const options = { profile, samOpen, signal: never, uid: uidOf(), beforeCommand: intended };
const activate = ({ slots }: Pair, change: Partial<typeof options> = {}) =>
  activateCard(slots, { ...options, ...change });
const state = ({ slots }: Pair) => readState(slots, { profile, signal: never });

/** What the relay gets for the card's answer to the protected command, and for what follows it. */
function afterCommand(bend: Bend): Bend {
  let sent = false;
  return (passing) => {
    const bent = sent ? bend(passing) : undefined;
    if (passing.apdu === '00F8000000') sent = true;
    return bent;
  };
}

describe('activateCard', () => {
  it.each(
    (['A', 'B'] as const).flatMap((type) =>
      (['old', 'new'] as const).map((generation) => ({ type, generation })),
    ),
  )('activates type $type, $generation generation, and reads it back', async (kind) => {
    const bench = pair(kind);
    const activation = valueIn(await activate(bench, { uid: uidOf(kind) }));
    expect(activation).toEqual({ outcome: 'done', activated: true, refusal: null });
    expect(bench.chip.activated).toBe(true);
    expect(valueIn(await state(bench))).toEqual({
      cardType: kind.type,
      cardGeneration: kind.generation,
      uid: uidOf(kind),
      activated: true,
    });
  });

  it('stores the intent once, right before the command goes to the card', async () => {
    const bench = pair();
    const seen: string[] = [];
    await activate(bench, {
      beforeCommand: async () => {
        seen.push(bench.passed.at(-1)!.apdu, String(bench.chip.activated));
        return ok();
      },
    });
    expect(seen).toEqual(['00F8000000', 'false']);
    const at = bench.passed.findIndex(({ apdu }) => apdu === '00F8000000');
    const after = bench.passed.slice(at);
    expect(after.map(({ to }) => to)).toEqual(['sam', 'card', 'sam', 'card', 'card', 'card']);
    expect(after[1]!.apdu).toBe(after[0]!.answer.slice(0, -4));
    expect(after.slice(3).map(({ apdu }) => apdu)).toEqual(['00A40000026FF0', '00B0000008', '00B000082D']);
  });

  it('sends nothing when the intent cannot be stored', async () => {
    const bench = pair();
    const result = await activate(bench, { beforeCommand: async () => fail('STORE-LOCKED') });
    expect(failureIn(result)).toEqual({ code: 'STORE-LOCKED' });
    expect(bench.passed.at(-1)!.apdu).toBe('00F8000000');
    expect(bench.chip.activated).toBe(false);
  });

  it('does nothing to a card that is active', async () => {
    const bench = pair({ activated: true });
    const beforeCommand = async () => fail('STORE-LOCKED');
    expect(valueIn(await activate(bench, { beforeCommand }))).toEqual({
      outcome: 'already',
      activated: true,
      refusal: null,
    });
    expect(bench.passed.every(({ to }) => to === 'card')).toBe(true);
  });

  it.each<[string, () => Pair, Partial<typeof options>, string]>([
    ['another card', () => pair({ type: 'A' }), {}, 'KTP-OTHER-CARD'],
    ['a clone', () => wire(createChip({ ...contentOf(), keys: 'clone' }), openableSam()), {}, 'KTP-CLONE'],
    [
      'a state nobody knows',
      pair,
      { profile: { ...profile, activation: { fromEnd: 1, inactive: 5, active: 6 } } },
      'KTP-STATE-UNKNOWN',
    ],
  ])('leaves %s alone', async (_, bench, change, code) => {
    let called = false;
    const beforeCommand = async () => {
      called = true;
      return ok();
    };
    expect(failureIn(await activate(bench(), { ...change, beforeCommand })).code).toBe(code);
    expect(called).toBe(false);
  });

  it('needs a SAM', async () => {
    expect(failureIn(await activateCard(slotsOf(pair().card), options)).code).toBe('KTP-SAM-ABSENT');
  });

  it('is cancelled before the intent, and not any more after it', async () => {
    const early = new AbortController();
    const before = pair({}, ({ apdu }) => {
      if (apdu === '00F8000000') early.abort();
      return undefined;
    });
    expect(failureIn(await activate(before, { signal: early.signal })).code).toBe('KTP-CANCELLED');
    expect(before.chip.activated).toBe(false);

    const late = new AbortController();
    const after = pair();
    const beforeCommand = async () => {
      late.abort();
      return ok();
    };
    expect(valueIn(await activate(after, { signal: late.signal, beforeCommand })).outcome).toBe('done');
  });

  it('believes the card read back, not the answer to the command', async () => {
    const garbled = pair(
      {},
      afterCommand(({ to }) => (to === 'sam' ? ok(bytes('6988')) : undefined)),
    );
    expect(valueIn(await activate(garbled))).toEqual({ outcome: 'done', activated: true, refusal: null });
  });

  it('tells a command that the card takes and does not obey', async () => {
    let sent: string | undefined;
    const bench = pair();
    // The chip repeats what it said to the SELECT before: authentic to look at, and nothing was written.
    const card = {
      transmit: async (apdu: Uint8Array) => {
        if (hex(apdu) === sent) return ok(bytes('990290008E0811223344556677889000'));
        return bench.card.transmit(apdu);
      },
    };
    const sam = {
      transmit: async (apdu: Uint8Array) => {
        if (apdu[1] === 0xf4 && sent) return ok(bytes('90009000'));
        const answer = await bench.sam.transmit(apdu);
        if (apdu[1] === 0xf8 && answer.ok) sent = hex(answer.value.subarray(0, -2));
        return answer;
      },
    };
    expect(valueIn(await activateCard(slotsOf(card, sam), options))).toEqual({
      outcome: 'refused',
      activated: false,
      refusal: { code: 'KTP-NOT-ACTIVATED' },
    });
  });

  it('names the inner refusal of the card', async () => {
    const bench = pair();
    let commanded = false;
    const sam = {
      transmit: async (apdu: Uint8Array) => {
        if (apdu[1] === 0xf4 && commanded) return ok(bytes('69859000'));
        commanded ||= apdu[1] === 0xf8;
        return bench.sam.transmit(apdu);
      },
    };
    const card = {
      transmit: async (apdu: Uint8Array) =>
        apdu[1] === 0xd6 ? ok(bytes('990269858E0811223344556677889000')) : bench.card.transmit(apdu),
    };
    expect(valueIn(await activateCard(slotsOf(card, sam), options)).refusal).toEqual({
      code: 'KTP-CARD-REFUSED',
      detail: 'inner SW 6985 at ACTIVATE (conditions of use not satisfied)',
    });
  });

  it('is not begun again when the card leaves: the outcome stays open', async () => {
    const bench = pair(
      {},
      afterCommand(({ to }) => (to === 'card' ? fail('CARD-ABSENT') : undefined)),
    );
    expect(failureIn(await activate(bench))).toEqual({ code: 'CARD-ABSENT', detail: 'card at ACTIVATE' });
    expect(bench.passed.filter(({ apdu }) => apdu === '00F8000000')).toHaveLength(1);
    expect(bench.chip.activated).toBe(true);
  });
});

describe('readState', () => {
  it('needs no SAM and few commands', async () => {
    const bench = pair();
    expect(valueIn(await state(bench)).activated).toBe(false);
    expect(bench.passed.map(({ to }) => to)).toEqual(Array(5).fill('card'));
  });

  it('does not guess a state', async () => {
    const odd = { ...profile, activation: { fromEnd: 2, inactive: 0, active: 1 } };
    const result = await readState(pair().slots, { profile: odd, signal: never });
    expect(failureIn(result).code).toBe('KTP-STATE-UNKNOWN');
  });
});
