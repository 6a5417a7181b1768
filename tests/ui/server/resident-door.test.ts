import { expect, it } from 'vitest';
import { configuration } from '../../../src/config.ts';
import { ok } from '../../../src/failures/failure.ts';
import type { FeeChannel } from '../../../src/ui/server/fee-channel.ts';
import { createResidentDoor } from '../../../src/ui/server/resident-door.ts';
import { at, scriptStation } from '../scripted-station.ts';

const policy = configuration.shape.policy.parse({}).recording;

function enter(fees?: FeeChannel) {
  const station = scriptStation();
  const door = createResidentDoor({
    key: 'test-key',
    station,
    policy,
    picture: async () => undefined,
    preview: () => () => {},
    place: { readers: ['new'], inches: null },
    fees,
    bench: undefined,
  });
  return { station, visit: door.enter(() => {}) };
}

it('a resident’s wish is sent as the resident’s', async () => {
  const { station, visit } = enter();
  expect(await visit.perform({ type: 'begin', language: 'en' })).toEqual({ ok: true });
  expect(station.asked).toEqual([
    { actor: { id: 'resident', role: 'resident' }, wish: { type: 'begin', language: 'en' } },
  ]);
});

it('the desk’s wishes, and those of the bench where the devices are real, are not to be had', async () => {
  const { station, visit } = enter();
  const refused = { ok: false, failure: { code: 'UI-NOT-ALLOWED' } };
  expect(await visit.perform({ type: 'activate', uid: '80A1B2C3D4E5F607' })).toMatchObject(refused);
  expect(await visit.perform({ type: 'bench', command: { command: 'pull', reader: 'new' } })).toMatchObject(
    refused,
  );
  expect(station.asked).toEqual([]);
});

it('what is not to be had now is not offered', () => {
  const { station, visit } = enter();
  const offered = () => {
    const view = visit.draw();
    return view.screen === 'resident' ? view.can : [];
  };
  expect(offered()).toContain('begin');
  expect(offered()).not.toContain('record');
  station.show(at({ at: 'choosing' }));
  expect(offered()).toContain('record');
  expect(offered()).not.toContain('begin');
});

it('a fee is reported at any moment, past the station, where somebody was named who reads it', async () => {
  const fee = {
    type: 'report-fee',
    stage: 'recording',
    amount: null,
    asker: null,
    words: 'Rp 20.000',
  } as const;
  const reported: unknown[] = [];
  const { station, visit } = enter({
    report: async (wish) => {
      reported.push(wish);
      return ok();
    },
  });
  expect(visit.draw()).toMatchObject({ can: expect.arrayContaining(['report-fee']) });
  expect(await visit.perform(fee)).toEqual({ ok: true });
  expect(reported).toEqual([fee]);
  expect(station.asked).toEqual([]);
  const nobody = enter();
  expect(nobody.visit.draw()).not.toMatchObject({ can: expect.arrayContaining(['report-fee']) });
  expect(await nobody.visit.perform(fee)).toMatchObject({ failure: { code: 'OVERSIGHT-UNTOLD' } });
});
