/** What is kept of a finger: the image as ISO/IEC 19794-4:2011, the minutiae as 19794-2:2005. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import { type FingerPosition, isFingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import { type Extraction, extract } from '../fingerprint/extract.ts';
import type { FingerTemplate } from '../fingerprint/template.ts';
import { decodeFingerImages, encodeFingerImages } from '../records/finger-image.ts';
import { compressFingerImage, openFingerImage } from '../records/finger-image-pixels.ts';
import { encodeFingerMinutiae } from '../records/finger-minutiae.ts';
import { headerOf } from './header.ts';

/** A plain finger of a live scan (ISO/IEC 19794-4:2011, table 10). */
const LIVE_SCAN_PLAIN = 0;

/** Without loss: the proof extracts the same minutiae again, and a repeated image is recognised by its fine detail. */
const COMPRESSION = 'jpeg2000-lossless';

export interface KeptFinger {
  readonly record: Uint8Array;
  readonly template: Uint8Array;
}

/** @param template what was extracted of this image */
export async function keepFinger(
  image: GrayImage,
  template: FingerTemplate,
  position: FingerPosition,
  at: Date,
): Promise<KeptFinger> {
  const { width, height, dpi } = image;
  const rate = { x: dpi, y: dpi };
  const record = encodeFingerImages([
    {
      ...headerOf(at, template.quality),
      certifications: [],
      position,
      number: 0,
      unit: 'inch',
      scanRate: rate,
      imageRate: rate,
      depth: 8,
      compression: COMPRESSION,
      impression: LIVE_SCAN_PLAIN,
      width,
      height,
      image: await compressFingerImage(image, COMPRESSION),
      extended: new Uint8Array(),
    },
  ]);
  return { record, template: minutiaeRecord(template, position) };
}

export function minutiaeRecord(template: FingerTemplate, position: FingerPosition): Uint8Array {
  return encodeFingerMinutiae([{ ...template, position }]);
}

export interface OpenedFinger {
  readonly position: FingerPosition;
  readonly image: GrayImage;
}

export interface FingerRecord extends OpenedFinger {
  readonly extraction: Extraction;
  /** ISO/IEC 19794-2:2005. */
  readonly template: Uint8Array;
}

/**
 * A record of one finger, of a device or of this kiosk.
 * @returns FINGER-IMAGE-RECORD-INVALID, also for several fingers or none; FINGER-IMAGE-UNREADABLE,
 *   FINGER-IMAGE-UNSUPPORTED, FINGER-WSQ-INVALID
 */
export async function readFingerRecord(record: Uint8Array): Promise<Result<FingerRecord>> {
  const opened = await openFingerRecord(record);
  if (!opened.ok) return opened;
  const { position, image } = opened.value;
  const extraction = extract(image);
  return ok({ position, image, extraction, template: minutiaeRecord(extraction.template, position) });
}

/** The same without looking at the image. */
export async function openFingerRecord(record: Uint8Array): Promise<Result<OpenedFinger>> {
  const decoded = decodeFingerImages(record);
  if (!decoded.ok) return decoded;
  const [only, second] = decoded.value;
  if (!only || second || !isFingerPosition(only.position))
    return fail('FINGER-IMAGE-RECORD-INVALID', 'not the record of one finger');
  const image = await openFingerImage(only);
  return image.ok ? ok({ position: only.position, image: image.value }) : image;
}
