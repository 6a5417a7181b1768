/** A station that shows what the test says and notes what it is asked: the input of the resident's screen. */
import { ok, type Result } from '../../src/failures/failure.ts';
import type { SessionWish } from '../../src/flows/session-events.ts';
import type { SessionStatus, Stage } from '../../src/flows/session-status.ts';
import type { Station } from '../../src/flows/station.ts';
import type { StationActor } from '../../src/flows/station-rights.ts';
import type { StationStatus } from '../../src/flows/station-status.ts';

export const open: StationStatus = {
  kiosk: {
    state: 'open',
    hours: { from: '07:30', to: '17:00' },
    openedBy: null,
    pauseReason: null,
    faults: [],
  },
  queue: { called: 12, serving: 12, waiting: [], minutesEach: 4 },
  session: null,
  staff: [],
  approvals: [],
  closing: null,
  alarms: [],
};

export const session: SessionStatus = {
  sessionId: '0e1f2a3b-0000-4000-8000-000000000001',
  channel: 'self-service',
  training: false,
  language: 'id',
  reason: 'new',
  nik: '1607125204880001',
  name: 'SRI "ENDAH" WAHYUNI',
  onRoster: true,
  progress: [
    { step: 'identity', state: 'done' },
    { step: 'biodata', state: 'done' },
    { step: 'photo', state: 'done' },
    { step: 'signature', state: 'done' },
    { step: 'right-four', state: 'now' },
    { step: 'left-four', state: 'to-do' },
    { step: 'thumbs', state: 'to-do' },
    { step: 'irises', state: 'to-do' },
    { step: 'chip-fingers', state: 'to-do' },
    { step: 'review', state: 'to-do' },
    { step: 'gate', state: 'to-do' },
    { step: 'sealed', state: 'to-do' },
  ],
  stage: { at: 'choosing' },
  exceptions: [],
  officerCalled: false,
  operator: null,
  idleWarning: null,
  kept: [],
  captures: 0,
  discarded: 0,
  notes: [],
};

export function at(stage: Stage, more: Partial<SessionStatus> = {}): StationStatus {
  return { ...open, session: { ...session, stage, ...more } };
}

export interface ScriptedStation extends Pick<Station, 'status' | 'subscribe' | 'send' | 'staffChanged'> {
  readonly asked: { readonly actor: StationActor; readonly wish: SessionWish }[];
  readonly onDuty: string[];
  show(status: StationStatus): void;
}

export function scriptStation(): ScriptedStation {
  const listeners = new Set<(status: StationStatus) => void>();
  const asked: ScriptedStation['asked'] = [];
  const onDuty: string[] = [];
  let status = open;
  return {
    asked,
    onDuty,
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(actor, wish): Result {
      asked.push({ actor, wish });
      return ok();
    },
    staffChanged(staff) {
      onDuty.splice(0, Infinity, ...staff.map(({ id }) => id));
    },
    show(next) {
      status = next;
      for (const listener of listeners) listener(next);
    },
  };
}
