/** The size and fineness of a virtual pad that is configured, since its driver cannot ask a pipe for them. */
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';

const axis = z.object({ max: z.int().min(1), perMm: z.number().positive() });
const padRanges = z.object({ x: axis, y: axis, maxPressure: z.int().min(1).nullable() });
export type PadRanges = z.infer<typeof padRanges>;

export function toCounts(point: { x: number; y: number }, { x, y }: PadRanges): { x: number; y: number } {
  return { x: Math.round(point.x * x.perMm), y: Math.round(point.y * y.perMm) };
}

export function rangesOf(entry: Readonly<Record<string, unknown>>): Result<PadRanges> {
  const ranges = padRanges.safeParse(entry.ranges);
  return ranges.success
    ? ok(ranges.data)
    : fail('BENCH-COMMAND-INVALID', `ranges: ${z.prettifyError(ranges.error)}`);
}
