/** Which cards of the deck were activated; kept in a file when one is configured, so that a new bench knows them. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const content = z.strictObject({ activated: z.array(z.string()) });

export class Activations {
  readonly #file: string | undefined;
  readonly #ids: Set<string>;

  /** A file that is not there or not ours counts as empty. */
  constructor(file: string | undefined) {
    this.#file = file;
    this.#ids = new Set(file ? read(file) : []);
  }

  has(card: string): boolean {
    return this.#ids.has(card);
  }

  /** On disk when it returns: a card does not forget either. */
  add(card: string): void {
    this.#ids.add(card);
    if (!this.#file) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify({ activated: [...this.#ids] }));
    renameSync(draft, this.#file);
  }
}

function read(file: string): readonly string[] {
  try {
    return content.parse(JSON.parse(readFileSync(file, 'utf8'))).activated;
  } catch {
    return [];
  }
}
