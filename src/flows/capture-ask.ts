/** From what is to be captured next to what a device is asked for. */
import { type PhotoBackground, photoBackground } from '../rules/photo-background.ts';
import { CAPTURE_STEPS, type CaptureStep } from '../rules/recording.ts';
import type { CaptureAsk, CaptureInput, Captures } from './capture-machine.ts';
import { type CaptureWork, printForSignature, type Step } from './next-step.ts';
import type { Errand, SessionContext } from './session-context.ts';
import { birthDateOf, isExcepted, type SessionView, viewOf } from './session-view.ts';

const NONE = { fingers: [], eyes: [], background: null } as const;

export function askForStep({ step, fingers, eyes }: CaptureWork, view: SessionView): CaptureAsk {
  switch (step) {
    case 'photo':
      return { ...NONE, kind: 'photo', target: step, background: backgroundFor(view) };
    case 'signature':
      return { ...NONE, kind: fingers.length > 0 ? 'finger' : 'signature', target: step, fingers };
    case 'irises':
      return { ...NONE, kind: 'iris', target: step, eyes };
    default:
      return { ...NONE, kind: 'finger', target: step, fingers };
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
export function captureInput(context: SessionContext, step: Step): CaptureInput {
  const { errand, capture: before, failure, taken, facts, lost } = context;
  const view = viewOf(facts);
  if (!errand && step.do !== 'capture') throw new Error(`nothing is to be captured at ${step.do}`);
  const ask = errand ? askForErrand(errand, view) : askForStep(step as CaptureWork & Step, view);
  const again = before?.step === ask.target;
  return {
    ask,
    // What a guard refused or a power cut took is asked for with words; the rest of a step without.
    begun: again && failure === null,
    patient: again && taken?.patient === true,
    waitForDevice: errand !== null || (step.do === 'capture' && lost.includes(step.step)),
    failure,
  };
}
