import { expect, it } from 'vitest';
import { createResidentDoor } from '../../../src/ui/server/resident-door.ts';
import { open, scriptStation } from '../scripted-station.ts';

function enter() {
  const station = scriptStation();
  const door = createResidentDoor({
    key: 'test-key',
    station,
    picture: async () => undefined,
    preview: () => () => {},
    readers: ['new'],
    bench: undefined,
  });
  return { station, visit: door.enter() };
}

it('a resident’s wish is sent as the resident’s', async () => {
  const { station, visit } = enter();
  expect(await visit.perform({ type: 'begin', language: 'en' })).toEqual({ ok: true });
  expect(station.asked).toEqual([{ type: 'begin', language: 'en', by: 'resident' }]);
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

it('what is not to be had now is neither offered nor sent', async () => {
  const { station, visit } = enter();
  station.show(open);
  station.forbid(['record']);
  const view = visit.draw();
  expect(view.screen === 'resident' && view.can).toContain('begin');
  expect(view.screen === 'resident' && view.can).not.toContain('record');
  expect(await visit.perform({ type: 'record', reason: 'new' })).toMatchObject({ ok: false });
  expect(station.asked).toEqual([]);
});
