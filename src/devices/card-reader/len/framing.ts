/**
 * Commands and answers of the old reader as bytes. A command is `name#arg#…#;` and a NUL; an answer is
 * `$name#payload#;` with anything before, between and after (noise, NULs, line ends).
 *
 * The protocol has no escapes, so where an answer ends is a rule of ours:
 * - it ends at the first `#;`: a `#` or a `;` alone belongs to the payload;
 * - a payload that opens with a quote (the biodata) ends at the first `"#;`, so that a field may hold `#;`;
 * - the head of another answer inside a payload means that the first answer was torn: it is dropped.
 * Payloads are bytes. The biodata is UTF-8, as on the chip; everything else that is known is ASCII.
 */

interface Frame {
  /** Without the `$`, e.g. `putktp`. */
  readonly name: string;
  readonly payload: Uint8Array;
}

/** The longest payload, in bytes, that is waited for; a biodata answer has under 2000. */
const CAP = 16 * 1024;
/** `$name#` and what follows; `$name#;` is no answer. */
const HEAD = /\$([a-z]{1,16})#(?=[^;])/g;
/** The end of what has arrived may be the beginning of a head. */
const HALF_HEAD = /\$[a-z]{0,16}#?$/;

/** Takes the bytes of a line as they come, torn and joined at will, and gives the answers among them. */
export class FrameParser {
  /** One character a byte (Latin-1): positions in it are positions in the line. */
  #text = '';
  #dropped = 0;

  /** How many bytes so far belonged to no whole answer. */
  get dropped(): number {
    return this.#dropped;
  }

  push(bytes: Uint8Array): Frame[] {
    this.#text += Buffer.from(bytes).toString('latin1');
    const frames: Frame[] = [];
    for (;;) {
      const [head, next] = this.#heads();
      if (!head) {
        this.#drop(HALF_HEAD.exec(this.#text)?.index ?? this.#text.length);
        return frames;
      }
      const start = head.index + head[0].length;
      const end = endOfPayload(this.#text, start);
      if (next && (end === -1 || next.index < end)) {
        this.#drop(next.index);
      } else if ((end === -1 ? this.#text.length - 1 : end) - start > CAP) {
        this.#drop(start);
      } else if (end === -1) {
        this.#drop(head.index);
        return frames;
      } else {
        frames.push({ name: head[1]!, payload: Buffer.from(this.#text.slice(start, end), 'latin1') });
        this.#dropped += head.index;
        this.#text = this.#text.slice(end + '#;'.length);
      }
    }
  }

  #heads() {
    const heads = this.#text.matchAll(HEAD);
    return [heads.next().value, heads.next().value] as const;
  }

  #drop(count: number): void {
    this.#dropped += count;
    this.#text = this.#text.slice(count);
  }
}

/** Where the `#;` stands that ends the payload from `start`; -1: not there yet. */
function endOfPayload(text: string, start: number): number {
  if (text[start] !== '"') return text.indexOf('#;', start);
  const quote = text.indexOf('"#;', start + 1);
  return quote === -1 ? -1 : quote + 1;
}

/**
 * The bytes of a command. undefined: an argument cannot be carried. Only printable ASCII without `#` and `;`
 * can, at least one character: cutting or replacing would let an operator's id arrive as another one.
 */
export function buildCommand(name: string, args: readonly (string | number)[]): Uint8Array | undefined {
  const fields = args.map(String);
  if (!fields.every((field) => /^[ !"$-:<-~]+$/.test(field))) return undefined;
  return Buffer.from(`${[name, ...fields].join('#')}#;\0`, 'latin1');
}
