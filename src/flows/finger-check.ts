/** The holder's live finger against the fingers on the chip. */
import { FOREIGN } from '../biometrics/fingerprint/thresholds.ts';
import { captureFinger } from '../capture/finger.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { DeskParts } from './parts.ts';
import type { FingerTry } from './status.ts';

export interface MatchVerdict {
  readonly match: boolean;
  /** The score of the finger on the chip that fits best; the engine's own scale. */
  readonly score: number;
  readonly threshold: number;
  /** The finger on the chip that scored best. */
  readonly finger: FingerPosition;
  readonly try: FingerTry;
}

/** Waits for a finger and keeps it in the case file; answers nothing but that it is there. */
export async function pressFinger(parts: DeskParts, caseId: string, signal: AbortSignal): Promise<Result> {
  const file = parts.caseFiles.get(caseId);
  if (!parts.sensor) return fail('DESK-NO-SENSOR');
  const position = file?.templates?.[0]?.position;
  if (!file || !position) return fail('DESK-MINUTIAE-UNKNOWN');
  const captured = await captureFinger(parts.sensor, parts.biometrics, position, signal);
  if (!captured.ok) return captured;
  file.probe = captured.value;
  return ok();
}

/**
 * Compares the finger that was pressed with each finger on the chip. Each has the threshold of its maker; the one
 * that is farthest above its own decides.
 */
export async function matchHolder(parts: DeskParts, caseId: string): Promise<Result<MatchVerdict>> {
  const file = parts.caseFiles.get(caseId);
  const probe = file?.probe;
  const { thresholds, poorQuality } = parts.policy.fingerprint;
  let best: { score: number; threshold: number; finger: FingerPosition } | undefined;
  for (const reference of file?.templates ?? []) {
    if (!probe || reference.position === 0) continue;
    const compared = await parts.biometrics.match(probe.template, reference);
    if (!compared.ok) return compared;
    const threshold = thresholds[reference.maker ?? 'unknown'] ?? thresholds.unknown ?? FOREIGN.far1in10000;
    if (best && best.score - best.threshold >= compared.value - threshold) continue;
    best = { score: compared.value, threshold, finger: reference.position };
  }
  if (!probe || !best) return fail('DESK-MINUTIAE-UNKNOWN');
  const match = best.score >= best.threshold;
  const { quality } = probe.template;
  const reason = quality < poorQuality ? probe.reasons[0] : undefined;
  return ok({
    ...best,
    match,
    try: { match, quality, failure: match ? null : { code: reason ?? 'FINGER-NO-MATCH' } },
  });
}
