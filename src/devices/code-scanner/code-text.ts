/** A code as it arrives, character by character, for both kinds of scanner. */

/** The most that a QR code holds: version 40-L, alphanumeric (ISO/IEC 18004, table 7). */
export const LONGEST_CODE = 4_296;

export class CodeText {
  #text = '';
  #spoilt = false;

  /** Something has come of a code that has not ended. */
  get begun(): boolean {
    return this.#spoilt || this.#text !== '';
  }

  /** @param character undefined: one that no code holds; the code is passed over to its end. */
  add(character: string | undefined): void {
    if (character === undefined || this.#text.length === LONGEST_CODE) {
      this.#spoilt = true;
      this.#text = '';
    } else if (!this.#spoilt) {
      this.#text += character;
    }
  }

  /** The code has ended; none when it was empty or spoilt. */
  end(): string[] {
    const whole = this.#text;
    this.forget();
    return whole === '' ? [] : [whole];
  }

  forget(): void {
    this.#text = '';
    this.#spoilt = false;
  }
}
