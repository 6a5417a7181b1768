/**
 * The proof that a sample is what was captured, made from what was read back from disk: its hash, its record read by
 * another reader than that of its codec, its image opened, its template extracted anew and compared with the kept one.
 */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { fail, ok, type Result } from '../../failures/failure.ts';
import { type FingerPosition, isFingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Eye } from '../../rules/recording.ts';
import { extract } from '../fingerprint/extract.ts';
import { match, prepare } from '../fingerprint/match.ts';
import { OWN } from '../fingerprint/thresholds.ts';
import { compareIris, SAME_EYE } from '../iris/compare.ts';
import { extractIris } from '../iris/extract.ts';
import { decodeIrisTemplate, encodeIrisTemplate } from '../iris/template.ts';
import type { FaceImageFormat } from '../records/face-image.ts';
import { decodeFingerMinutiae } from '../records/finger-minutiae.ts';
import { decodePicture } from '../records/pictures.ts';
import { minutiaeRecord } from './finger-sample.ts';
import { openPicture } from './photo-sample.ts';
import { type PlainPicture, readPlainly } from './plain-reader.ts';

/** A sample as the store gives it back. */
export interface ToProve {
  readonly kind: 'photo' | 'signature' | 'finger' | 'iris' | 'document' | 'exception-photo';
  readonly position?: FingerPosition;
  readonly eye?: Eye;
  readonly record: Uint8Array;
  readonly template?: Uint8Array;
  /** Lower-case hex SHA-256 of the record, as it was when it was captured. */
  readonly sha256: string;
}

export interface Proof {
  /**
   * Of the template with the one extracted anew: decibels for a finger (fingerprint/thresholds.ts), 0–100 for an iris,
   * 100 the same; 0 where nothing is to be matched.
   */
  readonly score: number;
  /** The record is whole and readable, and its template is the kept one. */
  readonly ok: boolean;
}

/** Image codes: of 19794-4 and 19794-6 no compression, of 19794-5 those of FaceImageFormat. */
const RAW = { finger: 0, iris: 2 } as const;
const FACE_FORMATS: readonly FaceImageFormat[] = ['jpeg', 'jpeg2000-lossy', 'jpeg2000-lossless', 'png'];
const EYE_CODES: Readonly<Record<Eye, number>> = { right: 1, left: 2 };

/**
 * @returns SAMPLE-ALTERED for another hash; CAPTURE-RECORD-OTHER for the record of another finger or eye;
 *   SAMPLE-UNREADABLE when it, its image or its template cannot be read; `ok: false` when the templates differ
 */
export async function proveSample(sample: ToProve): Promise<Result<Proof>> {
  const { kind, record, sha256 } = sample;
  if (createHash('sha256').update(record).digest('hex') !== sha256) return fail('SAMPLE-ALTERED', kind);
  if (kind === 'document' || kind === 'exception-photo') return provePicture(record);
  const read = readPlainly(record);
  if (!read.ok) return read;
  if (read.value.part !== (kind === 'photo' ? 'face' : kind))
    return fail('SAMPLE-UNREADABLE', `a ${read.value.part} in place of a ${kind}`);
  switch (read.value.part) {
    case 'signature':
      return read.value.down > 0 ? WHOLE : fail('SAMPLE-UNREADABLE', 'a signature without ink');
    case 'face':
      return proveFace(read.value);
    case 'finger':
      return proveFinger(read.value, sample);
    case 'iris':
      return proveIris(read.value, sample);
  }
}

const WHOLE: Result<Proof> = ok({ score: 0, ok: true });

async function provePicture(jpeg: Uint8Array): Promise<Result<Proof>> {
  try {
    await sharp(jpeg).raw().toBuffer();
    return WHOLE;
  } catch {
    return fail('SAMPLE-UNREADABLE', 'the picture does not open');
  }
}

async function proveFace({ format, image, width, height }: PlainPicture): Promise<Result<Proof>> {
  const known = FACE_FORMATS[format];
  const opened = known === undefined ? undefined : await openPicture(image, known);
  if (!opened?.ok) return fail('SAMPLE-UNREADABLE', 'the picture does not open');
  const whole = opened.value.width === width && opened.value.height === height;
  return whole ? WHOLE : fail('SAMPLE-UNREADABLE', 'the picture has another size than is told');
}

async function proveFinger(picture: PlainPicture, { position, template }: ToProve): Promise<Result<Proof>> {
  if (position === undefined || picture.place !== position || !isFingerPosition(position))
    return fail('CAPTURE-RECORD-OTHER', `position ${picture.place} for ${position}`);
  const image = await openGrey(picture, RAW.finger);
  if (!image.ok) return image;
  const kept = template && decodeFingerMinutiae(template);
  if (!template || !kept?.ok || kept.value.length !== 1)
    return fail('SAMPLE-UNREADABLE', 'the template is no record of one finger');
  const anew = extract(image.value).template;
  const score = match(prepare(anew), prepare(kept.value[0]!));
  // A print with hardly a minutia matches nothing, not even itself; but its template is the very same.
  const same = Buffer.compare(minutiaeRecord(anew, position), template) === 0;
  return ok({ score, ok: same || score >= OWN.far1in10000 });
}

async function proveIris(picture: PlainPicture, { eye, template }: ToProve): Promise<Result<Proof>> {
  if (eye === undefined || picture.place !== EYE_CODES[eye])
    return fail('CAPTURE-RECORD-OTHER', `eye ${picture.place} for ${eye}`);
  const image = await openGrey(picture, RAW.iris);
  if (!image.ok) return image;
  const kept = template && decodeIrisTemplate(template);
  if (!template || !kept?.ok) return fail('SAMPLE-UNREADABLE', 'the template is no iris code');
  const anew = extractIris(image.value);
  if (!anew.ok) return ok({ score: 0, ok: false });
  const { distance } = compareIris(kept.value, anew.value.template);
  const same = Buffer.compare(encodeIrisTemplate(anew.value.template), template) === 0;
  return ok({ score: Math.round(100 * (1 - 2 * distance)), ok: same || distance <= SAME_EYE });
}

async function openGrey(picture: PlainPicture, raw: number): Promise<Result<GrayImage>> {
  const { format, width, height, dpi, image } = picture;
  const opened =
    format === raw
      ? ok({ width, height, dpi, data: image.length === width * height ? image.slice() : new Uint8Array() })
      : await decodePicture(image);
  if (!opened.ok) return fail('SAMPLE-UNREADABLE', 'the image does not open');
  const { data } = opened.value;
  if (opened.value.width !== width || opened.value.height !== height || data.length === 0)
    return fail('SAMPLE-UNREADABLE', 'the image has another size than is told');
  return ok({ ...opened.value, dpi });
}
