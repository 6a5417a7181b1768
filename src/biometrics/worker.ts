/** Runs inside a worker thread of pool.ts: each export is a task. */
import { match as compare, prepare } from './fingerprint/match.ts';
import type { FingerTemplate } from './fingerprint/template.ts';

export { extract } from './fingerprint/extract.ts';

export function match({
  probe,
  reference,
}: {
  readonly probe: FingerTemplate;
  readonly reference: FingerTemplate;
}): number {
  return compare(prepare(probe), prepare(reference));
}
