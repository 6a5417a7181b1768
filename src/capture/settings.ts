/** What a capture asks for before it is content: part of the kiosk's policy. */
import { z } from 'zod';
import { GOOD } from '../biometrics/fingerprint/quality.ts';
import { GOOD_PHOTO } from '../biometrics/photo/assess.ts';

const quality = z.int().min(0).max(100);
/**
 * A live camera is watched until so many good pictures were seen, of which the best is kept; or, where good ones do not
 * come, until so many pictures were seen at all. Ten a second are usual; a longer patience has more of them.
 */
const watching = {
  bestOf: z.int().min(1).max(50),
  frames: z.int().min(1).max(10_000),
};
/** Presses of a finger, or pictures that a certified device takes: the best of so many is kept. */
const tries = z.int().min(1).max(10);

export const capturePolicy = z
  .strictObject({
    photo: z
      .strictObject({
        threshold: quality.default(GOOD_PHOTO),
        bestOf: watching.bestOf.default(5),
        frames: watching.frames.default(300),
        tries: tries.default(3),
      })
      .prefault({}),
    finger: z.strictObject({ threshold: quality.default(GOOD), tries: tries.default(3) }).prefault({}),
    iris: z
      .strictObject({
        threshold: quality.default(60),
        bestOf: watching.bestOf.default(3),
        frames: watching.frames.default(300),
        tries: tries.default(3),
      })
      .prefault({}),
    signature: z
      .strictObject({
        /** Of ink at the least, mm. */
        length: z.number().min(0).max(500).default(15),
      })
      .prefault({}),
    /** Papers, and face and hands with an exception: the sharpest of so many pictures. */
    document: z.strictObject({ frames: watching.frames.default(10) }).prefault({}),
  })
  .prefault({});

export type CapturePolicy = z.output<typeof capturePolicy>;
