/**
 * The capture room: runs captures and keeps what they leave until the step's transaction takes it. It is the only room
 * that holds images. Flows know a capture by its id, and hear small events; screens watch its previews.
 */
import { randomUUID } from 'node:crypto';
import type { Biometrics } from '../biometrics/pool.ts';
import type { FingerSensor } from '../devices/fingerprint/port.ts';
import type { IrisCamera } from '../devices/iris/port.ts';
import type { PhotoCamera } from '../devices/photo-camera/port.ts';
import type { SignaturePad } from '../devices/signature/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { PhotoBackground } from '../rules/photo-background.ts';
import type { Eye } from '../rules/recording.ts';
import {
  type Captured,
  type CaptureEvent,
  type Capturing,
  type KeptSample,
  type SampleSummary,
  summaryOf,
} from './events.ts';
import { captureFingers } from './fingers.ts';
import { captureIrises } from './irises.ts';
import { capturePhoto } from './photo.ts';
import { PreviewChannel, type PreviewListener } from './previews.ts';
import type { CapturePolicy } from './settings.ts';
import { captureSignature } from './signature.ts';
import { captureWhole } from './whole-picture.ts';

/** What is to be captured, and with which device. */
export type CaptureWish =
  /** `background`: null where it is waived. */
  | { readonly kind: 'photo'; readonly camera: PhotoCamera; readonly background: PhotoBackground | null }
  | { readonly kind: 'document' | 'exception-photo'; readonly camera: PhotoCamera }
  | { readonly kind: 'signature'; readonly pad: SignaturePad }
  /** Those that the resident has. */
  | { readonly kind: 'fingers'; readonly sensor: FingerSensor; readonly positions: readonly FingerPosition[] }
  | { readonly kind: 'irises'; readonly camera: IrisCamera; readonly eyes: readonly Eye[] };

export interface CaptureOptions {
  readonly policy: CapturePolicy;
  readonly onEvent: (event: CaptureEvent) => void;
  /** Cancels: nothing is kept, and the device is let go of at once. */
  readonly signal: AbortSignal;
  /** Patience has run out, or the signer is done: the best so far is what there is. */
  readonly enough?: AbortSignal;
}

/** What a capture left, without bytes. */
export interface CaptureOutcome {
  readonly samples: readonly SampleSummary[];
  /** Captures that could have been kept, and those of them that were thrown away. */
  readonly tries: number;
  readonly discarded: number;
}

export interface CaptureRoom {
  /** @returns an id */
  open(): string;
  /**
   * Runs one capture at a time under an id; what an earlier one left there is thrown away and counted. A failure is told
   * as an event, too.
   */
  run(captureId: string, wish: CaptureWish, options: CaptureOptions): Promise<Result<CaptureOutcome>>;
  /** What the last capture under the id left; nothing after it was closed. */
  samples(captureId: string): readonly KeptSample[];
  /** @returns the function that ends it; for an id that is not open it does nothing */
  subscribePreview(captureId: string, listener: PreviewListener): () => void;
  /** Lets go of samples and watchers. */
  close(captureId: string): void;
}

interface Place {
  readonly previews: PreviewChannel;
  captured: Captured | undefined;
}

/** @param now for the time in the records */
export function createCaptureRoom(biometrics: Biometrics, now: () => Date): CaptureRoom {
  const places = new Map<string, Place>();
  return {
    open() {
      const captureId = randomUUID();
      places.set(captureId, { previews: new PreviewChannel(), captured: undefined });
      return captureId;
    },
    async run(captureId, wish, { policy, onEvent, signal, enough = never }) {
      const place = places.get(captureId);
      if (!place) return fail('CAPTURE-CANCELLED', 'it is not open');
      const capturing: Capturing = {
        ...{ biometrics, now, signal, enough, tell: onEvent },
        show: (make) => place.previews.show(make),
      };
      const captured = await capture(wish, policy, capturing);
      // Closed or cancelled meanwhile: nothing stays.
      const done =
        captured.ok && (signal.aborted || !places.has(captureId)) ? fail('CAPTURE-CANCELLED') : captured;
      if (!done.ok) {
        onEvent({ type: 'failed', failure: done.failure });
        return done;
      }
      const before = place.captured?.tries ?? 0;
      const { samples, tries, discarded } = done.value;
      place.captured = { samples, tries: before + tries, discarded: before + discarded };
      return ok(outcomeOf(place.captured));
    },
    samples: (captureId) => places.get(captureId)?.captured?.samples ?? [],
    subscribePreview: (captureId, listener) =>
      places.get(captureId)?.previews.subscribe(listener) ?? (() => {}),
    close(captureId) {
      places.get(captureId)?.previews.close();
      places.delete(captureId);
    },
  };
}

const never = new AbortController().signal;

function capture(wish: CaptureWish, policy: CapturePolicy, capturing: Capturing): Promise<Result<Captured>> {
  switch (wish.kind) {
    case 'photo':
      return capturePhoto(wish.camera, wish.background, policy.photo, capturing);
    case 'document':
    case 'exception-photo':
      return captureWhole(wish.camera, wish.kind, policy.document, capturing);
    case 'signature':
      return captureSignature(wish.pad, policy.signature, capturing);
    case 'fingers':
      return captureFingers(wish.sensor, wish.positions, policy.finger, capturing);
    case 'irises':
      return captureIrises(wish.camera, wish.eyes, policy.iris, capturing);
  }
}

function outcomeOf({ samples, tries, discarded }: Captured): CaptureOutcome {
  return { samples: samples.map(summaryOf), tries, discarded };
}
