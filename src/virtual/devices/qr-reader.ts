/** Reads what a printed picture says, as a phone would. */
import jsQR from 'jsqr';

/** @param dots Rows of whole bytes, the first dot in the highest bit; 1 is black. undefined: it is no QR code. */
export function readQrCode(width: number, height: number, dots: Uint8Array): string | undefined {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    if (dots[i >> 3]! & (0x80 >> (i & 7))) pixels.fill(0, 4 * i, 4 * i + 3);
  }
  return jsQR.default(pixels, width, height)?.data;
}
