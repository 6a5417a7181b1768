/** The same relay, unchanged, between a chip and a SAM of which nothing inside is as in the bench's pair. */
import { describe, expect, it } from 'vitest';
import { ok } from '../../src/failures/failure.ts';
import { activateCard } from '../../src/ktp/activate-card.ts';
import { readCard } from '../../src/ktp/read-card.ts';
import { biodataCsv } from '../../src/virtual/card/personalise.ts';
import { slotsOf } from '../support/slots.ts';
import {
  createOtherChip,
  createOtherSam,
  OTHER_CONF,
  OTHER_PCID,
  type OtherContent,
} from '../virtual/other-issuer/pair.ts';
import { failureIn, filler, holder, never, openableSam, pair, profile, valueIn, wire } from './bench.ts';

const contents: OtherContent['contents'] = [
  biodataCsv(holder.biodata),
  holder.photo,
  filler(205, 2),
  filler(214, 3),
  filler(6 + 208, 4),
];
const options = { profile, samOpen: { pcid: OTHER_PCID, conf: OTHER_CONF }, signal: never };
const other = (content: Partial<OtherContent> = {}) =>
  wire(createOtherChip({ generation: 'new', contents, ...content }), createOtherSam());

describe('a chip and a SAM of another issuer', () => {
  it.each(['old', 'new'] as const)('prove a card of the %s generation genuine', async (generation) => {
    const { slots } = other({ generation });
    const reading = valueIn(await readCard(slots, options));
    expect(reading).toMatchObject({
      cardType: 'A',
      cardGeneration: generation,
      uid: '8004A1B2C3D4E5F6',
      biodata: holder.biodata,
      genuine: true,
      activated: false,
    });
    expect([reading.photo, reading.signature, ...reading.minutiae]).toEqual(contents.slice(1));
  });

  it.each([1, 2, 3, 4, 5] as const)('refuse a card whose file 6FF%i was changed', async (tampered) => {
    const { slots } = other({ tampered });
    expect(valueIn(await readCard(slots, options))).toMatchObject({
      genuine: false,
      verdict: { code: 'KTP-NOT-GENUINE', detail: 'SAM SW 6A88 at FA04 (referenced data not found)' },
    });
  });

  it('activate a card', async () => {
    const { slots } = other();
    const activation = await activateCard(slots, {
      ...options,
      uid: '8004A1B2C3D4E5F6',
      beforeCommand: async () => ok(),
    });
    expect(valueIn(activation)).toEqual({ outcome: 'done', activated: true, refusal: null });
  });

  it('do not mix with those of the bench', async () => {
    const ours = pair();
    const theirs = other();
    expect(failureIn(await readCard(slotsOf(ours.card, theirs.sam), options)).code).toBe('KTP-AUTH-REFUSED');
    const closed = slotsOf(ours.card, wire(ours.chip, openableSam()).sam);
    expect(failureIn(await readCard(closed, options)).code).toBe('KTP-SAM-OPEN-REFUSED');
  });
});
