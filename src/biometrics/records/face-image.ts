/**
 * Face image records, ISO/IEC 19794-5:2011: what the centre takes photos in. Two-dimensional images only; they stay
 * as compressed as they are. All numbers are big-endian.
 */
import { ok, type Result } from '../../failures/failure.ts';
import type { CaptureHeader } from './capture-header.ts';
import { beginsAs, HEADER_DOES_NOT_FIT, type RecordFormat, readRecord, writeRecord } from './record-frame.ts';

/** The frame's header, and the temporal semantics. */
const FORMAT: RecordFormat = {
  name: 'FAC',
  version: '030',
  header: 17,
  uncertified: 'face images',
  invalid: 'FACE-IMAGE-RECORD-INVALID',
};
const TEMPORAL_AT = 15;
/** The facial information block, and the image information block with the length of the image (5.5, 5.7). */
const FACE = 17;
const LANDMARK = 8;
const IMAGE = 15;

/** By their codes (tables 16, 17 and 21). */
const kinds = ['basic', 'full-frontal', 'token-frontal', 'post-processed-frontal'] as const;
const formats = ['jpeg', 'jpeg2000-lossy', 'jpeg2000-lossless', 'png'] as const;
const colourSpaces = ['unspecified', 'rgb-24', 'yuv-422', 'grey-8', 'rgb-48', 'grey-16', 'other'] as const;

export type FaceImageFormat = (typeof formats)[number];

