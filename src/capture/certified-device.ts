/** Who a certified device is, by its signed answer, which the driver has verified. */
import { z } from 'zod';
import type { SbiProof } from '../devices/transport/sbi-proof.ts';
import type { KeptSample } from './events.ts';

const answer = z.object({ digitalId: z.string() });
const digitalId = z.object({ make: z.string().max(64), serialNo: z.string().max(64) });

/** @param id as configured; of a device without a proof nothing more is known */
export function deviceOf(id: string, proof: SbiProof | undefined): KeptSample['device'] {
  const told = proof && answer.safeParse(payloadOf(proof.jws));
  const identity = told?.success ? digitalId.safeParse(payloadOf(told.data.digitalId)) : undefined;
  if (!identity?.success) return { id };
  return { id, make: identity.data.make, serial: identity.data.serialNo };
}

/** Of a JWS in compact form. */
function payloadOf(jws: string): unknown {
  try {
    return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
