import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../src/failures/failure.ts';
import { readCard } from '../../src/ktp/read-card.ts';
import { slotsOf } from '../support/slots.ts';
import { bytes, failureIn, never, type Pair, pair, profile, samOpen, valueIn } from './bench.ts';

const read = ({ slots }: Pick<Pair, 'slots'>, pcid = samOpen.pcid) =>
  readCard(slots, { profile, samOpen: { ...samOpen, pcid }, signal: never });
const opens = ({ passed }: Pair) => passed.filter(({ apdu }) => apdu.startsWith('00F0'));
const uids = ({ passed }: Pair) => passed.filter(({ apdu }) => apdu === '00F7000000');

describe('the SAM', () => {
  it('is opened and asked for its UID once while it stays powered', async () => {
    const bench = pair();
    const first = valueIn(await read(bench));
    const second = valueIn(await read(bench));
    expect(second.samUid).toBe(first.samUid);
    expect(second.genuine).toBe(true);
    expect([opens(bench).length, uids(bench).length]).toEqual([1, 1]);
  });

  it('gets a refused F0 never again, whatever is laid on the reader', async () => {
    const bench = pair();
    const wrong = samOpen.pcid.with(0, 0xff ^ samOpen.pcid[0]!);
    const first = failureIn(await read(bench, wrong));
    expect(first).toEqual({
      code: 'KTP-SAM-OPEN-REFUSED',
      detail: 'SAM SW 63C2 at F0 (verification failed, counter 2)',
    });
    for (let n = 0; n < 5; n++) expect(failureIn(await read(bench, wrong))).toEqual(first);
    expect(opens(bench)).toHaveLength(1);
  });

  it('is opened anew when it was powered anew', async () => {
    const bench = pair();
    await read(bench, samOpen.pcid.with(0, 0xff ^ samOpen.pcid[0]!));
    const again = { slots: slotsOf(bench.card, { ...bench.sam }) };
    expect(valueIn(await read(again)).genuine).toBe(true);
    expect(opens(bench)).toHaveLength(2);
  });

  it('is asked again for a UID that did not come through, without being opened again', async () => {
    let pulled = false;
    const bench = pair({}, ({ apdu }) => {
      if (apdu !== '00F7000000' || pulled) return undefined;
      pulled = true;
      return fail('CARD-ABSENT');
    });
    expect(failureIn(await read(bench)).code).toBe('KTP-SAM-LOST');
    expect(valueIn(await read(bench)).genuine).toBe(true);
    expect([opens(bench).length, uids(bench).length]).toEqual([1, 2]);
  });

  it('must tell a UID', async () => {
    const bench = pair({}, ({ apdu }) => (apdu === '00F7000000' ? ok(bytes('9000')) : undefined));
    expect(failureIn(await read(bench))).toEqual({
      code: 'KTP-SAM-ANSWER',
      detail: 'SAM returned 0 bytes at F7',
    });
  });
});
