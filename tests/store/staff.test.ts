/** Staff: logging in with lock-out, second factor, duress and ends; and who may keep the list. */
import { describe, expect, it } from 'vitest';
import type { LoginRules, NewStaff } from '../../src/store/staff.ts';
import { AT, codeOf, engineOf, opened, temporaryFolder, value, withDatabase } from './fixture.ts';

const LATER = '2026-03-02T01:20:00.000Z';
const rules: LoginRules = { tries: 3, lockMinutes: 15, secondFactor: null };
const PIN = '280619';
const DURESS = '904217';
const entitlement = {
  appointment: 'SK 800/12/2026',
  appointedUntil: '2026-12-31',
  trainedUntil: '2026-06-30',
};
const template = new Uint8Array([70, 77, 82, 0]);

async function office(rina: Partial<NewStaff> = {}, dataDir = temporaryFolder()) {
  const engine = value(engineOf(dataDir));
  const { staff } = engine.rooms;
  const chief: NewStaff = {
    id: 'kepala',
    name: 'Ibu Kepala',
    role: 'supervisor',
    pin: '771203',
    ...entitlement,
  };
  value(await staff.enrol(AT, chief, 'console'));
  const operator: NewStaff = {
    id: 'rina',
    name: 'Rina',
    role: 'operator',
    pin: PIN,
    ...entitlement,
    ...rina,
  };
  value(await staff.enrol(AT, operator, 'kepala'));
  return { engine, staff, dataDir };
}

