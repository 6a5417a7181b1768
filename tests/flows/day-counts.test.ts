/** What agrees at the end of a day, and what is told when it does not. */
import { expect, test } from 'vitest';
import { disagreement } from '../../src/flows/day-counts.ts';
import type { DayCounts } from '../../src/store/closing-events.ts';

const COUNTS: DayCounts = {
  ...{ opened: 30, sealed: 26, unsealed: 3, unfinished: 1, exceptions: 2, packets: 26 },
  ...{ samAuthentications: 11, handedOver: 9, inSafe: 23 },
  audited: { opened: 30, sealed: 26, exceptions: 2, reads: 12, handedOver: 9 },
};

test('a day agrees, also when some reads never came to the authentication', () => {
  expect(disagreement(COUNTS)).toBeNull();
});

test.each([
  [{ packets: 25 }, 'CLOSING-PACKET-MISSING', '25 packets of 26 sealed sessions'],
  [{ samAuthentications: 13 }, 'CLOSING-SAM-UNAUDITED', '13 authentications, 12 audited'],
  [{ opened: 29 }, 'CLOSING-COUNTS-DISAGREE', 'opened: 29 kept, 30 audited'],
  [{ exceptions: 3 }, 'CLOSING-COUNTS-DISAGREE', 'exceptions: 3 kept, 2 audited'],
  [{ handedOver: 8 }, 'CLOSING-COUNTS-DISAGREE', 'handedOver: 8 kept, 9 audited'],
])('%j does not', (changed, code, detail) => {
  expect(disagreement({ ...COUNTS, ...changed })).toEqual({ code, detail });
});

test('a packet that is lost is told before anything else', () => {
  expect(disagreement({ ...COUNTS, packets: 25, opened: 29 })).toMatchObject({
    code: 'CLOSING-PACKET-MISSING',
  });
});
