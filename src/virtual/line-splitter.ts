/** Cuts a stream into lines. A line without end is cut off here; the APDU log of a long day stays below it. */
const LONGEST = 64 * 1024 * 1024;

export class LineSplitter {
  #decoder = new TextDecoder();
  #rest = '';

  /** The lines that are complete now, without their line ends. */
  push(bytes: Uint8Array): string[] {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop()!.slice(0, LONGEST);
    return lines.filter((line) => line !== '');
  }
}
