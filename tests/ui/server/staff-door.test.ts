/** The staff's screen over a real store: who signs in, what they see, what they may ask. */
import { afterAll, beforeEach, expect, it } from 'vitest';
import { createBiometrics } from '../../../src/biometrics/pool.ts';
import { configuration } from '../../../src/config.ts';
import { ok } from '../../../src/failures/failure.ts';
import { createEnrol } from '../../../src/flows/staff-enrolment.ts';
import { createSignIn } from '../../../src/flows/staff-sign-in.ts';
import type { StaffRole } from '../../../src/store/staff.ts';
import type { Store } from '../../../src/store/store.ts';
import { staffView } from '../../../src/ui/contract/staff-view.ts';
import type { Door, Visit } from '../../../src/ui/server/door.ts';
import { createStaffDoor, type StaffParts } from '../../../src/ui/server/staff-door.ts';
import { opened, temporaryFolder } from '../../store/fixture.ts';
import { at, open, type ScriptedStation, scriptStation } from '../scripted-station.ts';

const policy = configuration.shape.policy.parse({}).recording;
const login = { tries: 3, lockMinutes: 5, secondFactor: null };
const pins: Readonly<Record<string, string>> = { sari: '284619', budi: '730152', tono: '519264' };

/** Asked for nothing: a PIN alone opens here. */
const biometrics = createBiometrics({ threads: 1 });
afterAll(() => biometrics.close());

let store: Store;
let station: ScriptedStation;
let parts: StaffParts;
let door: Door;
let visit: Visit;
let restarted: string[];

beforeEach(async () => {
  store = await opened(temporaryFolder());
  station = scriptStation();
  restarted = [];
  parts = {
    key: 'test-key',
    station,
    policy,
    login,
    enrol: createEnrol({ store, biometrics, reader: undefined, sensor: undefined }),
    signIn: createSignIn({ store, rules: login, biometrics, reader: undefined, sensor: undefined }),
    store,
    supervisor: {
      health: () => [{ id: 'finger', kind: 'finger-sensor', driver: 'r30x', state: 'ready' }],
      subscribe: () => () => {},
      restart: (id) => {
        restarted.push(id);
        return ok();
      },
      disable: () => ok(),
      enable: () => ok(),
    },
    picture: async (id, by) => ({ type: 'image/jpeg', bytes: Buffer.from(`${id} for ${by}`) }),
    preview: () => () => {},
    bench: undefined,
  };
  door = createStaffDoor(parts);
  visit = door.enter(() => {});
  await enrol('budi', 'supervisor', 'console');
  await enrol('sari', 'operator', 'budi');
  await enrol('tono', 'technician', 'budi');
});

async function enrol(id: string, role: StaffRole, by: string): Promise<void> {
  const until = '2099-12-31';
  const entitlement = { appointment: 'SK 1/2026', appointedUntil: until, trainedUntil: until };
  const done = await store.staff.enrol(
    { id, name: id.toUpperCase(), role, pin: pins[id]!, ...entitlement },
    by,
  );
  if (!done.ok) throw new Error(`${done.failure.code} ${done.failure.detail}`);
}

const signIn = (id: string) => visit.perform({ type: 'login', id, pin: pins[id]! });
function seen() {
  const view = visit.draw();
  if (view.screen !== 'staff') throw new Error(view.screen);
  expect(staffView.parse(view)).toEqual(view);
  return view;
}
const refused = { ok: false, failure: { code: 'UI-NOT-ALLOWED' } };

it('tells nothing and does nothing without a login', async () => {
  station.show(at({ at: 'survey' }));
  expect(seen()).toMatchObject({ me: null, session: null, kiosk: null, devices: [], can: [] });
  expect(await visit.perform({ type: 'call-next' })).toMatchObject(refused);
  expect(await visit.perform({ type: 'restart-device', device: 'finger' })).toMatchObject(refused);
  expect(station.asked).toEqual([]);
});

