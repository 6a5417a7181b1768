/**
 * A trace of the flight recorder as a file: JSON lines, the first says whose it is and why it was kept, each of the
 * others is an entry. Bytes are upper-case hex; runs of four and more equal bytes are written `(⟨byte⟩*⟨count⟩)`.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';

const bytes = z.string().regex(/^(?:[0-9A-F]{2}|\([0-9A-F]{2}\*\d{1,7}\))*$/);
const at = z.number().min(0);

const entry = z.union([
  /** ms on a clock that only grows. */
  z.strictObject({ at, sent: bytes }),
  z.strictObject({ at, received: bytes }),
  z.strictObject({ at, event: z.string().max(200) }),
]);
export type TraceEntry = Readonly<z.infer<typeof entry>>;

const head = z.strictObject({
  trace: z.literal(1),
  device: z.string(),
  /** Its configuration, without secrets: what is needed to build the driver again. */
  settings: z.looseObject({ driver: z.string(), kind: z.string() }),
  /** The failure that it was kept for. */
  failure: z.strictObject({ code: z.string(), detail: z.string().optional() }).optional(),
});
export type TraceHead = z.infer<typeof head>;

export interface Trace {
  readonly head: TraceHead;
  readonly entries: readonly TraceEntry[];
}

/** A trace is at most so large: more is not one of ours. */
const MOST_CHARACTERS = 4 * 1024 * 1024;
/** Bytes of one entry after decoding. */
const MOST_BYTES = 4 * 1024 * 1024;

export function encodeTrace({ head, entries }: Trace): string {
  return [head, ...entries].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Errors: TRACE-INVALID. */
export function decodeTrace(text: string): Result<Trace> {
  if (text.length > MOST_CHARACTERS) return fail('TRACE-INVALID', 'too large');
  const [first, ...rest] = text.split('\n').filter((line) => line !== '');
  const checkedHead = parse(head, first ?? '');
  if (!checkedHead) return fail('TRACE-INVALID', 'line 1');
  const entries: TraceEntry[] = [];
  for (const [i, line] of rest.entries()) {
    const checked = parse(entry, line);
    if (!checked) return fail('TRACE-INVALID', `line ${i + 2}`);
    entries.push(checked);
  }
  return ok({ head: checkedHead, entries });
}

function parse<T>(schema: z.ZodType<T>, line: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

export function encodeBytes(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; ) {
    const byte = bytes[from]!;
    let to = from + 1;
    while (to < bytes.length && bytes[to] === byte) to++;
    const hex = byte.toString(16).padStart(2, '0').toUpperCase();
    text += to - from >= 4 ? `(${hex}*${to - from})` : hex.repeat(to - from);
    from = to;
  }
  return text;
}

/** @param text As `encodeBytes` writes it. Errors: TRACE-INVALID when it says more bytes than a trace may hold. */
export function decodeBytes(text: string): Result<Uint8Array> {
  const runs = [...text.matchAll(/\(([0-9A-F]{2})\*(\d+)\)|([0-9A-F]{2})/g)].map(
    ([, byte, count, single]) => ({
      byte: Number.parseInt(byte ?? single!, 16),
      count: count === undefined ? 1 : Number(count),
    }),
  );
  const length = runs.reduce((sum, { count }) => sum + count, 0);
  if (length > MOST_BYTES) return fail('TRACE-INVALID', 'too many bytes');
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const { byte, count } of runs) {
    bytes.fill(byte, at, at + count);
    at += count;
  }
  return ok(bytes);
}
