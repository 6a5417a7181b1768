/**
 * The staff's screen. Its key opens the login and nothing else; who signs in sees and may ask what their role may, and
 * is signed out when nobody has asked for anything for a while. Rights are looked at with every wish.
 */
import { randomBytes } from 'node:crypto';
import type { Supervisor } from '../../devices/supervision/supervisor.ts';
import { fail, ok, type Result } from '../../failures/failure.ts';
import { type DaySources, dayReport } from '../../flows/day-report.ts';
import type { RecordingPolicy } from '../../flows/recording-policy.ts';
import type { SessionWish } from '../../flows/session-events.ts';
import type { AskedFactor } from '../../flows/staff-factors.ts';
import type { SignIn } from '../../flows/staff-sign-in.ts';
import type { Station } from '../../flows/station.ts';
import { offered } from '../../flows/station-rights.ts';
import type { Store } from '../../store/store.ts';
import { type Intent, stationIntent } from '../contract/intent.ts';
import { type ScreenIntent, screenIntent } from '../contract/staff-intent.ts';
import type { StaffView } from '../contract/staff-view.ts';
import { isKey } from './access.ts';
import type { Door, Picture, Visit } from './door.ts';
import { type Bench, performOnBench } from './perform-on-bench.ts';
import { nobodySignedIn, projectStaff } from './project-staff.ts';
import { askStaffList, membersView, type StaffListAct, type StaffListParts } from './staff-list.ts';

export interface StaffParts extends StaffListParts {
  readonly key: string;
  readonly station: Pick<Station, 'status' | 'subscribe' | 'send' | 'staffChanged'>;
  readonly policy: RecordingPolicy;
  readonly signIn: SignIn;
  readonly store: Pick<Store, 'staff' | 'roster'> & DaySources;
  readonly supervisor: Pick<Supervisor, 'health' | 'subscribe' | 'restart' | 'disable' | 'enable'>;
  /** A picture of the session at hand; undefined for any other id. */
  picture(id: string, by: string): Promise<Picture | undefined>;
  preview(show: (picture: Uint8Array) => void): () => void;
  readonly bench: Bench | undefined;
}

type Me = NonNullable<StaffView['me']>;
/** `since`: ISO 8601. */
type SignedIn = Me & { readonly since: string };

/** Who may see pictures of the session at hand. */
const LOOKING: readonly Me['role'][] = ['operator', 'supervisor'];

/** Without a wish for so long whoever is signed in is signed out: a screen that was left belongs to nobody. */
const IDLE_LOCK_MS = 5 * 60_000;

const STAFF_LIST = [
  'show-staff',
  'enrol-staff',
  'renew-staff',
  'unlock-staff',
  'retire-staff',
  'reset-pin',
] as const satisfies readonly ScreenIntent['type'][];
/** Which role asks the screen itself for what. */
const SCREEN_RIGHTS: Readonly<Record<Me['role'], readonly ScreenIntent['type'][]>> = {
  operator: ['look-up', 'restart-device', 'change-pin'],
  desk: ['change-pin'],
  supervisor: ['look-up', 'report', 'change-pin', ...STAFF_LIST],
  technician: ['restart-device', 'disable-device', 'enable-device', 'change-pin'],
};

export function createStaffDoor(parts: StaffParts): Door {
  const { key, station, supervisor, bench } = parts;
  const signedIn = new Map<Visit, SignedIn>();

  /** Tells the station who is on duty: the guards compare their fingers, fatigue is theirs. */
  const tellStation = () =>
    station.staffChanged([...signedIn.values()].map(({ id, role, since }) => ({ id, role, since })));

  return {
    screen: 'staff',
    key,
    enter: (changed) => visit(parts, changed, signedIn, tellStation),
    subscribe(listener) {
      const endings = [
        station.subscribe(listener),
        supervisor.subscribe(listener),
        bench?.subscribe(listener),
      ];
      return () => {
        for (const end of endings) end?.();
      };
    },
    gallery(token) {
      const looking = [...signedIn.values()].find(({ ticket }) => isKey(token, ticket));
      if (!looking) return undefined;
      const { id: by, role } = looking;
      return async (id) => (LOOKING.includes(role) ? parts.picture(id, by) : undefined);
    },
  };
}