/** A point of the face by type and code (MPEG-4 or anthropometric), in pixels from the top left; z by its type. */
export interface Landmark {
  readonly type: number;
  readonly code: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Yaw, pitch and roll as the record codes them (5.5.9, 5.5.10): 0 not told. */
export type Pose = readonly [yaw: number, pitch: number, roll: number];

/** The kiosk asks nothing of a face but its picture; what others wrote is kept as codes (0 not told, 255 unknown). */
export interface FaceImageRepresentation extends Omit<CaptureHeader, 'certifications'> {
  readonly landmarks: readonly Landmark[];
  readonly gender: number;
  readonly eyeColour: number;
  readonly hairColour: number;
  /** Centimetres. */
  readonly subjectHeight: number;
  /** 24 flags: glasses, moustache, … */
  readonly properties: number;
  readonly expression: number;
  readonly pose: Pose;
  readonly poseUncertainty: Pose;
  readonly kind: (typeof kinds)[number];
  readonly format: FaceImageFormat;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels across the head, in steps (table 18); 0: not told, or less than 180. */
  readonly samplingRateLevel: number;
  /** Flags: 1 rotated, 2 cropped, 4 down-sampled, … (table 19). */
  readonly processing: number;
  /** Of a post-processed image: the number of the representation that it was made of, from 1. */
  readonly crossReference: number;
  readonly colourSpace: (typeof colourSpaces)[number];
  readonly image: Uint8Array;
}

export interface FaceImageRecord {
  /** How the representations follow each other in time: 0 one only, 1 not told, … (5.3.6). */
  readonly temporalSemantics: number;
  readonly representations: readonly FaceImageRepresentation[];
}

/** Whether the bytes begin as a face image record does, of whatever year. */
export function isFaceImageRecord(bytes: Uint8Array): boolean {
  return beginsAs(FORMAT, bytes);
}

/**
 * Images are views of `bytes`, not copies. Bytes after the record are ignored.
 * @returns FACE-IMAGE-RECORD-INVALID for anything torn, of another standard or out of range
 */
export function decodeFaceImages(bytes: Uint8Array): Result<FaceImageRecord> {
  const read = readRecord(FORMAT, bytes, (view, capture, at, end) => readFace(bytes, view, capture, at, end));
  if (!read.ok) return read;
  const temporalSemantics = new DataView(bytes.buffer, bytes.byteOffset).getUint16(TEMPORAL_AT);
  return ok({ temporalSemantics, representations: read.value });
}

/** @returns what is wrong, where something is */
function readFace(
  bytes: Uint8Array,
  view: DataView,
  { time, device, qualities }: CaptureHeader,
  face: number,
  end: number,
): FaceImageRepresentation | string {
  if (face + FACE > end) return HEADER_DOES_NOT_FIT;
  const count = view.getUint16(face);
  const at = face + FACE + count * LANDMARK;
  if (at + IMAGE > end) return `its ${count} landmarks do not fit`;
  const kind = kinds[view.getUint8(at)];
  const format = formats[view.getUint8(at + 1)];
  const colourSpace = colourSpaces[view.getUint8(at + 10)];
  if (kind === undefined) return `kind ${view.getUint8(at)}`;
  if (format === undefined) return `format ${view.getUint8(at + 1)}`;
  if (colourSpace === undefined) return `colour space ${view.getUint8(at + 10)}`;
  if (at + IMAGE + view.getUint32(at + 11) !== end) return 'its image is not what is left of it';
  const pose = (offset: number): Pose => [
    view.getUint8(face + offset),
    view.getUint8(face + offset + 1),
    view.getUint8(face + offset + 2),
  ];
  return {
    ...{ time, device, qualities },
    landmarks: Array.from({ length: count }, (_, n) => readLandmark(view, face + FACE + n * LANDMARK)),
    gender: view.getUint8(face + 2),
    eyeColour: view.getUint8(face + 3),
    hairColour: view.getUint8(face + 4),
    subjectHeight: view.getUint8(face + 5),
    properties: (view.getUint8(face + 6) << 16) | view.getUint16(face + 7),
    expression: view.getUint16(face + 9),
    pose: pose(11),
    poseUncertainty: pose(14),
    kind,
    format,
    width: view.getUint16(at + 2),
    height: view.getUint16(at + 4),
    samplingRateLevel: view.getUint8(at + 6),
    processing: view.getUint16(at + 7),
    crossReference: view.getUint8(at + 9),
    colourSpace,
    image: bytes.subarray(at + IMAGE, end),
  };
}

function readLandmark(view: DataView, at: number): Landmark {
  return {
    type: view.getUint8(at),
    code: view.getUint8(at + 1),
    x: view.getUint16(at + 2),
    y: view.getUint16(at + 4),
    z: view.getUint16(at + 6),
  };
}

/** @throws RangeError for no representation, more than 65,535 of them, or as many landmarks */
export function encodeFaceImages({ temporalSemantics, representations }: FaceImageRecord): Uint8Array {
  const { bytes, view } = writeRecord(
    FORMAT,
    representations,
    ({ landmarks, image }) => FACE + landmarks.length * LANDMARK + IMAGE + image.length,
    (bytes, view, at, face) => writeImage(bytes, view, writeFace(view, at, face), face),
  );
  view.setUint16(TEMPORAL_AT, temporalSemantics);
  return bytes;
}

/** @returns where the block ends */
function writeFace(view: DataView, at: number, face: FaceImageRepresentation): number {
  if (face.landmarks.length > 0xffff) throw new RangeError(`${face.landmarks.length} landmarks`);
  view.setUint16(at, face.landmarks.length);
  view.setUint8(at + 2, face.gender);
  view.setUint8(at + 3, face.eyeColour);
  view.setUint8(at + 4, face.hairColour);
  view.setUint8(at + 5, face.subjectHeight);
  view.setUint8(at + 6, face.properties >> 16);
  view.setUint16(at + 7, face.properties & 0xffff);
  view.setUint16(at + 9, face.expression);
  [...face.pose, ...face.poseUncertainty].forEach((angle, n) => {
    view.setUint8(at + 11 + n, angle);
  });
  face.landmarks.forEach(({ type, code, x, y, z }, n) => {
    const point = at + FACE + n * LANDMARK;
    view.setUint8(point, type);
    view.setUint8(point + 1, code);
    view.setUint16(point + 2, x);
    view.setUint16(point + 4, y);
    view.setUint16(point + 6, z);
  });
  return at + FACE + face.landmarks.length * LANDMARK;
}

function writeImage(bytes: Uint8Array, view: DataView, at: number, image: FaceImageRepresentation): void {
  view.setUint8(at, kinds.indexOf(image.kind));
  view.setUint8(at + 1, formats.indexOf(image.format));
  view.setUint16(at + 2, image.width);
  view.setUint16(at + 4, image.height);
  view.setUint8(at + 6, image.samplingRateLevel);
  view.setUint16(at + 7, image.processing);
  view.setUint8(at + 9, image.crossReference);
  view.setUint8(at + 10, colourSpaces.indexOf(image.colourSpace));
  view.setUint32(at + 11, image.image.length);
  bytes.set(image.image, at + IMAGE);
}
