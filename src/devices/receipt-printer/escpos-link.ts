/** A line with an ESC/POS printer at its other end: questions out, single bytes in, each question with its time-out. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import { openSerial, type SerialLine } from '../transport/serial.ts';
import type { WireTrace } from '../transport/trace.ts';
import {
  CLEAR,
  isPrinted,
  isRealTime,
  type Paper,
  paperOf,
  REAL_TIME,
  TELL_WHEN_PRINTED,
  textOf,
  troubleOf,
} from './escpos-status.ts';
import { openLp } from './lp-line.ts';
import type { EscposSettings } from './settings.ts';

const ANSWER_MS = 700;
/** Spoilt or lost on the way: asked again. */
const TRIES = 3;
/** Nothing more belongs to an answer after so long (USB adapters wait up to 16 ms). */
const QUIET_MS = 40;
/** What is sent at once; whoever aborts does so between two. */
const PIECE = 512;
/** Between two looks whether it still prints. */
const LOOK_MS = 250;
/** A receipt of half a metre on a slow printer. */
const LONGEST_PRINT_MS = 20_000;
/** Some printers answer it, all need a moment. */
const CLEAR_MS = 150;

export type LinkSettings = Pick<EscposSettings, 'interface' | 'port' | 'baudRate'>;

/** Fails with PRINTER-ABSENT, or as openSerial does. */
export async function openEscposLink(settings: LinkSettings, wire?: WireTrace): Promise<Result<EscposLink>> {
  const { port, baudRate } = settings;
  const opened =
    settings.interface === 'usb'
      ? await openLp(port, wire)
      : await openSerial({ path: port, baudRate }, wire);
  if (opened.ok) return ok(new EscposLink(opened.value));
  const { code, detail } = opened.failure;
  return code === 'SERIAL-ABSENT' ? fail('PRINTER-ABSENT', detail) : opened;
}

export class EscposLink {
  readonly #line: SerialLine;
  #alive = true;

  constructor(line: SerialLine) {
    this.#line = line;
    void line.ended.then(() => {
      this.#alive = false;
    });
  }

  /** The line is still there. */
  get alive(): boolean {
    return this.#alive;
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  /** It listens, whatever its state. */
  async greet(): Promise<Result> {
    const answer = await this.#ask(REAL_TIME.printer);
    return answer.ok ? ok() : answer;
  }

  /** ok with its paper when it can print; else PRINTER-PAPER-OUT, PRINTER-COVER-OPEN, PRINTER-FAULT, or why it is not known. */
  async state(): Promise<Result<Paper>> {
    const offline = await this.#ask(REAL_TIME.offlineCause);
    if (!offline.ok) return offline;
    if (troubleOf(offline.value)) {
      // One flipped bit would look like it.
      const again = await this.#ask(REAL_TIME.offlineCause);
      if (!again.ok) return again;
      const trouble = troubleOf(again.value);
      if (trouble) return fail(trouble, `DLE EOT 2: ${again.value.toString(16)}`);
    }
    const paper = await this.#ask(REAL_TIME.paper, (answer) => paperOf(answer) !== undefined);
    if (!paper.ok) return paper;
    const left = paperOf(paper.value)!;
    return left === 'out' ? fail('PRINTER-PAPER-OUT', 'DLE EOT 4') : ok(left);
  }

  /** ok when all of it is on paper. The first failure or the abort (undefined) leaves the rest in the printer. */
  async print(document: Uint8Array, signal: AbortSignal): Promise<Result<Paper> | undefined> {
    for (let at = 0; at < document.length; at += PIECE) {
      if (signal.aborted) return undefined;
      const sent = await this.#send(document.subarray(at, at + PIECE));
      if (!sent.ok) return sent;
    }
    for (const deadline = performance.now() + LONGEST_PRINT_MS; performance.now() < deadline; ) {
      if (signal.aborted) return undefined;
      // Behind all of it; asked anew each time, since the answer may have been lost.
      const sent = await this.#send(TELL_WHEN_PRINTED);
      if (!sent.ok) return sent;
      const heard = await this.#hear(LOOK_MS);
      if (!heard.ok) return heard;
      const printed = heard.value.length > 0 && heard.value.every(isPrinted);
      const state = await this.state();
      if (!state.ok || printed) return state;
    }
    return fail('PRINTER-SILENT', 'it does not tell that it has printed');
  }

  /** Drops what has not been printed, and cuts off what has. */
  async abandon(scrap: Uint8Array): Promise<Result> {
    const cleared = await this.#send(CLEAR);
    if (!cleared.ok) return cleared;
    await delay(CLEAR_MS);
    const heard = await this.#hear(QUIET_MS);
    if (!heard.ok) return heard;
    const state = await this.state();
    if (state.ok) return this.#send(scrap);
    return state.failure.code === 'PRINTER-LOST' ? state : ok();
  }

  /** What it tells of itself in words; undefined: nothing, as many printers do. */
  async text(question: Uint8Array): Promise<Result<string | undefined>> {
    const sent = await this.#send(question);
    if (!sent.ok) return sent;
    const heard = await this.#hear(ANSWER_MS);
    return heard.ok ? ok(textOf(heard.value)) : heard;
  }

  async #ask(question: Uint8Array, sound: (answer: number) => boolean = () => true): Promise<Result<number>> {
    const name = `DLE EOT ${question[2]}`;
    for (let tries = 1; ; tries++) {
      this.#line.discard();
      const sent = await this.#send(question);
      if (!sent.ok) return sent;
      const heard = await this.#hear(ANSWER_MS);
      if (!heard.ok) return heard;
      // It may also tell just now that it has printed; where one byte is neither, nothing counts.
      const noise = heard.value.some((byte) => !isRealTime(byte) && !isPrinted(byte));
      const [answer, ...more] = noise ? [] : heard.value.filter(isRealTime);
      if (answer !== undefined && more.length === 0 && sound(answer)) return ok(answer);
      if (tries < TRIES) continue;
      return heard.value.length === 0 ? fail('PRINTER-SILENT', name) : fail('PRINTER-GARBLED', name);
    }
  }

  /** What comes within `patienceMs` and without a pause after it; may be nothing. */
  async #hear(patienceMs: number): Promise<Result<Uint8Array>> {
    const pieces: Uint8Array[] = [];
    const deadline = performance.now() + patienceMs + ANSWER_MS;
    for (;;) {
      const read = await this.#line.read(pieces.length === 0 ? patienceMs : QUIET_MS);
      if (!read.ok && read.failure.code !== 'SERIAL-SILENT') return lost(read.failure);
      if (!read.ok || performance.now() > deadline) return ok(Buffer.concat(pieces));
      pieces.push(read.value);
    }
  }

  async #send(bytes: Uint8Array): Promise<Result> {
    const written = await this.#line.write(bytes);
    return written.ok ? written : lost(written.failure);
  }
}

function lost({ code, detail }: Failure) {
  return fail('PRINTER-LOST', `${code} ${detail ?? ''}`.trimEnd());
}
