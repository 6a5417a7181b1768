/** Whether what was counted of a day agrees: rows against audit, packets against sessions, the SAM against the reads. */
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import type { DayCounts } from '../store/closing-events.ts';

/** null: the counts agree. The detail has what was kept and what is missing of it, never whose it is. */
export function disagreement(counts: DayCounts): Failure | null {
  const checked = check(counts);
  return checked.ok ? null : checked.failure;
}

/** The worst first: what is lost, what was misused, what does not add up. */
function check({ audited, ...kept }: DayCounts): Result {
  if (kept.packets < kept.sealed)
    return fail('CLOSING-PACKET-MISSING', `${kept.packets} packets of ${kept.sealed} sealed sessions`);
  // A read that did not come to the authentication is audited, too: only one too many says something.
  if (kept.samAuthentications > audited.reads)
    return fail(
      'CLOSING-SAM-UNAUDITED',
      `${kept.samAuthentications} authentications, ${audited.reads} audited`,
    );
  for (const what of ['opened', 'sealed', 'exceptions', 'handedOver'] as const) {
    if (kept[what] !== audited[what])
      return fail('CLOSING-COUNTS-DISAGREE', `${what}: ${kept[what]} kept, ${audited[what]} audited`);
  }
  return ok();
}