describe('a login', () => {
  it('tells who it is, and no other PIN does', async () => {
    const { staff } = await office();
    expect(value(await staff.login(AT, { id: 'rina', pin: PIN }, rules))).toEqual({
      id: 'rina',
      name: 'Rina',
      role: 'operator',
      duress: false,
      fingers: [],
    });
    for (const attempt of [
      { id: 'rina', pin: '280618' },
      { id: 'nobody', pin: PIN },
      { id: PIN, pin: 'rina' },
    ]) {
      expect(codeOf(await staff.login(AT, attempt, rules))).toBe('STAFF-LOGIN-REFUSED');
    }
  });

  it('locks after the last wrong try, for a time or until a supervisor lifts it', async () => {
    const { staff } = await office();
    const wrong = () => staff.login(AT, { id: 'rina', pin: '111222' }, rules);
    const right = (at: string) => staff.login(at, { id: 'rina', pin: PIN }, rules);
    expect([await wrong(), await wrong(), await wrong()].map(codeOf)).toEqual([
      'STAFF-LOGIN-REFUSED',
      'STAFF-LOGIN-REFUSED',
      'STAFF-LOCKED',
    ]);
    expect(codeOf(await right(AT))).toBe('STAFF-LOCKED');
    expect(codeOf(await right(LATER))).toBe('ok');
    for (const _ of [1, 2, 3]) await wrong();
    expect(codeOf(await right(AT))).toBe('STAFF-LOCKED');
    value(staff.unlock(AT, 'rina', 'kepala'));
    expect(codeOf(await right(AT))).toBe('ok');
  });

  it('has no more tries when they all come at once', async () => {
    const { staff } = await office();
    const codes = await Promise.all(
      ['411222', '511222', '611222', '711222', PIN].map((pin) => staff.login(AT, { id: 'rina', pin }, rules)),
    );
    expect(codes.map(codeOf)).not.toContain('ok');
    expect(codeOf(await staff.login(AT, { id: 'rina', pin: PIN }, rules))).toBe('STAFF-LOCKED');
  });

  it('is refused by code once appointment or training has ended, the last day still counting', async () => {
    const { staff } = await office();
    const at = (day: string) => staff.login(`${day}T01:00:00.000Z`, { id: 'rina', pin: PIN }, rules);
    expect(codeOf(await at('2026-06-30'))).toBe('ok');
    expect(codeOf(await at('2026-07-01'))).toBe('STAFF-TRAINING-EXPIRED');
    expect(codeOf(await at('2027-01-01'))).toBe('STAFF-APPOINTMENT-EXPIRED');
    value(staff.renew(AT, 'rina', { ...entitlement, trainedUntil: '2027-06-30' }, 'kepala'));
    expect(codeOf(await at('2026-07-01'))).toBe('ok');
  });

  it('asks for the card where it is configured', async () => {
    const { staff } = await office({ cardUid: '04A1B2C3' });
    const withCard: LoginRules = { ...rules, secondFactor: 'card' };
    const login = (card: { cardUid?: string }) =>
      staff.login(AT, { id: 'rina', pin: PIN, ...card }, withCard);
    expect(codeOf(await login({ cardUid: '04A1B2C3' }))).toBe('ok');
    expect(codeOf(await login({}))).toBe('STAFF-CARD-REFUSED');
    expect(codeOf(await staff.login(AT, { id: 'kepala', pin: '771203' }, withCard))).toBe(
      'STAFF-FACTOR-MISSING',
    );
  });

  it('by finger is over when the finger matched, and a wrong one is a wrong try', async () => {
    const { staff } = await office({ fingers: [{ position: 2, template }] });
    const withFinger: LoginRules = { ...rules, secondFactor: 'finger' };
    const login = async () => staff.login(AT, { id: 'rina', pin: PIN }, withFinger);
    expect(codeOf(staff.confirmFinger(AT, 'rina', true, withFinger))).toBe('STAFF-LOGIN-REFUSED');
    expect(value(await login()).fingers).toEqual([{ staffId: 'rina', position: 2, template }]);
    value(staff.confirmFinger(AT, 'rina', true, withFinger));
    const codes: string[] = [];
    for (const _ of [1, 2, 3]) {
      value(await login());
      codes.push(codeOf(staff.confirmFinger(AT, 'rina', false, withFinger)));
    }
    expect(codes).toEqual(['STAFF-FINGER-REFUSED', 'STAFF-FINGER-REFUSED', 'STAFF-LOCKED']);
    // A finger is no way past the PIN.
    value(staff.unlock(AT, 'rina', 'kepala'));
    await staff.login(AT, { id: 'rina', pin: '111222' }, withFinger);
    expect(codeOf(staff.confirmFinger(AT, 'rina', true, withFinger))).toBe('STAFF-LOGIN-REFUSED');
    expect(value(staff.fingers(AT, ['rina', 'kepala']))).toHaveLength(1);
  });

  it('by the duress PIN works like any other and is told to audit and centre alone', async () => {
    const { engine, staff, dataDir } = await office({ duressPin: DURESS });
    const forced = value(await staff.login(AT, { id: 'rina', pin: DURESS }, rules));
    const free = value(await staff.login(AT, { id: 'rina', pin: PIN }, rules));
    expect(forced).toEqual({ ...free, duress: true });
    engine.close();
    const events = withDatabase(dataDir, (database) =>
      database.prepare<[], string>("SELECT event FROM audit WHERE by = 'rina'").pluck().all(),
    );
    expect(events).toEqual(['staff-duress', 'staff-logged-in', 'staff-logged-in']);
  });
});

