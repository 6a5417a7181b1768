/** A finger from the bytes of any file that the kiosk can read, told apart by how they begin. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import { type FingerPosition, isFingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { FingerTemplate } from '../fingerprint/template.ts';
import { decodeFingerImages, isFingerImageRecord } from './finger-image.ts';
import { openFingerImage } from './finger-image-pixels.ts';
import { decodeFingerMinutiae } from './finger-minutiae.ts';
import { decodeFingerMinutiae2011, isFingerMinutiae2011 } from './finger-minutiae-2011.ts';
import { decodePicture } from './pictures.ts';

export type FingerFile =
  | { readonly kind: 'template'; readonly template: FingerTemplate }
  | { readonly kind: 'image'; readonly image: GrayImage; readonly position: FingerPosition | 0 };

/**
 * The template of an ISO/IEC 19794-2 record (2005, 2011), or the image of a 19794-4:2011 record, a PNG, JPEG, JPEG
 * 2000 or WSQ file. Of a record with several fingers, the first. Card formats have no mark and are not told here.
 * @returns FINGER-FILE-UNKNOWN, FINGER-RECORD-INVALID, FINGER-IMAGE-RECORD-INVALID, FINGER-WSQ-INVALID,
 *   FINGER-IMAGE-UNREADABLE or FINGER-IMAGE-UNSUPPORTED
 */
export async function readFinger(bytes: Uint8Array): Promise<Result<FingerFile>> {
  if (isMinutiaeRecord(bytes)) {
    const templates = isFingerMinutiae2011(bytes)
      ? decodeFingerMinutiae2011(bytes)
      : decodeFingerMinutiae(bytes);
    if (!templates.ok) return templates;
    const [template] = templates.value;
    return template ? ok({ kind: 'template', template }) : fail('FINGER-RECORD-INVALID', 'no finger view');
  }
  if (isFingerImageRecord(bytes)) {
    const representations = decodeFingerImages(bytes);
    if (!representations.ok) return representations;
    const [representation] = representations.value;
    if (!representation) return fail('FINGER-IMAGE-RECORD-INVALID', 'no representation');
    const image = await openFingerImage(representation);
    const { position } = representation;
    return image.ok
      ? ok({ kind: 'image', image: image.value, position: isFingerPosition(position) ? position : 0 })
      : image;
  }
  const image = await decodePicture(bytes);
  return image.ok ? ok({ kind: 'image', image: image.value, position: 0 }) : image;
}

/** "FMR\0", of whatever year. */
function isMinutiaeRecord(bytes: Uint8Array): boolean {
  return bytes[0] === 0x46 && bytes[1] === 0x4d && bytes[2] === 0x52 && bytes[3] === 0;
}
