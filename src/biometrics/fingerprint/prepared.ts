/** A template made ready for comparison: scaled to 500 dpi, in typed arrays, each minutia with its neighbours. */
import { DPI } from './resample.ts';
import type { FingerTemplate } from './template.ts';

/** Edges kept per minutia: its nearest neighbours. */
export const EDGES = 12;
/** Pixels at 500 dpi; nearer ones are often the two halves of one flaw, farther ones bend away. */
const SHORTEST_EDGE = 8;
const LONGEST_EDGE = 220;
/** More minutiae than a clear print has are noise; the most reliable ones are kept (comparison time is n × m). */
const MOST_MINUTIAE = 120;

/** All lengths in pixels at 500 dpi, all angles in radians, counter-clockwise. */
export interface Prepared {
  readonly count: number;
  readonly x: Float32Array;
  /** Upwards, so that angles and positions turn the same way. */
  readonly y: Float32Array;
  readonly angle: Float32Array;
  /** 1 ending, 2 bifurcation, 0 not told. */
  readonly type: Uint8Array;
  /** 0–1. */
  readonly quality: Float32Array;
  /** Number of edges per minutia; edge e of minutia i is at i × EDGES + e, the shortest first. */
  readonly edges: Uint8Array;
  readonly edgeTo: Uint8Array;
  readonly edgeLength: Float32Array;
  /** Direction of the edge seen from the minutia, and the neighbour's angle seen from it: both turn-proof. */
  readonly edgeBearing: Float32Array;
  readonly edgeAngle: Float32Array;
}

const TYPE = { other: 0, ending: 1, bifurcation: 2 } as const;

export function prepare(template: FingerTemplate): Prepared {
  const scale = DPI / template.dpi;
  const minutiae =
    template.minutiae.length <= MOST_MINUTIAE
      ? template.minutiae
      : [...template.minutiae].sort((a, b) => b.quality - a.quality).slice(0, MOST_MINUTIAE);
  const count = minutiae.length;
  const prepared: Prepared = {
    count,
    x: Float32Array.from(minutiae, (m) => m.x * scale),
    y: Float32Array.from(minutiae, (m) => -m.y * scale),
    angle: Float32Array.from(minutiae, (m) => m.angle),
    type: Uint8Array.from(minutiae, (m) => TYPE[m.type]),
    quality: Float32Array.from(minutiae, (m) => (m.quality === 0 ? 0.5 : m.quality / 100)),
    edges: new Uint8Array(count),
    edgeTo: new Uint8Array(count * EDGES),
    edgeLength: new Float32Array(count * EDGES),
    edgeBearing: new Float32Array(count * EDGES),
    edgeAngle: new Float32Array(count * EDGES),
  };
  for (let i = 0; i < count; i++) addEdges(prepared, i);
  return prepared;
}

function addEdges(p: Prepared, i: number): void {
  const near: { to: number; length: number; bearing: number }[] = [];
  for (let j = 0; j < p.count; j++) {
    const dx = p.x[j]! - p.x[i]!;
    const dy = p.y[j]! - p.y[i]!;
    const length = Math.hypot(dx, dy);
    if (length >= SHORTEST_EDGE && length < LONGEST_EDGE)
      near.push({ to: j, length, bearing: Math.atan2(dy, dx) });
  }
  near.sort((a, b) => a.length - b.length);
  p.edges[i] = Math.min(EDGES, near.length);
  for (let e = 0; e < p.edges[i]!; e++) {
    const { to, length, bearing } = near[e]!;
    const at = i * EDGES + e;
    p.edgeTo[at] = to;
    p.edgeLength[at] = length;
    p.edgeBearing[at] = positive(bearing - p.angle[i]!);
    p.edgeAngle[at] = positive(p.angle[to]! - p.angle[i]!);
  }
}

/** The same angle in 0 … 2π. */
export function positive(angle: number): number {
  const turned = angle % (2 * Math.PI);
  return turned < 0 ? turned + 2 * Math.PI : turned;
}
