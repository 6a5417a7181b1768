import { expect, it } from 'vitest';
import { configuration } from '../../../src/config.ts';
import { createResidentDoor } from '../../../src/ui/server/resident-door.ts';
import { at, scriptStation } from '../scripted-station.ts';

const policy = configuration.shape.policy.parse({}).recording;

function enter() {
  const station = scriptStation();
  const door = createResidentDoor({
    key: 'test-key',
    station,
    policy,
    picture: async () => undefined,
    preview: () => () => {},
    readers: ['new'],
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
