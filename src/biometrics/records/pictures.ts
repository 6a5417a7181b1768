/** Pictures of fingers as files: told apart by how they begin, opened to 8-bit grey. */
import sharp from 'sharp';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import { decodeWsq, isWsq } from '../wsq/decode.ts';
import { MOST_PIXELS } from '../wsq/segments.ts';
import { decodeJpeg2000, isJpeg2000 } from './jpeg2000.ts';

export type PictureFormat = 'wsq' | 'jpeg2000' | 'png' | 'jpeg';

/** What fingerprint scanners give, and what files are taken for that do not tell. */
const DPI = 500;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];

/** null: none that is known. */
export function pictureFormat(bytes: Uint8Array): PictureFormat | null {
  const begins = (magic: readonly number[]) => magic.every((byte, n) => bytes[n] === byte);
  if (isWsq(bytes)) return 'wsq';
  if (isJpeg2000(bytes)) return 'jpeg2000';
  if (begins(PNG)) return 'png';
  return begins(JPEG) ? 'jpeg' : null;
}

/**
 * The resolution is that of a WSQ file, 500 dpi for all others: what PNG and JPEG files tell is mostly the default
 * of the program that wrote them.
 * @returns FINGER-FILE-UNKNOWN, FINGER-WSQ-INVALID, FINGER-IMAGE-UNREADABLE or FINGER-IMAGE-UNSUPPORTED
 */
export async function decodePicture(bytes: Uint8Array): Promise<Result<GrayImage>> {
  switch (pictureFormat(bytes)) {
    case 'wsq':
      return decodeWsq(bytes);
    case 'jpeg2000': {
      const pixels = await decodeJpeg2000(bytes);
      return pixels.ok ? ok({ ...pixels.value, dpi: DPI }) : pixels;
    }
    case 'png':
    case 'jpeg':
      return decodeBySharp(bytes);
    case null:
      return fail('FINGER-FILE-UNKNOWN', 'no known picture');
  }
}

async function decodeBySharp(bytes: Uint8Array): Promise<Result<GrayImage>> {
  try {
    const picture = sharp(bytes, { limitInputPixels: false });
    const { width, height } = await picture.metadata();
    if (width * height > MOST_PIXELS) return fail('FINGER-IMAGE-UNSUPPORTED', `${width} × ${height} pixels`);
    const grey = picture.flatten({ background: 'white' }).toColourspace('b-w').raw();
    const data = new Uint8Array(await grey.toBuffer());
    if (data.length !== width * height) return fail('FINGER-IMAGE-UNREADABLE', `${data.length} pixels`);
    return ok({ width, height, dpi: DPI, data });
  } catch (error) {
    return fail('FINGER-IMAGE-UNREADABLE', (error as Error).message);
  }
}

export async function encodePng({ width, height, data }: GrayImage): Promise<Uint8Array> {
  const png = sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png();
  return new Uint8Array(await png.toBuffer());
}
