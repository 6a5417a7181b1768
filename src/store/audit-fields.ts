/** The types of what an audit entry may hold: none of them fits a biometric, a PIN, a name or a full NIK. */
import { z } from 'zod';
import { catalogue, type FailureCode } from '../failures/catalogue.ts';
import { type FingerPosition, isFingerPosition } from '../rules/finger-position.ts';
import { IDENTIFIER } from '../rules/identifier.ts';
import { EYES } from '../rules/recording.ts';

/** A name from the configuration or the code: `new`, `desk`, `awaiting-card`. No run of digits that a PIN or NIK is. */
export const word = z.string().regex(IDENTIFIER);
/** A UUID in lower case, as `crypto.randomUUID` makes it. */
export const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
/** UID8 of a chip. */
export const uid = z.string().regex(/^[0-9A-F]{16}$/);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const code = z.custom<FailureCode>(
  (value) => typeof value === 'string' && Object.hasOwn(catalogue, value),
);
/** YYYY-MM-DD. */
export const day = z.iso.date();
/** How many of something. */
export const amount = z.int().min(0).max(99_999);

export const position = z.custom<FingerPosition>(
  (value) => typeof value === 'number' && isFingerPosition(value),
);
export const eye = z.enum(EYES);
/** What an exception stands for. */
export const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('finger'), position }),
  z.strictObject({ kind: z.literal('iris'), eye }),
  z.strictObject({ kind: z.literal('signature') }),
  z.strictObject({ kind: z.literal('photo-background') }),
]);
