/** The demo's resident: recorded from the invitation to the sealed packet, on the virtual devices alone. */
import { setTimeout as delay } from 'node:timers/promises';
import type { OpenedStation } from './compose-station.ts';
import type { Failure, Result } from './failures/failure.ts';
import type { SessionWish } from './flows/session-events.ts';
import type { CaptureStage, SessionStatus, StationStatus } from './flows/session-status.ts';
import type { StationActor } from './flows/station-rights.ts';
import type { Invitation } from './store/roster.ts';
import type { Bench } from './virtual/client.ts';
import type { BenchCommand } from './virtual/commands.ts';

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
  const hand = async (command: BenchCommand) => void must(await bench.send(command));
  const show = (device: string, what: object) =>
    hand({ command: 'device', device, act: { show: { person: PERSON, ...what } } });
  const ask = (wish: SessionWish, actor = RESIDENT) => void must(station.send(actor, wish));
  const when = (condition: (session: SessionStatus) => boolean) =>
    until(station, ({ session }) => session !== null && condition(session));
  const at = (stage: SessionStatus['stage']['at']) => when((session) => session.stage.at === stage);
  /** Begins a capture and helps with each thing that it asks for, until the session goes on. */
  async function capture(target: CaptureStage['step'], help: (stage: CaptureStage) => Promise<void>) {
    await when(({ stage }) => stage.at === 'capture' && stage.step === target && stage.phase === 'ready');
    ask({ type: 'start-capture' });
    let helped = '';
    for (;;) {
      const { session } = await when(({ stage }) => !isAt(stage, target) || askedIn(stage) !== helped);
      const stage = session?.stage;
      if (!stage || !isAt(stage, target)) return;
      helped = askedIn(stage);
      if (stage.phase !== 'judging') await help(stage);
    }
  }
  const press = ({ fingers: [finger], step: target }: CaptureStage) =>
    hand({
      ...{ command: 'press', sensor: 'finger', finger: `${PERSON}-${finger}` },
      // The very same picture twice would be taken for a replay, as it should.
      impression: target === 'chip-fingers' ? 3 : 1,
    });
  const sign = async ({ preview, phase }: CaptureStage) => {
    if (phase !== 'writing' || preview === null) return;
    const written = strokesShown(captureRoom, preview);
    // A pad tells nothing of a pen before it hovers.
    for (let x = 1; written.shown() === 0 && x < 200; x++) {
      await hand({ command: 'device', device: 'pad', act: { hover: [x % 50, 1] } });
      await delay(10);
    }
    await hand({ command: 'device', device: 'pad', act: { sign: { seed: PERSON } } });
    await written.both;
    ask({ type: 'finish-signature' });
  };

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
  await step('recording: photo', async () => {
    await show('photo', { background: 'blue' });
    await capture('photo', async () => {});
  });
  await step('recording: signature', () => capture('signature', sign));
  await step('recording: right hand', () => capture('right-four', press));
  await step('recording: left hand', () => capture('left-four', press));
  await step('recording: thumbs', () => capture('thumbs', press));
  await step('recording: irises', () =>
    capture('irises', ({ eyes: [eye = 'right'] }) => show('iris', { eye })),
  );
  await step('recording: both index fingers again, the same ones', () => capture('chip-fingers', press));
  await step('recording: reviewed and signed by the resident', async () => {
    await at('review');
    ask({ type: 'approve' });
    await capture('review', sign);
  });
  await step('recording: identity gate: an operator sees person and family card', async () => {
    await at('identity-gate');
    ask({ type: 'check-identity', means: 'family-card' }, OPERATOR);
    await capture('family-card', async () => {});
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

/** What a person would act on: what is asked for, and how often it was not good enough. */
function askedIn(stage: SessionStatus['stage']): string {
  if (stage.at !== 'capture') return '';
  const { phase, asked, tries, preview } = stage;
  return JSON.stringify([phase === 'placing' ? 'waiting' : phase, asked, tries, preview]);
}

/** Resolves when name and flourish are on the screen. */
function strokesShown({ subscribePreview }: OpenedStation['captureRoom'], preview: string) {
  let shown = 0;
  const both = new Promise<void>((resolve) => {
    const unsubscribe = subscribePreview(preview, ({ bytes }) => {
      shown++;
      if (Buffer.from(bytes).toString().split('<polyline').length - 1 < 2) return;
      unsubscribe();
      resolve();
    });
  });
  return { both, shown: () => shown };
}

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
