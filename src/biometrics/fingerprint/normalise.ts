/** Removes what pressure and lighting do to the grey levels: each pixel relative to its surroundings. */
import type { GrayImage } from '../../rules/gray-image.ts';
import { CELL, type Grid, smoothGrid } from './grid.ts';

/** Half the window's side, pixels: three ridge periods of an adult finger at 500 dpi. */
const RADIUS = 14;
/** Added to the deviation (grey levels), so that sensor noise on the bare glass is not blown up into ridges. */
const NOISE = 6;

/** Each pixel less the mean of the 29 × 29 pixels around it, in units of their deviation (ridges negative). */
export function normalise(image: GrayImage): Float32Array {
  const { width, height, data } = image;
  const out = new Float32Array(width * height);
  const columnSum = new Float64Array(width);
  const columnSquares = new Float64Array(width);
  const addRow = (y: number, sign: 1 | -1) => {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const value = data[i]!;
      columnSum[x] = columnSum[x]! + sign * value;
      columnSquares[x] = columnSquares[x]! + sign * value * value;
    }
  };
  for (let y = 0; y < Math.min(RADIUS, height); y++) addRow(y, 1);
  for (let y = 0; y < height; y++) {
    if (y + RADIUS < height) addRow(y + RADIUS, 1);
    if (y - RADIUS > 0) addRow(y - RADIUS - 1, -1);
    const windowRows = Math.min(height - 1, y + RADIUS) - Math.max(0, y - RADIUS) + 1;
    let sum = 0;
    let squares = 0;
    for (let x = 0; x < Math.min(RADIUS, width); x++) {
      sum += columnSum[x]!;
      squares += columnSquares[x]!;
    }
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (x + RADIUS < width) {
        sum += columnSum[x + RADIUS]!;
        squares += columnSquares[x + RADIUS]!;
      }
      if (x - RADIUS > 0) {
        sum -= columnSum[x - RADIUS - 1]!;
        squares -= columnSquares[x - RADIUS - 1]!;
      }
      const count = windowRows * (Math.min(width - 1, x + RADIUS) - Math.max(0, x - RADIUS) + 1);
      const mean = sum / count;
      const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
      out[i] = (data[i]! - mean) / (deviation + NOISE);
    }
  }
  return out;
}

/** Standard deviation of the grey levels about each cell (a window of some 2 × 2 cells), grey levels. */
export function contrast(image: GrayImage, grid: Grid): Float32Array {
  const { width, data } = image;
  const mean = new Float32Array(grid.columns * grid.rows);
  const square = new Float32Array(mean.length);
  for (let row = 0; row < grid.rows; row++)
    for (let column = 0; column < grid.columns; column++) {
      let sum = 0;
      let squares = 0;
      for (let y = row * CELL; y < (row + 1) * CELL; y++)
        for (let x = column * CELL, i = y * width + x; x < (column + 1) * CELL; x++, i++) {
          sum += data[i]!;
          squares += data[i]! * data[i]!;
        }
      mean[row * grid.columns + column] = sum / (CELL * CELL);
      square[row * grid.columns + column] = squares / (CELL * CELL);
    }
  const smoothMean = smoothGrid(mean, grid, 1);
  const deviation = smoothGrid(square, grid, 1);
  for (let i = 0; i < deviation.length; i++)
    deviation[i] = Math.sqrt(Math.max(0, deviation[i]! - smoothMean[i]! * smoothMean[i]!));
  return deviation;
}

/** Share of the pixels that are no lighter than what counts as bare glass, or as a valley where no glass is seen. */
const GLASS = 0.95;

/** Mean grey level per cell, as a share of that of bare glass: 0 black, about 1 where nothing lies. */
export function lightness({ width, data }: GrayImage, { columns, rows }: Grid): Float32Array {
  const histogram = new Uint32Array(256);
  for (let i = 0; i < data.length; i++) histogram[data[i]!]!++;
  let glass = 0;
  for (let darker = histogram[0]!; darker < GLASS * data.length && glass < 255; darker += histogram[glass]!)
    glass++;
  const out = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let y = row * CELL; y < (row + 1) * CELL; y++)
        for (let x = column * CELL, i = y * width + x; x < (column + 1) * CELL; x++, i++) sum += data[i]!;
      out[row * columns + column] = sum / (CELL * CELL * Math.max(1, glass));
    }
  return out;
}