it('a wrong PIN opens nothing', async () => {
  const wrong = await visit.perform({ type: 'login', id: 'sari', pin: '111222' });
  expect(wrong).toMatchObject({ ok: false, failure: { code: 'STAFF-LOGIN-REFUSED' } });
  expect(seen().me).toBeNull();
});

it('an operator sees the session and asks in their own name', async () => {
  station.show(at({ at: 'survey' }));
  expect(await signIn('sari')).toEqual({ ok: true });
  expect(station.onDuty).toEqual(['sari']);
  expect(seen()).toMatchObject({
    me: { id: 'sari', role: 'operator' },
    session: { nik: '1607125204880001' },
  });
  await visit.perform({ type: 'take-over' });
  expect(station.asked).toMatchObject([
    { actor: { id: 'sari', role: 'operator' }, wish: { type: 'take-over' } },
  ]);
});

it('a technician sees devices, not people', async () => {
  station.show(at({ at: 'survey' }));
  await signIn('tono');
  expect(seen()).toMatchObject({ session: null, approvals: [], devices: [{ id: 'finger', state: 'ready' }] });
  expect(await visit.perform({ type: 'restart-device', device: 'finger' })).toEqual({ ok: true });
  expect(restarted).toEqual(['finger']);
  expect(await visit.perform({ type: 'report', day: '2026-11-24' })).toMatchObject(refused);
});

it('a supervisor gets the day’s report', async () => {
  await signIn('budi');
  expect(await visit.perform({ type: 'report', day: '2026-11-24' })).toEqual({ ok: true });
  expect(seen().report).toMatchObject({ day: '2026-11-24', villages: [], satisfaction: null });
});

it('an act of one’s own is shown and not offered for approval', async () => {
  const approval = {
    of: 'override',
    sessionId: 's',
    rule: 'minimum-age',
    reason: 'menikah',
  } as const;
  station.show({
    ...open,
    approvals: [
      { ...approval, by: 'budi' },
      { ...approval, rule: 'finger-guard', by: 'sari' },
    ],
  });
  await signIn('budi');
  expect(seen().approvals).toMatchObject([{ mine: false }, { mine: true }]);
});

it('signing out and leaving take the person off duty', async () => {
  await signIn('sari');
  await visit.perform({ type: 'logout' });
  expect(seen().me).toBeNull();
  expect(station.onDuty).toEqual([]);
  await signIn('sari');
  visit.leave?.();
  expect(station.onDuty).toEqual([]);
});

it('pictures are seen with the ticket of one’s own login, as long as it lasts', async () => {
  const look = async (token: string) => {
    const seenWith = door.gallery(token);
    return seenWith && `${(await seenWith('a'))?.bytes}`;
  };
  await signIn('sari');
  const ticket = seen().me?.ticket ?? '';
  expect(await look(ticket)).toBe('a for sari');
  expect(await look('test-key')).toBeUndefined();
  await visit.perform({ type: 'logout' });
  expect(await look(ticket)).toBeUndefined();
});

it('a technician’s ticket shows no picture', async () => {
  await signIn('tono');
  expect(await door.gallery(seen().me?.ticket ?? '')?.('a')).toBeUndefined();
});

