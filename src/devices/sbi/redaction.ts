/** What of SBI traffic is personal is in long runs of base64: records within signed answers. */
import type { Redact, Redaction } from '../transport/trace.ts';

/** Longer than any identifier, hash or time; shorter than a record could be. */
const SHORTEST_RUN = 65;
/** base64 and base64url, also as JSON may escape them, and the dots between the parts of a JWS. */
const RUN = new RegExp(`[\\w+/=\\\\.-]{${SHORTEST_RUN},}`, 'g');

/**
 * The transport tells each request and each answer as a whole, so each call is one. Long runs are overwritten with
 * `A`, and what is not ASCII with `?`: the JSON stays JSON of the same length, its signatures do not verify any more.
 */
export function redactSbi(): Redaction {
  return { sent: redact, received: redact };
}

const redact: Redact = (bytes) => {
  const text = Buffer.from(bytes).toString('latin1');
  const clean = text.replace(/[^\x20-\x7e\r\n\t]/g, '?').replace(RUN, (run) => 'A'.repeat(run.length));
  return Buffer.from(clean, 'latin1');
};
