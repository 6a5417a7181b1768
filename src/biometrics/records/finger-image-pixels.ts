/** Opens and compresses the images of ISO/IEC 19794-4 records. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import { encodeWsq } from '../wsq/encode.ts';
import { MOST_PIXELS } from '../wsq/segments.ts';
import type { Compression, FingerImageRepresentation } from './finger-image.ts';
import { encodeJpeg2000 } from './jpeg2000.ts';
import { CM_PER_INCH } from './minutia-fields.ts';
import { decodePicture, encodePng, type PictureFormat, pictureFormat } from './pictures.ts';

/** The compressions that the kiosk writes. */
export type WrittenCompression = 'raw' | 'wsq' | 'jpeg2000-lossless' | 'png';

const formats: Readonly<Partial<Record<Compression, PictureFormat>>> = {
  wsq: 'wsq',
  jpeg: 'jpeg',
  'jpeg2000-lossy': 'jpeg2000',
  'jpeg2000-lossless': 'jpeg2000',
  png: 'png',
};

/**
 * The resolution is the image rate of the record.
 * @returns FINGER-IMAGE-UNREADABLE when the image is torn, in another format or of another size than the record
 *   tells; FINGER-IMAGE-UNSUPPORTED for bit-packed images, other depths than 8 bits, and unequal rates;
 *   FINGER-WSQ-INVALID
 */
export async function openFingerImage(representation: FingerImageRepresentation): Promise<Result<GrayImage>> {
  const { width, height, depth, compression, unit, imageRate, image } = representation;
  if (depth !== 8) return fail('FINGER-IMAGE-UNSUPPORTED', `${depth} bits a pixel`);
  if (imageRate.x !== imageRate.y || imageRate.x === 0)
    return fail('FINGER-IMAGE-UNSUPPORTED', `image rates ${imageRate.x} and ${imageRate.y}`);
  if (width * height > MOST_PIXELS) return fail('FINGER-IMAGE-UNSUPPORTED', `${width} × ${height} pixels`);
  const dpi = unit === 'inch' ? imageRate.x : Math.round(imageRate.x * CM_PER_INCH);
  if (compression === 'raw') {
    if (image.length !== width * height || image.length === 0)
      return fail('FINGER-IMAGE-UNREADABLE', `${image.length} bytes for ${width} × ${height} pixels`);
    return ok({ width, height, dpi, data: image.slice() });
  }
  const format = formats[compression];
  if (format === undefined) return fail('FINGER-IMAGE-UNSUPPORTED', compression);
  if (pictureFormat(image) !== format) return fail('FINGER-IMAGE-UNREADABLE', `the image is not ${format}`);
  const opened = await decodePicture(image);
  if (!opened.ok) return opened;
  if (opened.value.width !== width || opened.value.height !== height)
    return fail('FINGER-IMAGE-UNREADABLE', 'the image has another size than the record');
  return ok({ ...opened.value, dpi });
}

/**
 * The bytes for `image` of a representation, 8 bits a pixel. All but WSQ (at 0.75 bits a pixel) are without loss.
 * @throws RangeError for WSQ of fewer than 32 pixels a side
 */
export async function compressFingerImage(
  image: GrayImage,
  compression: WrittenCompression,
): Promise<Uint8Array> {
  switch (compression) {
    case 'raw':
      return image.data.slice();
    case 'wsq':
      return encodeWsq(image);
    case 'jpeg2000-lossless':
      return encodeJpeg2000(image);
    case 'png':
      return encodePng(image);
  }
}
