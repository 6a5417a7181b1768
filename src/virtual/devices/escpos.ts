/**
 * A thermal receipt printer that speaks ESC/POS, from Epson's command reference: it prints what it is sent at the
 * speed of its paper, answers DLE EOT at once and GS r in its turn, and can run out of paper in the middle of a line.
 * Not told there, and chosen here: unknown commands of two bytes are passed over.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { VirtualDevice } from '../device.ts';
import type { Send } from '../pace.ts';
import { type Command, nextCommand } from './escpos-commands.ts';
import { readQrCode } from './qr-reader.ts';

/** What came out: lines of text, what QR codes say, and pictures that say nothing. */
type Printed = string | { readonly qr: string } | { readonly picture: { width: number; height: number } };
/** On the paper a picture is dots. */
type OnPaper = string | { readonly qr: string } | Extract<Command, { does: 'picture' }>;

/** Millimetres of paper. */
const FULL = 80_000;
const LOW = 2_000;
const DOTS_PER_MM = 8;
const LINE_DOTS = 30;
const MM_PER_SECOND = 100;
const MOST_BUFFERED = 65_536;

const printerAct = z.union([
  /** A number: so many millimetres are left. */
  z.strictObject({ paper: z.union([z.enum(['full', 'low', 'out']), z.number().min(0).max(FULL)]) }),
  z.strictObject({ cover: z.enum(['open', 'closed']) }),
  z.strictObject({ fault: z.boolean() }),
  /** Answers `{ receipts, strip }`: what was cut off, and what still hangs there. */
  z.strictObject({ read: z.literal(true) }),
]);

const IDENTITY: ReadonlyMap<number, string> = new Map([
  [65, '1.00 ESC/POS'],
  [66, 'ANJUNGAN'],
  [67, 'TM-BENCH'],
]);
const CLEAR = Buffer.from([0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8]);
const CLEARED = Buffer.from([0x37, 0x25, 0x00]);

export class EscposPrinter implements VirtualDevice {
  readonly #send: Send;
  readonly #pace: number;
  #buffer: Uint8Array = new Uint8Array();
  /** The last bytes from the host: a real-time command may come in pieces, and within others. */
  #recent: Uint8Array = new Uint8Array();
  #paper = FULL;
  #coverOpen = false;
  #faulty = false;
  #line = '';
  #windows = false;
  #qr = '';
  #strip: OnPaper[] = [];
  readonly #receipts: OnPaper[][] = [];
  /** The paper moves. */
  #moving: NodeJS.Timeout | undefined;

  /** @param pace 0: prints at once; 1: at the speed of its paper. */
  constructor(send: Send, pace: number) {
    this.#send = send;
    this.#pace = pace;
  }

