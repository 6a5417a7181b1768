/** What varies slowly over a print (contrast, orientation, period) is kept per cell of 8 × 8 pixels. */
export const CELL = 8;

export interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/** Only whole cells: up to 7 pixels at the right and lower edge belong to none. */
export function gridOf(width: number, height: number): Grid {
  return { columns: Math.floor(width / CELL), rows: Math.floor(height / CELL) };
}

/**
 * A cell grid smoothed by a separable binomial kernel of `2 × passes + 1` taps (standard deviation
 * √(passes / 2) cells); cells beyond the edge repeat the outermost ones.
 */
export function smoothGrid(values: Float32Array, grid: Grid, passes: number): Float32Array {
  const { columns, rows } = grid;
  let from = values;
  for (let pass = 0; pass < passes; pass++) {
    const across = new Float32Array(from.length);
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      for (let column = 0; column < columns; column++) {
        const left = from[start + Math.max(0, column - 1)]!;
        const right = from[start + Math.min(columns - 1, column + 1)]!;
        across[start + column] = 0.25 * (left + right) + 0.5 * from[start + column]!;
      }
    }
    const down = new Float32Array(from.length);
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      const above = Math.max(0, row - 1) * columns;
      const below = Math.min(rows - 1, row + 1) * columns;
      for (let column = 0; column < columns; column++)
        down[start + column] =
          0.25 * (across[above + column]! + across[below + column]!) + 0.5 * across[start + column]!;
    }
    from = down;
  }
  return from;
}
