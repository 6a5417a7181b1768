/** What a virtual person would do at what the screen shows; null: there is nothing to do at a device. */
import type { Deed } from '../../contract/bench.ts';
import type { CaptureView, StageView } from '../../contract/resident-view.ts';

/** Changes when something is asked for anew, also when it is the same once more. */
export function askedAnew(stage: StageView): string {
  if (stage.at !== 'capture') return stage.at;
  const { step, phase, fingers, eyes, asked, tries } = stage;
  return JSON.stringify([step, phase === 'placing' ? 'waiting' : phase, fingers, eyes, asked, tries]);
}

export function askedOf(stage: StageView): Deed | null {
  switch (stage.at) {
    case 'identification':
      return stage.step === 'asking' ? { does: 'invitation' } : null;
    case 'capture':
      return askedBy(stage);
    case 'card-check': {
      const { verification } = stage;
      return verification?.step === 'awaiting-finger' && verification.fingers[0]
        ? { does: 'fingers', fingers: [verification.fingers[0]] }
        : null;
    }
    default:
      return null;
  }
}

function askedBy({ kind, fingers, eyes, background }: CaptureView): Deed | null {
  switch (kind) {
    case 'photo':
    case 'exception-photo':
    // Paper, too, is held before the photo camera; any picture will do.
    case 'document':
      return { does: 'face', background: background ?? 'white' };
    case 'signature':
      return { does: 'sign' };
    case 'finger':
      return fingers.length > 0 ? { does: 'fingers', fingers } : null;
    case 'iris':
      return eyes.length > 0 ? { does: 'eyes', eyes } : null;
  }
}