  get #stopped(): boolean {
    return this.#paper <= 0 || this.#coverOpen || this.#faulty;
  }

  act(act: unknown): Result<unknown> {
    const checked = printerAct.safeParse(act);
    if (!checked.success) return fail('BENCH-COMMAND-INVALID', 'paper, cover, fault or read');
    const { data } = checked;
    if ('read' in data) return ok({ receipts: this.#receipts.map(read), strip: read(this.#strip) });
    if ('paper' in data) this.#paper = typeof data.paper === 'number' ? data.paper : PAPER[data.paper];
    else if ('cover' in data) this.#coverOpen = data.cover === 'open';
    else this.#faulty = data.fault;
    this.#work();
    return ok();
  }

  /** Paper stays as it hangs there. */
  restart(): void {
    this.close();
    this.#buffer = new Uint8Array();
    this.#recent = new Uint8Array();
    this.#line = '';
  }

  close(): void {
    clearTimeout(this.#moving);
    this.#moving = undefined;
  }

  receive(bytes: Uint8Array): void {
    let from = 0;
    bytes.forEach((byte, at) => {
      this.#recent = Buffer.concat([this.#recent.subarray(-CLEAR.length + 1), Uint8Array.of(byte)]);
      const [dle, eot, n] = this.#recent.subarray(-3);
      if (dle === 0x10 && eot === 0x04 && n! >= 1 && n! <= 4) this.#send(Uint8Array.of(this.#status(n!)), 3);
      if (!Buffer.from(this.#recent).equals(CLEAR)) return;
      from = at + 1;
      this.#buffer = new Uint8Array();
      this.#line = '';
      this.#send(CLEARED, CLEAR.length);
    });
    this.#buffer = Buffer.concat([this.#buffer, bytes.subarray(from)]).subarray(0, MOST_BUFFERED);
    this.#work();
  }

  #status(n: number): number {
    const out = this.#paper <= 0;
    if (n === 1) return 0x12 | (this.#stopped ? 0x08 : 0);
    if (n === 2) return 0x12 | (this.#coverOpen ? 0x04 : 0) | (out ? 0x20 : 0) | (this.#faulty ? 0x40 : 0);
    if (n === 3) return 0x12 | (this.#faulty ? 0x08 : 0);
    return 0x12 | (this.#paper < LOW ? 0x0c : 0) | (out ? 0x60 : 0);
  }

  #work(): void {
    while (!this.#moving && !this.#stopped) {
      const command = nextCommand(this.#buffer);
      if (!command) return;
      this.#buffer = this.#buffer.subarray(command.length);
      const ms = (this.#carryOut(command) / MM_PER_SECOND) * 1_000 * this.#pace;
      if (ms > 0) {
        this.#moving = setTimeout(() => {
          this.#moving = undefined;
          this.#work();
        }, ms);
      }
    }
  }

  /** Returns by how many millimetres the paper moved. */
  #carryOut(command: Command): number {
    switch (command.does) {
      case 'text':
        this.#line += decode(command.bytes, this.#windows);
        return 0;
      case 'initialise':
        this.#line = '';
        this.#windows = false;
        return 0;
      case 'code page':
        this.#windows = command.page === 16;
        return 0;
      case 'feed': {
        const line = this.#line;
        this.#line = '';
        return this.#print(line.trimEnd(), LINE_DOTS);
      }
      case 'store qr':
        this.#qr = Buffer.from(command.bytes).toString('latin1');
        return 0;
      case 'print qr':
        return this.#print({ qr: this.#qr }, 30 * DOTS_PER_MM);
      case 'picture':
        return this.#print(command, command.height);
      case 'cut':
        this.#receipts.push(this.#strip);
        this.#strip = [];
        return 0;
      case 'tell paper':
        this.#send(Uint8Array.of(this.#paper < LOW ? 0x03 : 0), 3);
        return 0;
      case 'tell identity': {
        const text = IDENTITY.get(command.what);
        if (text !== undefined) this.#send(Buffer.from(`_${text}\0`, 'latin1'), 3);
        return 0;
      }
      case 'nothing':
        return 0;
    }
  }

  /** What does not fit on the rest of the paper is not printed. */
  #print(what: OnPaper, dots: number): number {
    const mm = dots / DOTS_PER_MM;
    this.#paper -= mm;
    if (this.#paper > 0) this.#strip.push(what);
    return mm;
  }
}

const PAPER = { full: FULL, low: LOW / 2, out: 0 } as const;
const LINES: ReadonlyMap<number, string> = new Map([
  [0xc4, '─'],
  [0xcd, '═'],
]);

/** Code page 437 as far as receipts need it, or Windows 1252. */
function decode(bytes: Uint8Array, windows: boolean): string {
  if (windows) return new TextDecoder('windows-1252').decode(bytes);
  return Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : (LINES.get(byte) ?? '?'),
  ).join('');
}

/** Pictures without anything between them are one: a command has at most so many rows. */
function read(strip: readonly OnPaper[]): Printed[] {
  const joined: OnPaper[] = [];
  for (const part of strip) {
    const last = joined.at(-1);
    if (isPicture(part) && isPicture(last) && last.width === part.width) {
      const dots = Buffer.concat([last.dots, part.dots]);
      joined[joined.length - 1] = { ...last, height: last.height + part.height, dots };
    } else joined.push(part);
  }
  return joined.map((part) => {
    if (!isPicture(part)) return part;
    const { width, height, dots } = part;
    const says = readQrCode(width, height, dots);
    return says === undefined ? { picture: { width, height } } : { qr: says };
  });
}

function isPicture(part: OnPaper | undefined): part is Extract<OnPaper, { does: 'picture' }> {
  return typeof part === 'object' && 'does' in part;
}
