/**
 * What certified devices see of the virtual people, as ISO records: fingers (19794-4), eyes (19794-6), faces (19794-5).
 */
import sharp from 'sharp';
import { encodeFaceImages } from '../../biometrics/records/face-image.ts';
import { encodeFingerImages } from '../../biometrics/records/finger-image.ts';
import { compressFingerImage } from '../../biometrics/records/finger-image-pixels.ts';
import { encodeIrisImages } from '../../biometrics/records/iris-image.ts';
import { compressIrisImage } from '../../biometrics/records/iris-image-pixels.ts';
import type { FingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { RgbImage } from '../../rules/rgb-image.ts';
import type { Person } from '../people/people.ts';
import { CLOTHS, drawScene, PLAIN_SCENE } from '../people/photo-scene.ts';
import { residents } from '../people/residents.ts';

const FACE = { width: 480, height: 640 };
const JPEG_QUALITY = 90;

export function faceImage(person: Person): Promise<RgbImage> {
  const looks = residents.find(({ id }) => id === person.id)?.looks ?? null;
  return drawScene({ ...PLAIN_SCENE, ...FACE, looks, background: CLOTHS.white });
}

/** What stands at the head of every record; quality 0–100. */
const capture = (score: number) => {
  const now = new Date();
  return {
    time: {
      year: now.getUTCFullYear(),
      month: now.getUTCMonth() + 1,
      day: now.getUTCDate(),
      hour: now.getUTCHours(),
      minute: now.getUTCMinutes(),
      second: now.getUTCSeconds(),
      millisecond: now.getUTCMilliseconds(),
    },
    device: { technology: 0, vendor: 0, type: 0 },
    qualities: [{ score, vendor: 0, algorithm: 0 }],
  };
};

export async function fingerRecord(
  image: GrayImage,
  position: FingerPosition,
  score: number,
): Promise<Uint8Array> {
  const rate = { x: image.dpi, y: image.dpi };
  return encodeFingerImages([
    {
      ...capture(score),
      certifications: [],
      position,
      number: 0,
      unit: 'inch',
      scanRate: rate,
      imageRate: rate,
      depth: 8,
      compression: 'jpeg2000-lossless',
      impression: 0,
      width: image.width,
      height: image.height,
      image: await compressFingerImage(image, 'jpeg2000-lossless'),
      extended: new Uint8Array(),
    },
  ]);
}

export async function irisRecord(
  image: GrayImage,
  eye: 'left' | 'right',
  score: number,
): Promise<Uint8Array> {
  const untold = { smallest: 0, largest: 0 };
  return encodeIrisImages([
    {
      ...capture(score),
      number: 1,
      eye,
      kind: 'vga',
      format: 'jpeg2000',
      horizontal: 'base',
      vertical: 'base',
      compressionHistory: 'lossless-or-none',
      width: image.width,
      height: image.height,
      depth: 8,
      range: 0,
      roll: null,
      centreX: untold,
      centreY: untold,
      diameter: untold,
      image: await compressIrisImage(image, 'jpeg2000'),
    },
  ]);
}

export async function faceRecord({ width, height, data }: RgbImage, score: number): Promise<Uint8Array> {
  const raw = sharp(data, { raw: { width, height, channels: 3 } });
  return encodeFaceImages({
    temporalSemantics: 0,
    representations: [
      {
        ...capture(score),
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
        width,
        height,
        samplingRateLevel: 0,
        processing: 0,
        crossReference: 0,
        colourSpace: 'rgb-24',
        image: await raw.jpeg({ quality: JPEG_QUALITY }).toBuffer(),
      },
    ],
  });
}
