/** How patient the supervisor is, in real time. */
import { z } from 'zod';

const seconds = z.number().min(0.01).max(86_400);

export const supervisionSettings = z
  .strictObject({
    /** How often a quiet device is asked for a sign of life, s. */
    heartbeat: seconds.default(30),
    /** How often a device with a complaint, such as a dirty glass, is tested again, s. */
    retest: seconds.default(60),
    /** The first wait after a failed attempt, s; it doubles with each, up to the longest, ± 25 %. */
    firstWait: seconds.default(0.5),
    longestWait: seconds.default(60),
    /** Its power is switched off and on after so many failed attempts in a row, where a relay can do that. */
    attemptsBeforePowerCycle: z.int().min(1).max(100).default(3),
  })
  .prefault({});

export type SupervisionSettings = z.infer<typeof supervisionSettings>;