function visit(
  parts: StaffParts,
  changed: () => void,
  signedIn: Map<Visit, SignedIn>,
  tellStation: () => void,
): Visit {
  const { station, policy, store, supervisor, bench } = parts;
  let found: StaffView['found'] = null;
  let report: StaffView['report'] = null;
  let members: StaffView['members'] = null;
  let lock: NodeJS.Timeout | undefined;
  let awaited: AskedFactor | null = null;
  /** What is waited for beside a PIN, or of somebody new. */
  let waiting = new AbortController();

  function stayAwake(): void {
    clearTimeout(lock);
    lock = setTimeout(() => void signOut(), IDLE_LOCK_MS);
    lock.unref();
  }

  async function signIn(id: string, pin: string): Promise<Result> {
    const signal = beginWaiting();
    const entered = await parts.signIn({ id, pin }, asked, signal);
    if (signal.aborted) return entered.ok ? store.staff.logout(id) : entered;
    endWaiting();
    if (!entered.ok) return entered;
    const { name, role } = entered.value;
    const ticket = randomBytes(32).toString('base64url');
    signedIn.set(self, { id, name, role, ticket, since: new Date().toISOString() });
    stayAwake();
    tellStation();
    changed();
    return ok();
  }

  function asked(factor: AskedFactor): void {
    awaited = factor;
    changed();
  }

  function beginWaiting(): AbortSignal {
    waiting.abort();
    waiting = new AbortController();
    return waiting.signal;
  }

  /** Card or finger are not waited for any more. */
  function endWaiting(): Result {
    waiting.abort();
    awaited = null;
    changed();
    return ok();
  }

  async function showStaff(): Promise<Result> {
    const listed = await store.staff.list();
    if (!listed.ok) return listed;
    members = membersView(listed.value);
    changed();
    return ok();
  }

  /** What changed in the list is shown where it is seen. */
  async function actOnStaff(me: Me, wish: StaffListAct): Promise<Result> {
    const signal = beginWaiting();
    const done = await askStaffList(parts, me.id, wish, asked, signal);
    // Whoever asked for something else meanwhile waits for that.
    if (!signal.aborted) endWaiting();
    return done.ok && members ? showStaff() : done;
  }

  async function signOut(): Promise<Result> {
    clearTimeout(lock);
    const me = signedIn.get(self);
    signedIn.delete(self);
    endWaiting();
    found = null;
    report = null;
    members = null;
    tellStation();
    changed();
    return me ? store.staff.logout(me.id) : ok();
  }

  async function askScreen(me: Me, wish: ScreenIntent): Promise<Result> {
    if (wish.type === 'logout') return signOut();
    if (!SCREEN_RIGHTS[me.role].includes(wish.type))
      return fail('UI-NOT-ALLOWED', `${wish.type} as ${me.role}`);
    switch (wish.type) {
      case 'look-up': {
        const people = await store.roster.lookUp({ name: wish.name, birthDate: wish.birthDate }, me.id);
        if (!people.ok) return people;
        found = people.value.map(({ nik, name, birthDate, village }) => ({ nik, name, birthDate, village }));
        changed();
        return ok();
      }
      case 'report': {
        const made = await dayReport(store, wish.day);
        if (!made.ok) return made;
        report = made.value;
        changed();
        return ok();
      }
      case 'restart-device':
        return supervisor.restart(wish.device);
      case 'disable-device':
        return supervisor.disable(wish.device);
      case 'enable-device':
        return supervisor.enable(wish.device);
      case 'show-staff':
        return showStaff();
      case 'enrol-staff':
      case 'renew-staff':
      case 'unlock-staff':
      case 'retire-staff':
      case 'reset-pin':
      case 'change-pin':
        return actOnStaff(me, wish);
      case 'login':
        return fail('UI-NOT-ALLOWED', 'somebody is signed in');
    }
  }

  const self: Visit = {
    draw() {
      const me = signedIn.get(self);
      if (!me) return { ...nobodySignedIn(bench?.status() ?? null), awaited: factorView(awaited) };
      const status = station.status();
      const can = [...offered(me, status, policy), ...SCREEN_RIGHTS[me.role]];
      const { since: _, ...shown } = me;
      const devices = supervisor.health();
      return projectStaff(
        status,
        { me: shown, can, devices, found, report, members, awaited: factorView(awaited) },
        bench?.status() ?? null,
      );
    },
    preview: (show) =>
      parts.preview((picture) => {
        if (signedIn.get(self)?.role === 'operator') show(picture);
      }),
    async perform(intent: Intent) {
      if (intent.type === 'bench') return performOnBench(bench, intent.command);
      const me = signedIn.get(self);
      if (!me) {
        if (intent.type === 'login') return signIn(intent.id, intent.pin);
        if (intent.type === 'logout' && awaited) return endWaiting();
        return fail('UI-NOT-ALLOWED', `${intent.type} without a login`);
      }
      stayAwake();
      const ofScreen = screenIntent.safeParse(intent).data;
      if (ofScreen) return askScreen(me, ofScreen);
      const wish = stationIntent.safeParse(intent).data;
      if (!wish) return fail('UI-NOT-ALLOWED', `${intent.type} on the staff's screen`);
      return station.send(me, wish as SessionWish);
    },
    leave: () => void signOut(),
  };
  return self;
}

function factorView(awaited: AskedFactor | null): StaffView['awaited'] {
  return awaited?.factor === 'finger' ? { ...awaited, fingers: [...awaited.fingers] } : awaited;
}
