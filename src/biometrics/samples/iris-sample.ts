/** What is kept of an eye: the image as ISO/IEC 19794-6:2011, the code (iris/template.ts) for hints of duplicates. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Eye } from '../../rules/recording.ts';
import { extractIris, type IrisExtraction } from '../iris/extract.ts';
import type { Outline } from '../iris/outline.ts';
import { encodeIrisTemplate } from '../iris/template.ts';
import { decodeIrisImages, encodeIrisImages, type Span } from '../records/iris-image.ts';
import { compressIrisImage, openIrisImage } from '../records/iris-image-pixels.ts';
import { headerOf } from './header.ts';

const FORMAT = 'jpeg2000';
/** The image that the standard calls VGA is of this size. */
const VGA = { width: 640, height: 480 };
/** Its record cannot tell a distance of a camera that does not measure it. */
const RANGE_UNTOLD = 0;
/** How far the found outline may be off, pixels. */
const OFF = 3;

export interface KeptIris {
  readonly record: Uint8Array;
  readonly template: Uint8Array;
}

/** @param extraction of this image */
export async function keepIris(
  image: GrayImage,
  { template, quality, boundaries }: IrisExtraction,
  eye: Eye,
  at: Date,
): Promise<KeptIris> {
  const { width, height } = image;
  const { x, y, radius } = boundaries.limbus;
  const record = encodeIrisImages([
    {
      ...headerOf(at, quality.score),
      number: 1,
      eye,
      kind: width === VGA.width && height === VGA.height ? 'vga' : 'uncropped',
      format: FORMAT,
      horizontal: 'base',
      vertical: 'base',
      compressionHistory: 'lossless-or-none',
      width,
      height,
      depth: 8,
      range: RANGE_UNTOLD,
      roll: null,
      centreX: around(x, width),
      centreY: around(y, height),
      diameter: around(2 * radius, Math.max(width, height)),
      image: await compressIrisImage(image, FORMAT),
    },
  ]);
  return { record, template: encodeIrisTemplate(template) };
}

/** Pixels count from 1; 0 would say that nothing is told. */
function around(value: Outline['x'], most: number): Span {
  const within = (pixel: number) => Math.min(most, Math.max(1, Math.round(pixel)));
  return { smallest: within(value - OFF), largest: within(value + OFF) };
}

export interface OpenedIris {
  /** null: the record does not tell. */
  readonly eye: Eye | null;
  readonly image: GrayImage;
}

export interface IrisRecord extends OpenedIris {
  readonly extraction: IrisExtraction;
  /** The code, as it is kept. */
  readonly template: Uint8Array;
}

/**
 * A record of one eye, of a device or of this kiosk.
 * @returns IRIS-IMAGE-RECORD-INVALID, also for several eyes or none; IRIS-IMAGE-UNREADABLE, IRIS-IMAGE-UNSUPPORTED;
 *   IRIS-NONE where no iris is found
 */
export async function readIrisRecord(record: Uint8Array): Promise<Result<IrisRecord>> {
  const opened = await openIrisRecord(record);
  if (!opened.ok) return opened;
  const extraction = extractIris(opened.value.image);
  if (!extraction.ok) return extraction;
  const template = encodeIrisTemplate(extraction.value.template);
  return ok({ ...opened.value, extraction: extraction.value, template });
}

/** The same without looking at the image. */
export async function openIrisRecord(record: Uint8Array): Promise<Result<OpenedIris>> {
  const decoded = decodeIrisImages(record);
  if (!decoded.ok) return decoded;
  const [only, second] = decoded.value;
  if (!only || second) return fail('IRIS-IMAGE-RECORD-INVALID', 'not the record of one eye');
  const image = await openIrisImage(only);
  return image.ok ? ok({ eye: only.eye === 'unknown' ? null : only.eye, image: image.value }) : image;
}
