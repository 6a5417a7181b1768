/** What is kept of a photo: cut out, as ISO/IEC 19794-5:2011; and of papers and exceptions: the whole picture, as JPEG. */
import sharp from 'sharp';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { PhotoBackground } from '../../rules/photo-background.ts';
import type { RgbImage } from '../../rules/rgb-image.ts';
import { assessPhoto, type PhotoAssessment } from '../photo/assess.ts';
import { cutPortrait, PORTRAIT } from '../photo/portrait.ts';
import type { Region } from '../photo/sharpness.ts';
import {
  decodeFaceImages,
  encodeFaceImages,
  type FaceImageFormat,
  type FaceImageRepresentation,
} from '../records/face-image.ts';
import { decodeColourJpeg2000 } from '../records/jpeg2000.ts';
import { MOST_PIXELS } from '../wsq/segments.ts';
import { headerOf } from './header.ts';

/** Flags of table 19: cropped and down-sampled. */
const CROPPED_AND_SCALED = 2 | 4;
/** Pixels of the longer side of a picture of papers: a family card (A4) at some 180 dpi. */
const LONGEST_SIDE = 2_000;
const PICTURE_QUALITY = 80;

/**
 * @param region of the head, as assessPhoto tells it
 * @param score 0–100
 * @returns the record; FACE-IMAGE-UNREADABLE when the portrait cannot be made small enough
 */
export async function keepPhoto(
  image: RgbImage,
  region: Region,
  score: number,
  at: Date,
): Promise<Result<Uint8Array>> {
  const jpeg = await cutPortrait(image, region);
  if (jpeg === null) return fail('FACE-IMAGE-UNREADABLE', `not to be had in ${PORTRAIT.most} bytes`);
  const portrait: FaceImageRepresentation = {
    ...headerOf(at, score),
    landmarks: [],
    gender: 0,
    eyeColour: 0,
    hairColour: 0,
    subjectHeight: 0,
    properties: 0,
    expression: 0,
    pose: [0, 0, 0],
    poseUncertainty: [0, 0, 0],
    kind: 'full-frontal',
    format: 'jpeg',
    width: PORTRAIT.width,
    height: PORTRAIT.height,
    samplingRateLevel: 0,
    processing: CROPPED_AND_SCALED,
    crossReference: 0,
    colourSpace: 'rgb-24',
    image: jpeg,
  };
  return ok(encodeFaceImages({ temporalSemantics: 0, representations: [portrait] }));
}

export interface FaceRecord {
  readonly image: RgbImage;
  readonly assessment: PhotoAssessment;
}

/**
 * A face image record, of a device or of this kiosk.
 * @param background as the rule asks; null: waived
 * @returns FACE-IMAGE-RECORD-INVALID, also for several pictures or none; FACE-IMAGE-UNREADABLE
 */
export async function readFaceRecord(
  record: Uint8Array,
  background: PhotoBackground | null,
): Promise<Result<FaceRecord>> {
  const image = await openFaceRecord(record);
  return image.ok ? ok({ image: image.value, assessment: assessPhoto(image.value, background) }) : image;
}

/** The same without looking at the picture. */
export async function openFaceRecord(record: Uint8Array): Promise<Result<RgbImage>> {
  const decoded = decodeFaceImages(record);
  if (!decoded.ok) return decoded;
  const [only, second] = decoded.value.representations;
  if (!only || second) return fail('FACE-IMAGE-RECORD-INVALID', 'not the record of one face');
  return openPicture(only.image, only.format);
}

/** @returns FACE-IMAGE-UNREADABLE when it is torn, has more than 4 million pixels, or is no colour picture of 8 bits */
export async function openPicture(bytes: Uint8Array, format: FaceImageFormat): Promise<Result<RgbImage>> {
  if (format === 'jpeg2000-lossy' || format === 'jpeg2000-lossless') {
    const opened = await decodeColourJpeg2000(bytes);
    return opened.ok ? opened : fail('FACE-IMAGE-UNREADABLE', opened.failure.detail);
  }
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS });
    const { data, info } = await picture
      .flatten()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) return fail('FACE-IMAGE-UNREADABLE', `${info.channels} channels`);
    return ok({ width: info.width, height: info.height, data: new Uint8Array(data) });
  } catch {
    return fail('FACE-IMAGE-UNREADABLE', 'it does not open');
  }
}

/** The whole picture as JPEG: of papers, or of face and hands with an exception. */
export async function keepPicture({ width, height, data }: RgbImage): Promise<Uint8Array> {
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  const sized = picture.resize({
    width: LONGEST_SIDE,
    height: LONGEST_SIDE,
    fit: 'inside',
    withoutEnlargement: true,
  });
  return new Uint8Array(await sized.jpeg({ quality: PICTURE_QUALITY, mozjpeg: true }).toBuffer());
}
