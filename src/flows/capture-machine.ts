/**
 * One capture: what is asked of one device at once, tried until all of it is good enough, at most as often as the policy
 * says. It ends with what is good, which the capture room holds under its ids; the session stores it or throws it away.
 */
import { assign, fromPromise, type SnapshotFrom, setup } from 'xstate';
import type { FailureCode } from '../failures/catalogue.ts';
import type { Failure, Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { PhotoBackground } from '../rules/photo-background.ts';
import type { Eye } from '../rules/recording.ts';
import type { SampleKind } from '../store/samples.ts';
import { failureIn, succeeded, valueIn } from './outcome.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import type { CaptureStage, CaptureTarget } from './session-status.ts';

/** What is asked of a device. */
export interface CaptureAsk {
  readonly kind: SampleKind;
  readonly target: CaptureTarget;
  readonly fingers: readonly FingerPosition[];
  readonly eyes: readonly Eye[];
  readonly background: PhotoBackground | null;
}

/** A sample that is held until it is stored or thrown away. */
export interface HeldSample {
  readonly sample: string;
  readonly position: FingerPosition | null;
  readonly eye: Eye | null;
  /** 0–100. */
  readonly quality: number;
  /** As good as the policy asks. */
  readonly good: boolean;
}

export interface Taken {
  readonly samples: readonly HeldSample[];
  /** What to do better, the most important first. */
  readonly reasons: readonly FailureCode[];
  /** Captures made, and those of them that are thrown away already. */
  readonly captures: number;
  readonly discarded: number;
}

/** What a device saw, for the screen. */
export type CaptureNews =
  /** Pictures of it can be watched under this id. */
  | { readonly type: 'begun'; readonly preview: string }
  | { readonly type: 'seen'; readonly quality: number | null; readonly reason: FailureCode | null }
  /** This is wanted now, of what was asked for. */
  | { readonly type: 'wanted'; readonly fingers: readonly FingerPosition[]; readonly eyes: readonly Eye[] };

/** What the flows need of devices and capture room (captures.ts). */
export interface Captures {
  /** null: no device of the kind is configured. `several`: it takes all fingers of a slap, or both eyes, at once, not one after the other. */
  device(kind: SampleKind): { readonly id: string; readonly several: boolean } | null;
  /** One round: the best of what the device gives. Aborting `signal` lets go of the device at once and holds nothing. */
  take(ask: CaptureAsk, news: (news: CaptureNews) => void, signal: AbortSignal): Promise<Result<Taken>>;
  /** Ends the round at hand with the best so far. */
  enough(): void;
  /** Whether the device answers again. */
  check(kind: SampleKind, signal: AbortSignal): Promise<Result>;
  /** Erases held samples; `clear` all of them. */
  drop(samples: readonly string[]): void;
  clear(): void;
}

export interface CaptureInput {
  readonly ask: CaptureAsk;
  /** Begins at once: the person is at it already. */
  readonly begun: boolean;
  readonly patient: boolean;
  /** Nothing else is left to do: a lost device is waited for. Else the capture ends, and others go first. */
  readonly waitForDevice: boolean;
  /** Why this is asked again. */
  readonly failure: Failure | null;
}

interface Context extends CaptureInput {
  readonly device: string | null;
  readonly held: readonly HeldSample[];
  readonly wanted: Pick<CaptureAsk, 'fingers' | 'eyes'>;
  readonly preview: string | null;
  readonly asked: number;
  readonly rounds: number;
  readonly captures: number;
  readonly discarded: number;
  readonly quality: number | null;
  readonly reasons: readonly FailureCode[];
  readonly lost: boolean;
}

export interface CaptureDone {
  readonly ask: CaptureAsk;
  readonly held: readonly HeldSample[];
  readonly captures: number;
  readonly discarded: number;
  readonly lost: boolean;
  readonly patient: boolean;
}

export type CaptureCommand =
  | { readonly type: 'start-capture' }
  | { readonly type: 'finish-signature' }
  | { readonly type: 'clear-signature' }
  | { readonly type: 'be-patient' }
  /** Ends with what is good so far. */
  | { readonly type: 'conclude' };
type Event = CaptureCommand | { readonly type: 'news'; readonly news: CaptureNews };

export interface CaptureParts {
  readonly captures: Captures;
  readonly policy: RecordingPolicy;
}

export function createCapture({ captures, policy }: CaptureParts) {
  return setup({
    types: {
      context: {} as Context,
      input: {} as CaptureInput,
      output: {} as CaptureDone,
      events: {} as Event,
    },
    delays: {
      patience: ({ context }) =>
        ruleOf(context.ask, policy).patience *
        (context.patient ? policy.capture.patientFactor : 1) *
        (captures.device(context.ask.kind)?.several ? 1 : openSubjects(context).length) *
        1000,
      /** Long enough to read what was wrong. */
      breath: 2000,
      recheck: 1000,
    },
    actors: {
      take: fromPromise<Result<Taken>, { ask: CaptureAsk; news: (news: CaptureNews) => void }>(
        ({ input, signal }) => captures.take(input.ask, input.news, signal),
      ),
      check: fromPromise<Result, SampleKind>(({ input, signal }) => captures.check(input, signal)),
    },
    guards: {
      succeeded,
      begun: ({ context }) => context.begun,
      noDevice: ({ context }) => context.device === null,
      deviceLost: ({ event }) => !succeeded({ event }) && isOfDevice(failureIn(event)),
      roundsLeft: ({ context }) => context.rounds < ruleOf(context.ask, policy).rounds,
      complete: ({ context }) => openSubjects(context).length === 0,
      waitForDevice: ({ context }) => context.waitForDevice,
      signs: ({ context }) => context.ask.kind === 'signature',
      sees: (_, news: CaptureNews) => news.type === 'seen',
    },
    actions: {
      keepTaken: assign(({ context, event }) => {
        const { samples, reasons, captures: made, discarded } = valueIn<Taken>(event);
        const good = samples.filter((one) => one.good);
        const poor = samples.filter((one) => !one.good);
        captures.drop(poor.map(({ sample }) => sample));
        return {
          held: [...context.held, ...good],
          rounds: context.rounds + 1,
          captures: context.captures + made,
          discarded: context.discarded + discarded + poor.length,
          quality: samples.length > 0 ? Math.min(...samples.map(({ quality }) => quality)) : null,
          reasons,
          failure: null,
        };
      }),
      countRound: assign({
        rounds: ({ context }) => context.rounds + 1,
        failure: ({ event }) => failureIn(event),
      }),
      show: assign(({ context }, news: CaptureNews) => {
        switch (news.type) {
          case 'begun':
            return { preview: news.preview };
          case 'wanted':
            return { wanted: { fingers: news.fingers, eyes: news.eyes }, asked: context.asked + 1 };
          case 'seen':
            return { quality: news.quality, reasons: news.reason === null ? [] : [news.reason] };
        }
      }),
      lose: assign({ lost: true, failure: ({ event }) => failureIn(event) }),
      find: assign({ lost: false, failure: null }),
      bePatient: assign({ patient: true, rounds: 0 }),
      ask: assign(({ context }) => ({
        wanted: openOf(context),
        asked: 0,
        quality: null,
        reasons: [],
        failure: null,
      })),
      enough: () => captures.enough(),
    },
  }).createMachine({
    id: 'capture',
    context: ({ input }) => ({
      ...input,
      device: captures.device(input.ask.kind)?.id ?? null,
      held: [],
      wanted: input.ask,
      preview: null,
      asked: 0,
      rounds: 0,
      captures: 0,
      discarded: 0,
      quality: null,
      reasons: [],
      lost: false,
    }),
    initial: 'choosing',
    on: { conclude: '.done' },
    states: {
      choosing: {
        always: [
          { guard: 'noDevice', target: 'withoutDevice' },
          { guard: 'begun', target: 'taking' },
          { target: 'ready' },
        ],
      },
      ready: {
        on: { 'start-capture': 'taking', 'be-patient': { target: 'taking', actions: 'bePatient' } },
      },
      taking: {
        entry: 'ask',
        invoke: {
          src: 'take',
          input: ({ context, self }) => ({
            ask: { ...context.ask, ...openOf(context) },
            news: (news: CaptureNews) => self.send({ type: 'news', news }),
          }),
          onDone: [
            { guard: 'succeeded', target: 'judging', actions: 'keepTaken' },
            { guard: 'deviceLost', target: 'losing', actions: 'lose' },
            { target: 'missed', actions: 'countRound' },
          ],
        },
        // The round ends by itself, with the best so far or with nothing.
        after: { patience: { actions: 'enough' } },
        initial: 'waiting',
        states: {
          waiting: {
            always: { guard: 'signs', target: 'writing' },
            on: {
              news: [
                {
                  guard: { type: 'sees', params: ({ event }) => event.news },
                  target: 'placing',
                  actions: { type: 'show', params: ({ event }) => event.news },
                },
                { actions: { type: 'show', params: ({ event }) => event.news } },
              ],
            },
          },
          placing: { on: { news: { actions: { type: 'show', params: ({ event }) => event.news } } } },
          writing: {
            on: {
              news: { actions: { type: 'show', params: ({ event }) => event.news } },
              'finish-signature': { actions: 'enough' },
              'clear-signature': { target: '#capture.taking', reenter: true },
            },
          },
        },
        on: { 'be-patient': { actions: 'bePatient' } },
      },
      judging: { always: [{ guard: 'complete', target: 'done' }, { target: 'missed' }] },
      missed: { always: [{ guard: 'roundsLeft', target: 'again' }, { target: 'stuck' }] },
      again: {
        on: { 'start-capture': 'taking', 'be-patient': { target: 'taking', actions: 'bePatient' } },
        after: { breath: 'taking' },
      },
      stuck: { on: { 'be-patient': { target: 'taking', actions: 'bePatient' } } },
      losing: { always: [{ guard: 'waitForDevice', target: 'lost' }, { target: 'done' }] },
      lost: {
        initial: 'checking',
        states: {
          checking: {
            invoke: {
              src: 'check',
              input: ({ context }) => context.ask.kind,
              onDone: [
                { guard: 'succeeded', target: '#capture.taking', actions: 'find' },
                { target: 'pausing' },
              ],
            },
          },
          pausing: { after: { recheck: 'checking' } },
        },
      },
      /** Only an exception helps, or another kiosk. */
      withoutDevice: {},
      done: { type: 'final' },
    },
    output: ({ context: { ask, held, captures: made, discarded, lost, patient } }) => ({
      ask,
      held,
      captures: made,
      discarded,
      lost,
      patient,
    }),
  });
}

const RULE_OF = {
  photo: 'photo',
  signature: 'signature',
  finger: 'finger',
  iris: 'iris',
  document: 'document',
  'exception-photo': 'document',
} as const satisfies Record<SampleKind, keyof RecordingPolicy['capture']>;

const ruleOf = ({ kind }: CaptureAsk, { capture }: RecordingPolicy) => capture[RULE_OF[kind]];

/** What these devices say of what lies before them, not of themselves. */
const SEEN: ReadonlySet<FailureCode> = new Set([
  'SENSOR-GLASS-COVERED',
  'SENSOR-SCAN-FAILED',
  'CAMERA-DARK',
  'CAMERA-BLINDED',
  'CAMERA-UNSHARP',
  'SBI-NOTHING-SEEN',
  'SBI-EXTRACTION-FAILED',
]);

/** The device, not the person: nothing is gained by trying at once again. */
function isOfDevice({ code }: Failure): boolean {
  return /^(SENSOR|CAMERA|PAD|SBI|HTTP|SERIAL|DEVICE)-/.test(code) && !SEEN.has(code);
}

/** The subjects of the ask that nothing good is held of; a photo or a signature is one without a name. */
function openSubjects({
  ask,
  held,
}: Pick<Context, 'ask' | 'held'>): readonly Pick<HeldSample, 'position' | 'eye'>[] {
  const subjects = [
    ...ask.fingers.map((position) => ({ position, eye: null })),
    ...ask.eyes.map((eye) => ({ position: null, eye })),
  ];
  return (subjects.length > 0 ? subjects : [{ position: null, eye: null }]).filter(
    ({ position, eye }) => !held.some((one) => one.position === position && one.eye === eye),
  );
}

/** Fingers and eyes of which something good is held already are not asked for again. */
function openOf(context: Pick<Context, 'ask' | 'held'>): Pick<CaptureAsk, 'fingers' | 'eyes'> {
  const open = openSubjects(context);
  return {
    fingers: open.map(({ position }) => position).filter((position) => position !== null),
    eyes: open.map(({ eye }) => eye).filter((eye) => eye !== null),
  };
}

type Snapshot = SnapshotFrom<ReturnType<typeof createCapture>>;

/** The part of the public status that the capture knows; the session adds what is kept of the step already. */
export function captureStage(snapshot: Snapshot, policy: RecordingPolicy): CaptureStage {
  const { ask, device, held, wanted, preview, asked, rounds, quality, reasons, patient, failure } =
    snapshot.context;
  return {
    at: 'capture',
    step: ask.target,
    kind: ask.kind,
    device,
    preview: snapshot.matches('taking') ? preview : null,
    phase: phaseOf(snapshot),
    fingers: wanted.fingers,
    eyes: wanted.eyes,
    asked,
    subjects: held.map(({ position, eye, ...one }) => ({
      position,
      eye,
      state: 'kept',
      quality: one.quality,
      sample: one.sample,
    })),
    tries: rounds,
    triesLeft: Math.max(0, ruleOf(ask, policy).rounds - rounds),
    quality,
    reasons,
    patient,
    background: ask.background,
    failure,
  };
}

function phaseOf(snapshot: Snapshot): CaptureStage['phase'] {
  if (snapshot.matches('ready') || snapshot.matches('choosing')) return 'ready';
  if (snapshot.matches({ taking: 'placing' })) return 'placing';
  if (snapshot.matches({ taking: 'writing' })) return 'writing';
  if (snapshot.matches('taking')) return 'waiting';
  if (snapshot.matches('again')) return 'try-again';
  if (snapshot.matches('stuck') || snapshot.matches('missed')) return 'stuck';
  if (snapshot.matches('lost') || snapshot.matches('losing') || snapshot.matches('withoutDevice'))
    return 'device-lost';
  return 'judging';
}
