/** What is remembered of devices and cards, on a real database. */
import { expect, it } from 'vitest';
import { AT, codeOf, engineOf, temporaryFolder, value } from './fixture.ts';

const opened = () => value(engineOf(temporaryFolder()));

it('uses and failures are counted by day, also over a restart', () => {
  const dataDir = temporaryFolder();
  const first = value(engineOf(dataDir));
  for (const outcome of ['captured', 'captured', 'SENSOR-SILENT']) {
    value(first['devices.count'](AT, { device: 'finger', outcome }));
  }
  first.close();
  const second = value(engineOf(dataDir));
  value(second['devices.count'](AT, { device: 'finger', outcome: 'captured' }));
  expect(value(second['devices.counts']())).toEqual([
    { day: AT.slice(0, 10), device: 'finger', outcome: 'SENSOR-SILENT', count: 1 },
    { day: AT.slice(0, 10), device: 'finger', outcome: 'captured', count: 3 },
  ]);
});

it('the last test that a device passed stands', () => {
  const store = opened();
  value(store['devices.seen'](AT, { device: 'finger', identity: 'firmware 1', temperature: null }));
  value(store['devices.seen'](AT, { device: 'finger', identity: 'firmware 2', temperature: 41.5 }));
  expect(value(store['devices.lastSeen']())).toEqual([
    { device: 'finger', identity: 'firmware 2', temperature: 41.5, at: AT },
  ]);
});

it('cards by readers by firmware are counted, what nobody could tell apart from what was told', () => {
  const store = opened();
  const unread = {
    reader: 'old',
    firmware: 'firmware 1.4.2',
    cardType: null,
    cardGeneration: null,
    outcome: 'LEN-CARD-NEW',
  } as const;
  const read = { ...unread, cardType: 'B', cardGeneration: 'old', outcome: 'readable' } as const;
  for (const card of [unread, read, unread]) value(store['devices.countCard'](card));
  expect(value(store['devices.cards']())).toEqual([
    { ...unread, count: 2 },
    { ...read, count: 1 },
  ]);
});

it('what is no device and no code is refused, and nothing is counted', () => {
  const store = opened();
  const refused = [
    store['devices.count'](AT, { device: '1607120101900001', outcome: 'captured' }),
    store['devices.count'](AT, { device: 'finger', outcome: 'Sutrisno' }),
    store['devices.seen'](AT, { device: 'finger', identity: 'x'.repeat(201), temperature: null }),
  ];
  expect(refused.map(codeOf)).toEqual(Array(3).fill('STORE-ENTRY-REFUSED'));
  expect(value(store['devices.counts']())).toEqual([]);
});
