/** What the drivers of all signature pads share: the port around a talker, and how lines fail. */
import { type Failure, fail, type Result } from '../../failures/failure.ts';
import { createListener, type Talker } from '../transport/listening.ts';
import type { PadTraits, PenSample, SignaturePad } from './port.ts';

export interface PadTalker extends Talker<PenSample> {
  readonly traits: PadTraits;
}

export function createPad(id: string, open: () => Promise<Result<PadTalker>>): SignaturePad {
  let traits: PadTraits | undefined;
  const listener = createListener<PenSample>(
    async () => {
      const opened = await open();
      if (opened.ok) traits = opened.value.traits;
      return opened;
    },
    { lost: 'PAD-LOST', busy: 'PAD-BUSY' },
  );
  return {
    id,
    get traits() {
      return traits;
    },
    acquire: listener.listen,
    check: listener.check,
    heartbeat: listener.heartbeat,
    close: listener.close,
  };
}

/** Why a line did not open, in the words of a pad. */
export function padRefused({ code, detail }: Failure): Result<never> {
  return fail(code === 'SERIAL-ABSENT' || code === 'INPUT-ABSENT' ? 'PAD-ABSENT' : code, detail);
}

/** A line that ended under way. */
export function padLost({ code, detail }: Failure): Result<never> {
  return fail('PAD-LOST', `${code} ${detail ?? ''}`.trimEnd());
}