it('the end of a day is for operators and supervisors, an alarm for supervisors alone', async () => {
  const leftover = { sessionId: 'a-session', openedAt: '2026-03-02T01:02:03Z', reached: 'proved' } as const;
  const failure = { code: 'CLOSING-PACKET-MISSING', detail: '1 packets of 2 sealed sessions' } as const;
  station.show({
    ...open,
    closing: {
      ...{ day: '2026-03-02', step: 'approving', counts: null, leftovers: [leftover], failure },
      ...{ reviewedBy: 'sari', approvedBy: null },
    },
    alarms: [
      {
        failure: { code: 'ALARM-EXCEPTIONS-RECORDED' },
        staff: 'sari',
        rate: { of: 6, among: 40 },
      },
    ],
  });
  await signIn('budi');
  expect(seen()).toMatchObject({
    closing: {
      reviewedBy: 'sari',
      failure: { code: 'CLOSING-PACKET-MISSING' },
      leftovers: [{ reached: 'proved' }],
    },
    alarms: [{ staff: 'sari', rate: { of: 6, among: 40 } }],
  });
  expect(JSON.stringify(seen())).not.toContain('a-session');
  await visit.perform({ type: 'logout' });
  await signIn('sari');
  expect(seen()).toMatchObject({ closing: { reviewedBy: 'sari' }, alarms: [] });
  await visit.perform({ type: 'logout' });
  await signIn('tono');
  expect(seen()).toMatchObject({ closing: null, alarms: [] });
});

it('shows which card or finger is waited for beside the PIN, and lets go of it', async () => {
  const signal = Promise.withResolvers<AbortSignal>();
  const waiting = createStaffDoor({
    ...parts,
    signIn: (_, asked, until) => {
      asked({ factor: 'finger', fingers: [2, 7] });
      signal.resolve(until);
      return new Promise((resolve) => {
        until.addEventListener('abort', () => resolve({ ok: false, failure: { code: 'DESK-CANCELLED' } }));
      });
    },
  }).enter(() => {});
  const entering = waiting.perform({ type: 'login', id: 'sari', pin: '284619' });
  await signal.promise;
  expect(waiting.draw()).toMatchObject({ me: null, awaited: { factor: 'finger', fingers: [2, 7] } });
  expect(await waiting.perform({ type: 'logout' })).toEqual({ ok: true });
  expect(await entering).toMatchObject({ failure: { code: 'DESK-CANCELLED' } });
  expect(waiting.draw()).toMatchObject({ me: null, awaited: null });
});

it('a supervisor keeps the list of staff, and everybody their own PIN', async () => {
  await signIn('budi');
  const until = { appointedUntil: '2099-12-31', trainedUntil: '2099-12-31' };
  const rina = {
    id: 'rina',
    name: 'RINA',
    role: 'operator',
    pin: '405162',
    appointment: 'SK 2',
    ...until,
  } as const;
  expect(await visit.perform({ type: 'show-staff' })).toEqual({ ok: true });
  expect(await visit.perform({ type: 'enrol-staff', ...rina, showsCard: false, showsFingers: [] })).toEqual({
    ok: true,
  });
  expect(seen().members?.map(({ id }) => id)).toEqual(['budi', 'rina', 'sari', 'tono']);
  expect(JSON.stringify(seen())).not.toMatch(/duress/i);
  await visit.perform({ type: 'retire-staff', id: 'sari' });
  expect(seen().members?.find(({ id }) => id === 'sari')).toMatchObject({ retired: true });
  // A card is asked for, and there is no reader.
  const carded = { ...rina, id: 'joko', showsCard: true, showsFingers: [] };
  expect(await visit.perform({ type: 'enrol-staff', ...carded })).toMatchObject({
    failure: { code: 'STAFF-FACTOR-DEVICE' },
  });
  await visit.perform({ type: 'logout' });
  await visit.perform({ type: 'login', id: 'rina', pin: '405162' });
  expect(seen()).toMatchObject({ me: { id: 'rina' }, members: null });
  expect(await visit.perform({ type: 'show-staff' })).toMatchObject(refused);
  expect(await visit.perform({ type: 'unlock-staff', id: 'tono' })).toMatchObject(refused);
  const change = { type: 'change-pin', which: 'own', pin: '405162', newPin: '771904' } as const;
  expect(await visit.perform(change)).toEqual({ ok: true });
  await visit.perform({ type: 'logout' });
  expect(await visit.perform({ type: 'login', id: 'rina', pin: '771904' })).toEqual({ ok: true });
});
