/** A pseudo-terminal has no baud rate; this makes one up. */

const BAUD_RATE = 115_200;

/** What a line brings at once, where it is paced. */
const PIECE = 1024;

/** Sends bytes that answer `received` others. */
export type Send = (bytes: Uint8Array, received: number) => void;

/**
 * @param pace 0: at once; 1: after the time that question and answer take on a line of 115200 baud; between: in
 *   proportion. The order of the bytes stays.
 * @param bitsPerByte With start and stop bits: 10 for 8N1, 11 for 8N2.
 */
export function paced(write: (bytes: Uint8Array) => void, pace: number, bitsPerByte: number): Send {
  if (pace === 0) return write;
  let lineFree = Promise.resolve();
  async function trickle(bytes: Uint8Array, received: number): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      const before = at === 0 ? received : 0;
      const ms = ((before + piece.length) * bitsPerByte * 1000 * pace) / BAUD_RATE;
      await new Promise<void>((resolve) => setTimeout(resolve, ms));
      write(piece);
    }
  }
  return (bytes, received) => {
    lineFree = lineFree.then(() => trickle(bytes, received));
  };
}
