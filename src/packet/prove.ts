/**
 * The proof that a session was really stored: every sample that stands is read back from disk, hashed, decoded by
 * another path than made it, its template matched once more. No packet without it: the session's fact `proved` holds
 * the hash of this proof, and the manifest holds the proof.
 */
import { fail, ok, type Result } from '../failures/failure.ts';
import type { StoredSample } from '../store/samples.ts';
import type { StoredFact } from '../store/session-facts.ts';
import { type Proof, type SampleProof, sha256Of, standingSamples } from './content.ts';

/** Decodes a sample as it came back from disk, and matches its template (biometrics). */
export type ProveSample = (
  sample: StoredSample,
) => Promise<Result<{ readonly score: number; readonly ok: boolean }>>;

/**
 * @param read a sample of this session, from disk
 * @returns PACKET-INCOMPLETE for one of another finger or eye than the facts tell, PACKET-UNPROVED for a template that
 *   is not the record's; whatever `read` and `prove` fail with
 */
export async function proveSession(
  session: string,
  facts: readonly StoredFact[],
  read: (sample: string) => Promise<Result<StoredSample>>,
  prove: ProveSample,
): Promise<Result<Proof>> {
  const samples: SampleProof[] = [];
  // One after the other: a Pi has no memory for twenty pictures at once.
  for (const { sample, position, eye } of standingSamples(facts)) {
    const stored = await read(sample);
    if (!stored.ok) return stored;
    const found = stored.value;
    if (found.position !== position || found.eye !== eye)
      return fail('PACKET-INCOMPLETE', `sample ${sample} is of another finger or eye`);
    const proven = await prove(found);
    if (!proven.ok) return proven;
    if (!proven.value.ok) return fail('PACKET-UNPROVED', `the template of sample ${sample}`);
    samples.push({ sample, kind: found.kind, sha256: sha256Of(found.record), score: proven.value.score });
  }
  return ok({ session, samples });
}
