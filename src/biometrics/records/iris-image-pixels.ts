/** Opens and compresses the images of ISO/IEC 19794-6 records. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import { MOST_PIXELS } from '../wsq/segments.ts';
import type { IrisImageFormat, IrisImageRepresentation } from './iris-image.ts';
import { encodeJpeg2000 } from './jpeg2000.ts';
import { decodePicture, encodePng, pictureFormat } from './pictures.ts';

/** The formats that the kiosk writes, all without loss. */
export type WrittenIrisFormat = Exclude<IrisImageFormat, 'jpeg'>;

/**
 * The image's `dpi` is 0: the scale of an iris image depends on the distance.
 * @returns IRIS-IMAGE-UNREADABLE when the image is torn, in another format or of another size than the record tells;
 *   IRIS-IMAGE-UNSUPPORTED for other depths than 8 bits and for more than 4 million pixels
 */
export async function openIrisImage(representation: IrisImageRepresentation): Promise<Result<GrayImage>> {
  const { width, height, depth, format, image } = representation;
  if (depth !== 8) return fail('IRIS-IMAGE-UNSUPPORTED', `${depth} bits a pixel`);
  if (width * height > MOST_PIXELS) return fail('IRIS-IMAGE-UNSUPPORTED', `${width} × ${height} pixels`);
  if (format === 'raw') {
    if (image.length !== width * height || image.length === 0)
      return fail('IRIS-IMAGE-UNREADABLE', `${image.length} bytes for ${width} × ${height} pixels`);
    return ok({ width, height, dpi: 0, data: image.slice() });
  }
  if (pictureFormat(image) !== format) return fail('IRIS-IMAGE-UNREADABLE', `the image is not ${format}`);
  const opened = await decodePicture(image);
  if (!opened.ok) {
    const { code, detail } = opened.failure;
    return fail(
      code === 'FINGER-IMAGE-UNSUPPORTED' ? 'IRIS-IMAGE-UNSUPPORTED' : 'IRIS-IMAGE-UNREADABLE',
      detail,
    );
  }
  if (opened.value.width !== width || opened.value.height !== height)
    return fail('IRIS-IMAGE-UNREADABLE', 'the image has another size than the record');
  return ok({ ...opened.value, dpi: 0 });
}

/** The bytes for `image` of a representation, 8 bits a pixel. */
export async function compressIrisImage(image: GrayImage, format: WrittenIrisFormat): Promise<Uint8Array> {
  switch (format) {
    case 'raw':
      return image.data.slice();
    case 'jpeg2000':
      return encodeJpeg2000(image);
    case 'png':
      return encodePng(image);
  }
}
