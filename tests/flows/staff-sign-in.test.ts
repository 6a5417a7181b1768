/** Signing in with a second factor: a real store, a virtual chip behind the reader's port, virtual fingers on the sensor. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeFingerMinutiae } from '../../src/biometrics/records/finger-minutiae.ts';
import { createEnrol, type Enrolment } from '../../src/flows/staff-enrolment.ts';
import type { AskedFactor } from '../../src/flows/staff-factors.ts';
import { createSignIn, type SignIn } from '../../src/flows/staff-sign-in.ts';
import { readState } from '../../src/ktp/read-state.ts';
import type { LoginRules, NewStaff } from '../../src/store/staff.ts';
import { type DeskBench, openDeskBench, value, virtualPeople } from './fixture.ts';

const UNTIL = '2099-12-31';
const never = new AbortController().signal;
let bench: DeskBench;
let asked: AskedFactor[];

beforeEach(async () => {
  bench = await openDeskBench();
  asked = [];
});
afterEach(() => bench.close());

function signInBy(secondFactor: LoginRules['secondFactor'], { devices = true } = {}) {
  const { parts, clock } = bench;
  const signIn: SignIn = createSignIn({
    store: parts.store,
    rules: { tries: 3, lockMinutes: 5, secondFactor },
    biometrics: parts.biometrics,
    reader: devices ? value(parts.chipStation('new')) : undefined,
    sensor: devices ? parts.sensor : undefined,
    clock,
  });
  return (pin = '284619') => signIn({ id: 'sari', pin }, (factor) => asked.push(factor), never);
}

async function enrol(more: Partial<NewStaff>): Promise<void> {
  const member = { name: 'SARI', appointment: 'SK 1', appointedUntil: UNTIL, trainedUntil: UNTIL };
  const { staff } = bench.parts.store;
  value(await staff.enrol({ ...member, id: 'budi', role: 'supervisor', pin: '730152' }, 'console'));
  value(await staff.enrol({ ...member, id: 'sari', role: 'operator', pin: '284619', ...more }, 'budi'));
}

async function uidOf(card: string): Promise<string> {
  bench.chip.lay(await bench.card(card));
  const { reader, profile } = value(bench.parts.chipStation('new'));
  const { uid } = value(
    await reader.exchange(never, (slots) => readState(slots, { profile, signal: never })),
  );
  bench.chip.pull();
  return uid;
}

async function touch(person: number, impression: number) {
  const finger = (await virtualPeople())[person]?.fingers[0];
  const image = finger?.impressions[impression];
  if (!finger || !image) throw new Error('no such finger');
  return { image, position: finger.position };
}

test('the own card beside the PIN: waited for, read in clear, and no other will do', async () => {
  await enrol({ cardUid: await uidOf('b-new') });
  const signIn = signInBy('card');
  const entering = signIn();
  expect(asked).toEqual([{ factor: 'card', reader: 'new' }]);
  bench.chip.lay(await bench.card('b-new'));
  expect(value(await entering)).toEqual({ id: 'sari', name: 'SARI', role: 'operator' });
  bench.chip.lay(await bench.card('a-old'));
  expect(await signIn()).toMatchObject({ failure: { code: 'STAFF-CARD-REFUSED' } });
});

test('a card that nobody lays down is not waited for all day', async () => {
  await enrol({ cardUid: 'A'.repeat(16) });
  const entering = signInBy('card')();
  bench.clock.increment(20_000);
  expect(await entering).toMatchObject({ failure: { code: 'DESK-CANCELLED' } });
});

test('the own finger beside the PIN: another one counts as a wrong try', async () => {
  const { image, position } = await touch(0, 0);
  const { template } = value(await bench.parts.biometrics.extract(image));
  await enrol({ fingers: [{ position, template: encodeFingerMinutiae([template]) }] });
  const signIn = signInBy('finger');
  bench.press((await touch(0, 1)).image);
  expect(value(await signIn())).toMatchObject({ id: 'sari' });
  expect(asked).toEqual([{ factor: 'finger', fingers: [position] }]);
  bench.press((await touch(1, 0)).image);
  expect(await signIn()).toMatchObject({ failure: { code: 'STAFF-FINGER-REFUSED' } });
  // A wrong PIN never comes to the finger.
  expect(await signIn('112233')).toMatchObject({ failure: { code: 'STAFF-LOGIN-REFUSED' } });
  expect(asked).toHaveLength(2);
});

test('without the device nobody gets in by the PIN alone', async () => {
  await enrol({ cardUid: 'A'.repeat(16) });
  expect(await signInBy('card', { devices: false })()).toMatchObject({
    failure: { code: 'STAFF-FACTOR-DEVICE' },
  });
});

test('a duress PIN looks like any other, and calls for help at the centre', async () => {
  await enrol({ duressPin: '918273' });
  const signIn = signInBy(null);
  expect(await signIn('918273')).toEqual(await signIn());
  const pending = value(await bench.parts.store.outbox.pending());
  expect(pending).toMatchObject([{ kind: 'alarm', payload: { alarm: 'staff-duress', staff: 'sari' } }]);
});

test('whoever is enrolled at the kiosk shows card and fingers, and signs in by them', async () => {
  await enrol({});
  const { parts, clock } = bench;
  const enrolAtKiosk = createEnrol({
    ...{ store: parts.store, biometrics: parts.biometrics, clock, sensor: parts.sensor },
    reader: value(parts.chipStation('new')),
  });
  const { image, position } = await touch(0, 0);
  const rina: Enrolment = {
    ...{ id: 'rina', name: 'RINA', pin: '405162', appointment: 'SK 2', showsCard: true },
    ...{ appointedUntil: UNTIL, trainedUntil: UNTIL, showsFingers: [position] },
    role: 'operator',
  };
  bench.chip.lay(await bench.card('b-new'));
  bench.press(image);
  value(await enrolAtKiosk(rina, 'budi', (factor) => asked.push(factor), never));
  expect(asked.map(({ factor }) => factor)).toEqual(['card', 'finger']);
  const members = value(await parts.store.staff.list());
  expect(members.find(({ id }) => id === 'rina')).toMatchObject({ factors: ['card', 'finger'] });

  bench.press((await touch(0, 1)).image);
  const rules = { tries: 3, lockMinutes: 5, secondFactor: 'finger' } as const;
  const { store, biometrics, sensor } = parts;
  const signIn = createSignIn({ store, rules, biometrics, sensor, reader: undefined, clock });
  expect(value(await signIn({ id: 'rina', pin: '405162' }, () => {}, never))).toMatchObject({ id: 'rina' });

  const blank = { width: 300, height: 300, dpi: 500, data: new Uint8Array(90_000).fill(255) };
  bench.press(blank);
  const poor = await enrolAtKiosk({ ...rina, id: 'joko', showsCard: false }, 'budi', () => {}, never);
  expect(poor.ok).toBe(false);
  expect(value(await store.staff.list()).map(({ id }) => id)).not.toContain('joko');
});
