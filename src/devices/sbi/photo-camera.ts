/** A certified face camera behind an SBI service. */
import { ok } from '../../failures/failure.ts';
import type { PhotoCamera, PhotoRequest } from '../photo-camera/port.ts';
import type { WireTrace } from '../transport/trace.ts';
import { SbiClient } from './client.ts';
import type { Asked } from './documents.ts';
import type { SbiPhotoSettings } from './settings.ts';

const FACE = 0;

/**
 * The picture that goes with an exception is asked for as the specification wants it: a face with exceptions. Which
 * ones matters to nobody but the device, which then checks less; so both thumbs are named.
 */
function ask({ subject }: PhotoRequest): Asked {
  const exceptions = subject === 'face' ? [] : ['Left Thumb', 'Right Thumb'];
  return { type: 'Face', deviceSubId: FACE, subTypes: [], exceptions };
}

/** Failures: SBI-… and HTTP-…. */
export function createSbiPhotoCamera(settings: SbiPhotoSettings, wire?: WireTrace): PhotoCamera {
  const client = new SbiClient(settings, 'Face', wire);
  return {
    id: settings.id,
    traits: { live: false },
    async *acquire(want, signal) {
      const captured = await client.capture(ask(want), signal);
      if (!captured) return ok();
      if (!captured.ok) return captured;
      for (const { record, proof } of captured.value) yield { record, proof };
      return ok();
    },
    preview: (_want, signal) => client.preview(FACE, signal),
    check: (signal) => client.check(FACE, signal),
    heartbeat: (signal) => client.heartbeat(signal),
    close: () => client.close(),
  };
}
