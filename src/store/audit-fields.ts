/** The types of what an audit entry may hold: none of them fits a biometric, a PIN, a name or a full NIK. */
import { z } from 'zod';
import { catalogue, type FailureCode } from '../failures/catalogue.ts';
import { IDENTIFIER } from '../rules/identifier.ts';

/** A name from the configuration or the code: `new`, `desk`, `awaiting-card`. No run of digits that a PIN or NIK is. */
export const word = z.string().regex(IDENTIFIER);
/** A UUID in lower case, as `crypto.randomUUID` makes it. */
export const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const code = z.custom<FailureCode>(
  (value) => typeof value === 'string' && Object.hasOwn(catalogue, value),
);
/** YYYY-MM-DD. */
export const day = z.iso.date();
/** How many of something. */
export const amount = z.int().min(0).max(99_999);