describe('a PIN', () => {
  it('is changed by who knows it, and not to an easy one or to the other of the two', async () => {
    const { staff } = await office({ duressPin: DURESS });
    const change = (pin: string, newPin: string) =>
      staff.changePin(AT, { id: 'rina', pin, which: 'own', newPin }, rules);
    expect(codeOf(await change('111222', '640913'))).toBe('STAFF-LOGIN-REFUSED');
    expect(codeOf(await change(PIN, '123456'))).toBe('STAFF-PIN-WEAK');
    expect(codeOf(await change(PIN, DURESS))).toBe('STAFF-PIN-WEAK');
    expect(codeOf(await change(DURESS, '640913'))).toBe('STAFF-PIN-WEAK');
    value(await change(PIN, '640913'));
    expect(codeOf(await staff.login(AT, { id: 'rina', pin: PIN }, rules))).toBe('STAFF-LOGIN-REFUSED');
    expect(codeOf(await staff.login(AT, { id: 'rina', pin: '640913' }, rules))).toBe('ok');
    value(await staff.resetPin(AT, 'rina', PIN, 'kepala'));
    expect(codeOf(await staff.login(AT, { id: 'rina', pin: PIN }, rules))).toBe('ok');
  });

  it('that a supervisor gives is not the duress PIN, which nobody else can find out so', async () => {
    const { staff } = await office({ duressPin: DURESS });
    expect(codeOf(await staff.resetPin(AT, 'rina', DURESS, 'kepala'))).toBe('STAFF-PIN-WEAK');
    expect(codeOf(await staff.resetPin(AT, 'rina', DURESS, 'rina'))).toBe('STAFF-NOT-ALLOWED');
    value(await staff.resetPin(AT, 'rina', '640913', 'kepala'));
    expect(value(await staff.login(AT, { id: 'rina', pin: '640913' }, rules)).duress).toBe(false);
  });

  it('stands nowhere in the database', async () => {
    const { engine, staff, dataDir } = await office({ duressPin: DURESS });
    await staff.login(AT, { id: 'rina', pin: '531947' }, rules);
    await staff.login(AT, { id: '531947', pin: PIN }, rules);
    await staff.changePin(AT, { id: 'rina', pin: PIN, which: 'own', newPin: '640913' }, rules);
    engine.close();
    const rows = withDatabase(dataDir, (database) =>
      ['staff', 'audit'].flatMap((table) => database.prepare(`SELECT * FROM ${table}`).all()),
    );
    const text = JSON.stringify(rows);
    for (const pin of [PIN, DURESS, '531947', '640913', '771203']) expect(text).not.toContain(pin);
  });
});

describe('the list of staff', () => {
  it('is kept by supervisors; the console may only enrol one', async () => {
    const { staff } = await office();
    const member: NewStaff = { id: 'budi', name: 'Budi', role: 'technician', pin: PIN, ...entitlement };
    for (const by of ['rina', 'console', 'nobody', 'kiosk']) {
      expect(codeOf(await staff.enrol(AT, member, by))).toBe('STAFF-NOT-ALLOWED');
      expect(codeOf(staff.retire(AT, 'kepala', by))).toBe('STAFF-NOT-ALLOWED');
      expect(codeOf(await staff.resetPin(AT, 'kepala', '640913', by))).toBe('STAFF-NOT-ALLOWED');
    }
    expect(codeOf(await staff.enrol(AT, { ...member, pin: '000000' }, 'kepala'))).toBe('STAFF-PIN-WEAK');
    expect(codeOf(await staff.enrol(AT, { ...member, duressPin: PIN }, 'kepala'))).toBe('STAFF-PIN-WEAK');
    expect(codeOf(await staff.enrol(AT, { ...member, id: 'rina' }, 'kepala'))).toBe('STAFF-EXISTS');
    expect(codeOf(await staff.enrol(AT, { ...member, id: '12345678' }, 'kepala'))).toBe(
      'STORE-ENTRY-REFUSED',
    );
    value(await staff.enrol(AT, { ...member, role: 'supervisor' }, 'console'));
    expect(value(staff.list(AT)).map(({ id }) => id)).toEqual(['budi', 'kepala', 'rina']);
  });

  it('keeps the name of who left, and nothing they could log in with', async () => {
    const { staff } = await office({ cardUid: '04A1B2C3', fingers: [{ position: 2, template }] });
    value(staff.retire(AT, 'rina', 'kepala'));
    expect(codeOf(await staff.login(AT, { id: 'rina', pin: PIN }, rules))).toBe('STAFF-LOGIN-REFUSED');
    expect(codeOf(staff.unlock(AT, 'rina', 'kepala'))).toBe('STAFF-UNKNOWN');
    expect(value(staff.list(AT)).find(({ id }) => id === 'rina')).toMatchObject({
      name: 'Rina',
      retired: true,
      factors: [],
      hasDuressPin: false,
    });
    expect(value(staff.fingers(AT, ['rina']))).toEqual([]);
  });
});

it('staff log in over the message port, too', async () => {
  const store = await opened(temporaryFolder());
  const chief: NewStaff = { id: 'kepala', name: 'Ibu Kepala', role: 'supervisor', pin: PIN, ...entitlement };
  value(await store.staff.enrol(chief, 'console'));
  expect(value(await store.staff.login({ id: 'kepala', pin: PIN }, rules)).role).toBe('supervisor');
});
