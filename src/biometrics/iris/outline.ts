/**
 * A boundary of the iris: nearly a circle. Its radius is told for every direction, with a second order for the ellipse
 * that a circle becomes when the eye looks aside.
 */
export interface Outline {
  /** Pixels from the top left pixel's middle. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Radius towards angle a: radius + cosine × cos 2a + sine × sin 2a. */
  readonly cosine: number;
  readonly sine: number;
}

/** @param angle radians, clockwise on the screen from the x axis */
export function radiusAt({ radius, cosine, sine }: Outline, angle: number): number {
  return radius + cosine * Math.cos(2 * angle) + sine * Math.sin(2 * angle);
}

export function scaled({ x, y, radius, cosine, sine }: Outline, factor: number): Outline {
  // The middle of a reduced pixel lies between those of its pixels.
  const place = (value: number) => (value + 0.5) * factor - 0.5;
  return { x: place(x), y: place(y), radius: radius * factor, cosine: cosine * factor, sine: sine * factor };
}

/** Places found on a boundary: angle and distance from (x, y), and how much each is trusted. */
export interface Sightings {
  readonly x: number;
  readonly y: number;
  readonly angles: Float64Array;
  readonly distances: Float64Array;
  readonly weights: Float64Array;
}

const ROUNDS = 8;

/**
 * The outline nearest to the sightings: constant, first (the middle's place) and second order of the distance, by
 * least squares whose weights fall for sightings that lie off.
 * @param stiffness pull of the second order towards a circle; where one side only is seen, an ellipse is guesswork
 */
export function fitOutline(sightings: Sightings, tolerance: number, stiffness: number): Outline {
  const { x, y, angles, distances, weights } = sightings;
  const n = angles.length;
  const rows = Array.from({ length: n }, (_, i) => {
    const a = angles[i]!;
    return [1, Math.cos(a), Math.sin(a), Math.cos(2 * a), Math.sin(2 * a)];
  });
  let fit = [weightedMedian(distances, weights), 0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const scale = tolerance * (1 + 2 * (1 - round / (ROUNDS - 1)));
    const trust = Float64Array.from(weights, (weight, i) => {
      const off = (distances[i]! - dot(rows[i]!, fit)) / scale;
      return weight / (1 + off * off) ** 2;
    });
    fit = leastSquares(rows, distances, trust, [0, 0, 0, stiffness, stiffness]);
  }
  const [radius, dx, dy, cosine, sine] = fit as [number, number, number, number, number];
  return { x: x + dx, y: y + dy, radius, cosine, sine };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function weightedMedian(values: Float64Array, weights: Float64Array): number {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  let sum = 0;
  for (const i of order) {
    sum += weights[i]!;
    if (sum >= half) return values[i]!;
  }
  return 0;
}

/** By the normal equations, with `pulls` added to their diagonal in shares of all weights. */
function leastSquares(
  rows: readonly (readonly number[])[],
  targets: Float64Array,
  weights: Float64Array,
  pulls: readonly number[],
): number[] {
  const size = pulls.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const matrix = pulls.map((pull, i) => pulls.map((_, j) => (i === j ? (pull + 1e-9) * total : 0)).concat(0));
  rows.forEach((row, n) => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) matrix[i]![j]! += weights[n]! * row[i]! * row[j]!;
      matrix[i]![size]! += weights[n]! * row[i]! * targets[n]!;
    }
  });
  return solve(matrix);
}

/** Gaussian elimination; the matrix is positive definite, so that no pivot is sought. */
function solve(matrix: number[][]): number[] {
  const size = matrix.length;
  for (let i = 0; i < size; i++)
    for (let below = i + 1; below < size; below++) {
      const share = matrix[below]![i]! / matrix[i]![i]!;
      for (let j = i; j <= size; j++) matrix[below]![j]! -= share * matrix[i]![j]!;
    }
  const solution = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    let rest = matrix[i]![size]!;
    for (let j = i + 1; j < size; j++) rest -= matrix[i]![j]! * solution[j]!;
    solution[i] = rest / matrix[i]![i]!;
  }
  return solution;
}
