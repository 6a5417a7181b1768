/** Runs inside a worker thread of pool.ts: each export is a task. */
import { type Candidate, identify as search } from './fingerprint/identify.ts';
import { match as compare, prepare } from './fingerprint/match.ts';
import { slide as slideOf } from './fingerprint/slide.ts';
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

export function identify({
  probe,
  gallery,
  most,
}: {
  readonly probe: FingerTemplate;
  readonly gallery: readonly FingerTemplate[];
  readonly most: number;
}): readonly Candidate[] {
  return search(probe, gallery, most);
}

export function slide({
  before,
  after,
}: {
  readonly before: FingerTemplate;
  readonly after: FingerTemplate;
}): number | undefined {
  return slideOf(before, after);
}
