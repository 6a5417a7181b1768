/** Pictures for screens: small ones of what a device sees, and one of a sample that is kept. */
import sharp from 'sharp';
import { ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { RgbImage } from '../../rules/rgb-image.ts';
import { signaturePicture } from '../signature/track.ts';
import { openFingerRecord } from './finger-sample.ts';
import { openIrisRecord } from './iris-sample.ts';
import { openFaceRecord } from './photo-sample.ts';
import type { ToProve } from './prove.ts';
import { readSignature } from './signature-sample.ts';

export interface Picture {
  readonly mime: 'image/jpeg' | 'image/svg+xml';
  readonly bytes: Uint8Array;
}

/** Pixels across, and JPEG's measure. */
const PREVIEW_WIDTH = 480;
const PREVIEW_QUALITY = 70;

/** What a device sees, small. */
export async function previewOf({ width, height, data }: GrayImage | RgbImage): Promise<Picture> {
  const channels = data.length === width * height ? 1 : 3;
  const picture = sharp(data, { raw: { width, height, channels } });
  const sized = picture.resize({ width: PREVIEW_WIDTH, withoutEnlargement: true });
  return jpeg(await sized.jpeg({ quality: PREVIEW_QUALITY }).toBuffer());
}

/**
 * A sample, for its owner to see.
 * @returns …-RECORD-INVALID, …-UNREADABLE or …-UNSUPPORTED of its kind
 */
export async function pictureOfSample({
  kind,
  record,
}: Pick<ToProve, 'kind' | 'record'>): Promise<Result<Picture>> {
  switch (kind) {
    case 'document':
    case 'exception-photo':
      return ok(jpeg(record));
    case 'photo': {
      const face = await openFaceRecord(record);
      return face.ok ? ok(await previewOf(face.value)) : face;
    }
    case 'finger': {
      const finger = await openFingerRecord(record);
      return finger.ok ? ok(await previewOf(finger.value.image)) : finger;
    }
    case 'iris': {
      const iris = await openIrisRecord(record);
      return iris.ok ? ok(await previewOf(iris.value.image)) : iris;
    }
    case 'signature': {
      const signature = readSignature(record);
      if (!signature.ok) return signature;
      const { points, area } = signature.value;
      return ok({ mime: 'image/svg+xml', bytes: Buffer.from(signaturePicture(points, area)) });
    }
  }
}

const jpeg = (bytes: Uint8Array): Picture => ({ mime: 'image/jpeg', bytes: new Uint8Array(bytes) });
