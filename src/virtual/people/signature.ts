/**
 * The signature on a virtual person's chip: 168 × 44 pixels, 1 bit each (1 is ink), rows of 21 bytes from the top,
 * first pixel in the highest bit, the whole as one raw DEFLATE stream (RFC 1951). How the real chip compresses its
 * bitmap is not public.
 */
import { deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import type { Random } from './random.ts';

const SIGNATURE_WIDTH = 168;
const SIGNATURE_HEIGHT = 44;

export async function sign(random: Random): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIGNATURE_WIDTH}" height="${SIGNATURE_HEIGHT}">
    <rect width="100%" height="100%" fill="#fff"/>
    <path d="${penPath(random)}" fill="none" stroke="#000" stroke-width="1.6" stroke-linecap="round"/></svg>`;
  const grey = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer();
  const bits = new Uint8Array((SIGNATURE_WIDTH / 8) * SIGNATURE_HEIGHT);
  for (let i = 0; i < grey.length; i++) {
    if (grey[i]! < 128) bits[i >> 3]! |= 0x80 >> (i & 7);
  }
  return deflateRawSync(bits, { level: 9 });
}

/** A capital, some loops of a hand in a hurry, and a stroke beneath. */
function penPath(random: Random): string {
  const at = (value: number) => value.toFixed(1);
  let x = random.between(12, 20);
  let path = `M${at(x)} 34 C${at(x + 2)} 4 ${at(x + 14)} 2 ${at(x + 12)} 20 S${at(x)} 40 ${at(x + 20)} 26`;
  x += 20;
  const loops = 5 + Math.floor(random.between(0, 4));
  const stride = (SIGNATURE_WIDTH - 30 - x) / loops;
  for (let i = 0; i < loops; i++) {
    const peak = random.next() < 0.25 ? random.between(4, 9) : random.between(14, 21);
    const base = random.between(25, 31);
    path += ` C${at(x + stride * 1.1)} ${at(peak)} ${at(x + stride * 0.2)} ${at(peak)} ${at(x + stride * 0.5)} ${at(base)}`;
    path += ` S${at(x + stride * 0.8)} ${at(base + 4)} ${at(x + stride)} ${at(base - 4)}`;
    x += stride;
  }
  return `${path} M${at(x + 12)} 34 Q${at(x - 40)} 38 ${at(random.between(30, 50))} 40`;
}
