/**
 * The bench's dice: seeded by a text, so that the same text gives the same fingers, faces and signatures on
 * every machine. Not for secrets.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
    // FNV-1a over the text, three times with different starts.
    const hash = (start: number) => {
      let h = start;
      for (let i = 0; i < seed.length; i++) h = Math.imul(h ^ seed.charCodeAt(i), 0x01000193);
      return h >>> 0;
    };
    this.#a = hash(0x811c9dc5);
    this.#b = hash(0x9e3779b9);
    this.#c = hash(0x85ebca6b);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** Uniform in [0, 1). The sfc32 generator of PractRand (32-bit words, a counter). */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 0x100000000;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Normal with mean 0 and deviation 1, cut at ±3.46 (a sum of twelve uniforms would be 6; four do here). */
  normal(): number {
    return (this.next() + this.next() + this.next() + this.next() - 2) * Math.sqrt(3);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.next() * choices.length)]!;
  }

  /** Independent dice for a part of the work; how often the parent was thrown does not matter. */
  for(part: string): Random {
    return new Random(`${this.#seed}/${part}`);
  }
}
