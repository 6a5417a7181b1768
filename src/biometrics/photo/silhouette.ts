/**
 * Whoever stands before a cloth, told from it by colour: the rule prescribes a plain cloth, so what has its colour is
 * the cloth and what has not is the person, or something that should not be there.
 */
import type { RgbImage } from '../../rules/rgb-image.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** The picture made small, where noise counts little. */
export interface Overview {
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture across one of these. */
  readonly step: number;
  /** RGB, row by row. */
  readonly data: Uint8Array;
}

export interface Silhouette {
  readonly overview: Overview;
  /** 1: the person. */
  readonly person: Uint8Array;
  /** 1: has the cloth's colour. */
  readonly cloth: Uint8Array;
  readonly clothColour: Rgb;
  /** Share of the picture that is neither. */
  readonly clutter: number;
}

const ROWS = 240;
/** Where the cloth is looked for: nobody stands so near to the edges above the shoulders. */
const EDGE = 0.05;
const ABOVE_SHOULDERS = 0.6;
/** How far a share of red, green and blue may be from the cloth's, and its brightness: folds, shadows. */
const SAME_HUE = 0.075;
const DARKEST = 0.35;
const BRIGHTEST = 1.9;
/** What is smaller, as a share of the picture, is dust. */
const SPECK = 0.001;
const SMALLEST_PERSON = 0.04;

export function overviewOf({ width, height, data }: RgbImage): Overview {
  const step = Math.max(1, Math.floor(height / ROWS));
  const [columns, rows] = [Math.floor(width / step), Math.floor(height / step)];
  const small = new Uint8Array(columns * rows * 3);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let y = row * step; y < (row + 1) * step; y++)
          for (let x = column * step; x < (column + 1) * step; x++)
            sum += data[(y * width + x) * 3 + channel]!;
        small[(row * columns + column) * 3 + channel] = Math.round(sum / step ** 2);
      }
  return { width: columns, height: rows, step, data: small };
}

/** @returns the person's mask is empty when nobody reaches the lower edge */
export function silhouetteOf(overview: Overview): Silhouette {
  const { width, height, data } = overview;
  const clothColour = clothColourOf(overview);
  const cloth = new Uint8Array(width * height);
  const isCloth = likeCloth(clothColour);
  for (let i = 0; i < cloth.length; i++)
    cloth[i] = isCloth(data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!) ? 1 : 0;

  const parts = connectedParts(cloth, width).filter(({ places }) => places.length > SPECK * cloth.length);
  const [tallest] = parts
    .filter(({ lowest, places }) => lowest === height - 1 && places.length > SMALLEST_PERSON * cloth.length)
    .sort((a, b) => b.places.length - a.places.length);
  const person = new Uint8Array(width * height);
  for (const place of tallest?.places ?? []) person[place] = 1;
  const things = parts.reduce((sum, part) => (part === tallest ? sum : sum + part.places.length), 0);
  return { overview, person, cloth, clothColour, clutter: things / cloth.length };
}

/** The median of what is seen along the edges. */
function clothColourOf({ width, height, data }: Overview): Rgb {
  const levels: [number[], number[], number[]] = [[], [], []];
  const margin = Math.ceil(EDGE * height);
  for (let y = 0; y < ABOVE_SHOULDERS * height; y++)
    for (let x = 0; x < width; x++)
      if (y < margin || x < margin || x >= width - margin)
        for (const channel of [0, 1, 2] as const) levels[channel].push(data[(y * width + x) * 3 + channel]!);
  const median = (of: number[]) => of.sort((a, b) => a - b)[of.length >> 1]!;
  return [median(levels[0]), median(levels[1]), median(levels[2])];
}

function likeCloth([red, green, blue]: Rgb): (r: number, g: number, b: number) => boolean {
  const light = Math.max(1, red + green + blue);
  return (r, g, b) => {
    const sum = r + g + b;
    if (sum < DARKEST * light || sum > BRIGHTEST * light) return false;
    return Math.hypot(r / sum - red / light, g / sum - green / light, b / sum - blue / light) < SAME_HUE;
  };
}

interface Part {
  readonly places: readonly number[];
  /** Its lowest row. */
  readonly lowest: number;
}

/** Of what is not cloth; connected along edges. */
function connectedParts(cloth: Uint8Array, width: number): Part[] {
  const seen = cloth.slice();
  const parts: Part[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start]) continue;
    seen[start] = 1;
    const places = [start];
    let lowest = 0;
    for (let n = 0; n < places.length; n++) {
      const place = places[n]!;
      const column = place % width;
      lowest = Math.max(lowest, (place - column) / width);
      const beside = [place - width, place + width];
      if (column > 0) beside.push(place - 1);
      if (column < width - 1) beside.push(place + 1);
      for (const next of beside)
        if (seen[next] === 0) {
          seen[next] = 1;
          places.push(next);
        }
    }
    parts.push({ places, lowest });
  }
  return parts;
}
