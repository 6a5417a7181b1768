/** A capture room, and what a capture told. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Biometrics } from '../../src/biometrics/pool.ts';
import type { CaptureEvent, KeptSample } from '../../src/capture/events.ts';
import type { Preview } from '../../src/capture/previews.ts';
import { type CaptureWish, createCaptureRoom } from '../../src/capture/room.ts';
import { type CapturePolicy, capturePolicy } from '../../src/capture/settings.ts';

export const never = new AbortController().signal;

export interface Options {
  readonly policy?: CapturePolicy;
  readonly signal?: AbortSignal;
  readonly enough?: AbortSignal;
  /** Is called with each event, as it comes. */
  readonly on?: (event: CaptureEvent) => void;
  /** Is called with each preview. */
  readonly seen?: (preview: Preview) => void;
}

export const defaults = capturePolicy.parse(undefined);

/** Captures under an id of its own, watched. */
export async function capture(biometrics: Biometrics, wish: CaptureWish, options: Options = {}) {
  const room = createCaptureRoom(biometrics, () => new Date());
  const id = room.open();
  const events: CaptureEvent[] = [];
  const previews: Preview[] = [];
  room.subscribePreview(id, (preview) => {
    previews.push(preview);
    options.seen?.(preview);
  });
  const outcome = await room.run(id, wish, {
    policy: options.policy ?? defaults,
    signal: options.signal ?? never,
    ...(options.enough && { enough: options.enough }),
    onEvent(event) {
      events.push(event);
      options.on?.(event);
    },
  });
  const samples = room.samples(id);
  room.close(id);
  expect(room.samples(id)).toEqual([]);
  return { outcome, samples, events, previews };
}

/** Reads each sample back as the completeness proof does. */
export async function expectProved(biometrics: Biometrics, samples: readonly KeptSample[]): Promise<void> {
  for (const sample of samples) {
    const sha256 = createHash('sha256').update(sample.record).digest('hex');
    const proof = await biometrics.proveSample({ ...sample, sha256 });
    expect(proof, `${sample.kind} ${sample.position ?? sample.eye ?? ''}`).toMatchObject({
      ok: true,
      value: { ok: true },
    });
  }
}

export const advice = (events: readonly CaptureEvent[]) =>
  events.flatMap((event) => (event.type === 'feedback' ? [event.reason] : []));
