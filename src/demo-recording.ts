/** The demo's resident: recorded from the invitation to the sealed packet, on the virtual devices alone. */
import type { OpenedStation } from './compose-station.ts';
import { askedIn, createPerson } from './demo-person.ts';
import type { Failure, Result } from './failures/failure.ts';
import type { SessionWish } from './flows/session-events.ts';
import type { CaptureStage, SessionStatus } from './flows/session-status.ts';
import type { StationActor } from './flows/station-rights.ts';
import type { StationStatus } from './flows/station-status.ts';
import type { Invitation } from './store/roster.ts';
import type { Bench } from './virtual/client.ts';

/** What a recording needs beside the finger sensor, as it would stand in the configuration. */
export const RECORDING_DEVICES = [
  {
    ...{ id: 'photo', kind: 'photo-camera', driver: 'v4l2', input: 'file', port: 'data/bench/tty/photo' },
    ...{ format: 'MJPG', width: 960, height: 540, framesPerSecond: 10, virtual: true },
  },
  {
    ...{ id: 'iris', kind: 'iris-camera', driver: 'v4l2', input: 'file', port: 'data/bench/tty/iris' },
    ...{ format: 'GREY', width: 640, height: 480, framesPerSecond: 10, virtual: true },
  },
  {
    ...{ id: 'pad', kind: 'signature-pad', driver: 'wacom-isdv4', port: 'data/bench/tty/pad' },
    ...{ baudRate: 19_200, virtual: true },
  },
] as const;

const PERSON = 'endah';
export const INVITATION: Invitation = {
  id: 'DEMO-0001',
  nik: '1607125204880001',
  name: 'SRI WAHYUNI',
  birthDate: '1988-04-12',
  village: 'TANJUNG LAGO',
  invitedOn: '2026-03-02',
  state: 'delivered',
  deliveredBy: null,
};
const RESIDENT: StationActor = { id: 'resident', role: 'resident' };
const OPERATOR: StationActor = { id: 'demo', role: 'operator' };
/** Longer than any moment takes on a slow machine. */
const PATIENCE_MS = 30_000;

type Steps = <T>(name: string, act: () => Promise<T>) => Promise<T>;

/** Throws where the recording does not come to its packet. */
export async function recordResident(
  { station, captureRoom }: OpenedStation,
  bench: Bench,
  step: Steps,
): Promise<void> {
  const person = createPerson(captureRoom, bench, PERSON);
  const ask = (wish: SessionWish, actor = RESIDENT) => void must(station.send(actor, wish));
  const when = (condition: (session: SessionStatus) => boolean) =>
    until(station, ({ session }) => session !== null && condition(session));
  const at = (stage: SessionStatus['stage']['at']) => when((session) => session.stage.at === stage);
  /** Begins a capture and helps with each thing that it asks for, until the session goes on. */
  async function capture(target: CaptureStage['step']) {
    await when(({ stage }) => isAt(stage, target) && stage.phase === 'ready');
    ask({ type: 'start-capture' });
    let helped = '';
    for (;;) {
      const { session } = await when(({ stage }) => !isAt(stage, target) || askedIn(stage) !== helped);
      const stage = session?.stage;
      if (!stage || !isAt(stage, target)) return;
      helped = askedIn(stage);
      if (stage.phase === 'judging') continue;
      await person.help(stage);
      if (stage.phase === 'writing') ask({ type: 'finish-signature' });
    }
  }

  await step('recording: begun by invitation, notice acknowledged, biodata confirmed', async () => {
    const { kiosk } = await until(station, ({ kiosk: { state } }) => state === 'open' || state === 'closed');
    // The demo runs at any hour; beyond the timetable an operator opens.
    if (kiosk.state === 'closed') ask({ type: 'open-kiosk' }, OPERATOR);
    ask({ type: 'begin', language: 'id' });
    await at('choosing');
    ask({ type: 'record', reason: 'new' });
    await at('identification');
    ask({ type: 'present-invitation', code: INVITATION.id });
    await at('notice');
    ask({ type: 'acknowledge-notice', version: 1 });
    const { session } = await when(({ stage }) => stage.at === 'biodata' && stage.sha256 !== null);
    if (session?.stage.at === 'biodata') ask({ type: 'confirm-biodata', sha256: session.stage.sha256 ?? '' });
  });
  await step('recording: photo', () => capture('photo'));
  await step('recording: signature', () => capture('signature'));
  await step('recording: right hand', () => capture('right-four'));
  await step('recording: left hand', () => capture('left-four'));
  await step('recording: thumbs', () => capture('thumbs'));
  await step('recording: irises', () => capture('irises'));
  await step('recording: both index fingers again, the same ones', () => capture('chip-fingers'));
  await step('recording: reviewed and signed by the resident', async () => {
    await at('review');
    ask({ type: 'approve' });
    await capture('review');
  });
  await step('recording: identity gate: an operator sees person and family card', async () => {
    await at('identity-gate');
    ask({ type: 'check-identity', means: 'family-card' }, OPERATOR);
    await capture('family-card');
    await at('identity-gate');
    ask({ type: 'scans-complete' }, OPERATOR);
  });
  await step('recording: every sample proved from disk, packet sealed, receipt', () => at('receipt'));
  ask({ type: 'close-receipt' });
  ask({ type: 'skip-survey' });
  ask({ type: 'leave' });
}

const isAt = (stage: SessionStatus['stage'], target: CaptureStage['step']): stage is CaptureStage =>
  stage.at === 'capture' && stage.step === target;

function until(
  station: OpenedStation['station'],
  condition: (status: StationStatus) => boolean,
): Promise<StationStatus> {
  return new Promise((resolve, reject) => {
    const look = (status: StationStatus) => {
      if (!condition(status)) return;
      clearTimeout(timer);
      unsubscribe();
      resolve(status);
    };
    const timer = setTimeout(() => {
      unsubscribe();
      reject(new RecordingFailure(`nothing happened; the session is at ${at(station.status())}`));
    }, PATIENCE_MS);
    const unsubscribe = station.subscribe(look);
    look(station.status());
  });
}

function at({ session, kiosk }: StationStatus): string {
  return JSON.stringify(session?.stage ?? kiosk);
}

export class RecordingFailure extends Error {}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, detail }: Failure = result.failure;
  throw new RecordingFailure(`${code}${detail ? ` (${detail})` : ''}`);
}
