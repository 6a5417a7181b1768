/**
 * Whether a picture will do as the resident's photo, and if not, why: in words for the one who stands there. The
 * figures rest on drawn people (tests) and one photograph, not on a study; eyes, expression and glasses are for the
 * operator to see.
 */
import type { FailureCode } from '../../failures/catalogue.ts';
import type { PhotoBackground } from '../../rules/photo-background.ts';
import type { RgbImage } from '../../rules/rgb-image.ts';
import { frame } from './framing.ts';
import { findHead, type Head } from './head.ts';
import { type Region, sharpnessOf } from './sharpness.ts';
import { type Overview, overviewOf, type Rgb, type Silhouette, silhouetteOf } from './silhouette.ts';

export interface PhotoAssessment {
  /** 0–100, to choose among pictures: from GOOD_PHOTO nothing is to be said against it, and a sharper face is worth more. */
  readonly score: number;
  /** Why it will not do, what to mend first at the front; empty: it will. */
  readonly reasons: readonly FailureCode[];
  /** The part of the picture that becomes the photo; null while the head is not where it should be. */
  readonly region: Region | null;
}

export const GOOD_PHOTO = 60;
/** What each reason costs a picture that will not do. */
const FAULT = 15;

/** The brightest twentieth of a picture that got enough light reaches this level, whatever the colour of skin and cloth. */
const LIGHT_ENOUGH = 110;
/** Share of the face whose strongest colour is saturated. */
const SATURATED = 250;
const MOST_SATURATED = 0.3;
/** One half of the face is so many times as bright as the other. */
const ONE_SIDED = 1.3;
const SHARP = 0.43;
/** Things beside the person, as a share of the picture. */
const MOST_CLUTTER = 0.01;
/** The cloth's dark places (the darkest twentieth), as a share of its bright ones. */
const EVEN_CLOTH = 0.5;
/** Hue in degrees, from – to; saturation and brightness 0–1 below which a cloth is grey, white or black. */
const HUES: Readonly<Record<PhotoBackground, readonly [number, number]>> = {
  red: [-20, 14],
  orange: [18, 45],
  blue: [195, 255],
};
const COLOURED = 0.45;
const NOT_BLACK = 0.2;

/** @param background as the rule asks; null: waived, for somebody who cannot cooperate */
export function assessPhoto(image: RgbImage, background: PhotoBackground | null): PhotoAssessment {
  const overview = overviewOf(image);
  // In the dark there are no colours to tell anybody by.
  if (brightest(overview) < LIGHT_ENOUGH) return { score: 0, reasons: ['PHOTO-TOO-DARK'], region: null };
  const silhouette = silhouetteOf(overview);
  const head = findHead(silhouette);
  const ofCloth = background === null ? [] : clothReasons(silhouette, background);
  if (!head) return { score: 0, reasons: ['PHOTO-NO-HEAD', ...ofCloth], region: null };
  const framing = frame(image, head);
  const sharpness = sharpnessOf(image, featuresOf(head));
  const reasons = [
    ...(framing.ok ? [] : [framing.reason]),
    ...lightReasons(overview, head),
    ...(sharpness < SHARP ? (['PHOTO-UNSHARP'] as const) : []),
    ...ofCloth,
  ];
  return {
    score: scoreOf(sharpness, reasons.length),
    reasons,
    region: framing.ok ? framing.region : null,
  };
}

function scoreOf(sharpness: number, faults: number): number {
  if (faults > 0) return Math.max(0, GOOD_PHOTO - FAULT * faults);
  return Math.round(GOOD_PHOTO + ((100 - GOOD_PHOTO) * (sharpness - SHARP)) / (1 - SHARP));
}

/** Eyes, nose and mouth with their surroundings, and the head's outline at both sides. */
function featuresOf({ crown, chin, x, width }: Head): Region {
  const length = chin - crown;
  return { left: x - 0.45 * width, top: crown + 0.25 * length, width: 0.9 * width, height: 0.65 * length };
}

/** The level of the strongest colour that a twentieth of the picture exceeds. */
function brightest({ data }: Overview): number {
  const levels = new Uint8Array(data.length / 3);
  for (let i = 0; i < levels.length; i++)
    levels[i] = Math.max(data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!);
  return levels.sort()[Math.floor(0.95 * levels.length)]!;
}

/** Of the inner face, where a headscarf does not reach. */
function lightReasons({ width, height, step, data }: Overview, head: Head): FailureCode[] {
  const length = head.chin - head.crown;
  const place = (pixels: number, last: number) => Math.min(Math.max(0, Math.round(pixels / step)), last);
  const [top, bottom] = [0.4, 0.85].map((share) => place(head.crown + share * length, height)) as [
    number,
    number,
  ];
  const [left, middle, right] = [-0.25, 0, 0.25].map((share) =>
    place(head.x + share * head.width, width),
  ) as [number, number, number];
  let saturated = 0;
  const halves = [0, 0];
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const [r, g, b] = data.subarray(3 * (y * width + x)) as unknown as Rgb;
      if (Math.max(r, g, b) >= SATURATED) saturated++;
      const half = x < middle ? 0 : 1;
      halves[half]! += luma([r, g, b]) / ((bottom - top) * (half === 0 ? middle - left : right - middle));
    }
  const reasons: FailureCode[] = [];
  if (saturated > MOST_SATURATED * (bottom - top) * (right - left)) reasons.push('PHOTO-TOO-BRIGHT');
  if (Math.max(...halves) > ONE_SIDED * Math.min(...halves)) reasons.push('PHOTO-UNEVEN-LIGHT');
  return reasons;
}

function clothReasons(silhouette: Silhouette, background: PhotoBackground): FailureCode[] {
  const reasons: FailureCode[] = [];
  if (!isColour(silhouette.clothColour, background)) reasons.push('PHOTO-BACKGROUND-COLOUR');
  const { overview, cloth, clutter } = silhouette;
  const levels: number[] = [];
  for (let i = 0; i < cloth.length; i++)
    if (cloth[i]) levels.push(luma(overview.data.subarray(3 * i) as unknown as Rgb));
  levels.sort((a, b) => a - b);
  const [dark, bright] = [0.05, 0.95].map((share) => levels[Math.floor(share * levels.length)] ?? 0) as [
    number,
    number,
  ];
  if (clutter > MOST_CLUTTER || dark < EVEN_CLOTH * bright) reasons.push('PHOTO-BACKGROUND-UNEVEN');
  return reasons;
}

/** By hue, saturation and value (HSV). */
function isColour([red, green, blue]: Rgb, wanted: PhotoBackground): boolean {
  const value = Math.max(red, green, blue);
  const chroma = value - Math.min(red, green, blue);
  if (value < 255 * NOT_BLACK || chroma < COLOURED * value) return false;
  const sector =
    value === red
      ? (green - blue) / chroma
      : value === green
        ? 2 + (blue - red) / chroma
        : 4 + (red - green) / chroma;
  const [from, to] = HUES[wanted];
  return 60 * sector >= from && 60 * sector <= to;
}

/** BT.601. */
function luma([red, green, blue]: Rgb): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
