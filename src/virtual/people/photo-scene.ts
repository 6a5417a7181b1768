/** What a photo camera sees: somebody drawn before a coloured cloth, in some light. */
import sharp from 'sharp';
import type { RgbImage } from '../../rules/rgb-image.ts';
import { drawFigure } from './portrait.ts';
import type { Looks } from './residents.ts';

/** Cloths as photo studios sell them. */
export const CLOTHS = { red: '#c4272e', blue: '#2456a6', orange: '#e8811d', white: '#e9e7e1' } as const;

export interface Scene {
  readonly width: number;
  readonly height: number;
  /** null: nobody is there. */
  readonly looks: Looks | null;
  /** As SVG colours are written. */
  readonly background: string;
  /** From the crown to the chin, as a share of the picture's height. */
  readonly head: number;
  /** Of the head's middle from where it belongs, as shares of the picture's height: right and down. */
  readonly offset: readonly [number, number];
  /** 1: as it should be; the camera takes the grey levels by so much. */
  readonly light: number;
  /** How much of the light is missing at the left edge of the person, 0 to 1. */
  readonly shade: number;
  /** Deviation, pixels. */
  readonly blur: number;
  /** Things stand behind the person. */
  readonly clutter: boolean;
}

export const PLAIN_SCENE: Omit<Scene, 'width' | 'height' | 'looks' | 'background'> = {
  head: 0.52,
  offset: [0, 0],
  light: 1,
  shade: 0,
  blur: 0,
  clutter: false,
};

/** Of the figure as it is drawn: the crown, the chin, the middle, the lower edge. */
const CROWN = 28;
const CHIN = 132;
const MIDDLE = 75;
const EDGE = 200;
/** Where the head's middle belongs, from the picture's upper edge. */
const LEVEL = 0.46;

export async function drawScene(scene: Scene): Promise<RgbImage> {
  const { width, height } = scene;
  let picture = sharp(Buffer.from(sceneSvg(scene))).removeAlpha();
  if (scene.blur > 0) picture = picture.blur(scene.blur);
  if (scene.light !== 1) picture = picture.linear(scene.light, 0);
  return { width, height, data: new Uint8Array(await picture.toColourspace('srgb').raw().toBuffer()) };
}

function sceneSvg({ width, height, looks, background, head, offset, shade, clutter }: Scene): string {
  const scale = (head * height) / (CHIN - CROWN);
  const left = width / 2 + offset[0] * height - MIDDLE * scale;
  const top = (LEVEL + offset[1]) * height - ((CROWN + CHIN) / 2) * scale;
  const [right, figureWidth] = [left + 2 * MIDDLE * scale, 2 * MIDDLE * scale];
  // The drawing ends at the chest; a person does not.
  const trunk = looks
    ? `<rect x="8" y="${EDGE - 1}" width="134" height="${EDGE * 4}" fill="${looks.clothes}"/>${drawFigure(looks)}`
    : '';
  const things = clutter
    ? `<rect x="${left - 0.1 * figureWidth}" y="0" width="${0.12 * figureWidth}" height="${0.45 * height}" fill="#dcd8c8"/>
       <circle cx="${right}" cy="${0.2 * height}" r="${0.09 * height}" fill="#3a5f3a"/>`
    : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="shade" gradientUnits="userSpaceOnUse" x1="${left}" x2="${right}" y1="0" y2="0">
      <stop offset="0" stop-opacity="${shade}"/><stop offset="1" stop-opacity="0"/></linearGradient></defs>
    <rect width="${width}" height="${height}" fill="${background}"/>
    ${things}
    <g transform="translate(${left} ${top}) scale(${scale})">${trunk}</g>
    <rect width="${width}" height="${height}" fill="url(#shade)"/>
  </svg>`;
}
