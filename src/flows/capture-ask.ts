/** From what is to be captured next to what one device is asked for: one finger, or as many as it takes at once. */
import { type FingerPosition, LEFT_FOUR, RIGHT_FOUR, THUMBS } from '../rules/finger-position.ts';
import { type PhotoBackground, photoBackground } from '../rules/photo-background.ts';
import { CAPTURE_STEPS, type CaptureStep } from '../rules/recording.ts';
import type { CaptureAsk, CaptureInput, Captures } from './capture-machine.ts';
import { type CaptureWork, printForSignature, type Step } from './next-step.ts';
import type { Errand, SessionContext } from './session-context.ts';
import { birthDateOf, isExcepted, type SessionView, viewOf } from './session-view.ts';

const NONE = { fingers: [], lacking: [], eyes: [], background: null } as const;

export function askForStep(work: CaptureWork, view: SessionView, device: Captures['device']): CaptureAsk {
  switch (work.step) {
    case 'photo':
      return { ...NONE, kind: 'photo', target: 'photo', background: backgroundFor(view) };
    case 'signature':
      return {
        ...NONE,
        kind: work.fingers.length > 0 ? 'finger' : 'signature',
        target: 'signature',
        fingers: work.fingers,
      };
    case 'irises':
      return { ...NONE, kind: 'iris', target: 'irises', eyes: atOnce(work.eyes, device('iris')) };
    default: {
      const fingers = atOnce(slapOf(work.fingers), device('finger'));
      const lacking = slapWith(fingers[0]).filter((position) =>
        isExcepted(view, { kind: 'finger', position }),
      );
      return { ...NONE, kind: 'finger', target: work.step, fingers, lacking };
    }
  }
}

/** An errand always is one picture or one signature, or the print that stands in for it. */
export function askForErrand(errand: Errand, view: SessionView): CaptureAsk {
  switch (errand.for) {
    case 'exception':
      return { ...NONE, kind: 'exception-photo', target: 'exception-photo' };
    case 'guardian':
      return { ...NONE, kind: 'signature', target: 'guardian' };
    case 'identity':
      return errand.means === 'witness'
        ? { ...NONE, kind: 'signature', target: 'witness' }
        : { ...NONE, kind: 'document', target: errand.means };
    case 'review': {
      const print = isExcepted(view, { kind: 'signature' }) ? printForSignature(view) : null;
      // Without a finger somebody else signs for the resident, who has a guardian or a witness then.
      return print === null
        ? { ...NONE, kind: 'signature', target: 'review' }
        : { ...NONE, kind: 'finger', target: 'review', fingers: [print] };
    }
  }
}

/** A device that takes one a time is asked for the first. */
function atOnce<T>(all: readonly T[], device: { readonly several: boolean } | null): readonly T[] {
  return device?.several ? all : all.slice(0, 1);
}

/** The chip's two fingers belong to two hands, which no glass takes at once but for two thumbs. */
function slapOf(fingers: readonly FingerPosition[]): readonly FingerPosition[] {
  const slap = slapWith(fingers[0]);
  return fingers.filter((position) => slap.includes(position));
}

function slapWith(finger: FingerPosition | undefined): readonly FingerPosition[] {
  if (finger === undefined) return [];
  return [RIGHT_FOUR, LEFT_FOUR, THUMBS].find((slap) => slap.includes(finger)) ?? [];
}

/** Red for odd, blue for even years of birth, orange for foreigners; null: waived. */
function backgroundFor(view: SessionView): PhotoBackground | null {
  const born = birthDateOf(view);
  if (!born || isExcepted(view, { kind: 'photo-background' })) return null;
  const { kewarganegaraan = 'WNI' } = view.biodata ?? {};
  return photoBackground(Number(born.slice(0, 4)), kewarganegaraan !== 'WNI');
}

/** Captures that no device of this station can make: they come last, and wait for one. */
export function stepsWithoutDevice(device: Captures['device']): readonly CaptureStep[] {
  const kinds = { photo: 'photo', signature: 'signature', irises: 'iris' } as const;
  return CAPTURE_STEPS.filter(
    (step) => device(step in kinds ? kinds[step as keyof typeof kinds] : 'finger') === null,
  );
}

/** What the machine asks for next: the errand, else the step of the order of work. */
export function captureInput(context: SessionContext, step: Step, device: Captures['device']): CaptureInput {
  const { errand, capture: before, failure, taken, facts, lost } = context;
  const view = viewOf(facts);
  if (!errand && step.do !== 'capture') throw new Error(`nothing is to be captured at ${step.do}`);
  const ask = errand ? askForErrand(errand, view) : askForStep(step as CaptureWork & Step, view, device);
  const again = before?.step === ask.target;
  return {
    ask,
    // Somebody who has laid down one finger needs no other invitation for the next.
    begun: again && failure === null,
    patient: again && taken?.patient === true,
    waitForDevice: errand !== null || (step.do === 'capture' && lost.includes(step.step)),
    failure,
  };
}
