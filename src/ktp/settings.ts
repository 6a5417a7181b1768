/** The card profile in the configuration; every field has the value that the field's reader code uses. */
import { z } from 'zod';
import type { CardProfile } from './profile.ts';

const byte = z.int().min(0).max(255);

export const cardProfile = z
  .strictObject({
    clearChunk: z.int().min(8).max(248).default(248),
    smChunk: z.int().min(8).max(208).multipleOf(8).default(208),
    retries: z.int().min(0).max(3).default(1),
    typeBUid: z.enum(['DD', 'DF']).default('DD'),
    activation: z
      .strictObject({
        fromEnd: z.int().min(1).max(29).default(1),
        inactive: byte.default(0),
        active: byte.default(1),
      })
      .prefault({}),
  })
  .prefault({}) satisfies z.ZodType<CardProfile, unknown>;
