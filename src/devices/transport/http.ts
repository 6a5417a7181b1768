/**
 * HTTP to a service on this computer (127.0.0.1 and nothing else), with methods of the service's own, which `fetch`
 * and many servers refuse: MOSIPDISC, RCAPTURE, STREAM… One connection a request, the request in one small ASCII
 * write, for simple services read no further. Whatever the other end does, every call ends, and with a coded failure.
 */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import type { WireTrace } from './trace.ts';

export interface HttpQuestion {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  /** Sent as JSON; what is not ASCII as `\uXXXX`. */
  readonly body: unknown;
}

export interface HttpPatience {
  /** Until the answer begins. */
  readonly firstMs: number;
  /** Between two pieces of it. */
  readonly pauseMs: number;
  /** For all of it. */
  readonly totalMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** Empty where it is not told. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface HttpStream extends Omit<HttpAnswer, 'body'> {
  /** The body's pieces as they come. Ends with ok after the last one or an abort. */
  readonly pieces: AsyncGenerator<Uint8Array, Result<void>>;
  /** Lets go of the connection; needed unless `pieces` was heard to its end. */
  close(): void;
}

/**
 * Asks and hears the whole answer, of at most `mostBytes`.
 * @param wire hears the request and the answer, each as a whole
 * @returns undefined: aborted. HTTP-ABSENT: nobody listens. HTTP-SILENT: not in time. HTTP-LOST: the connection ended
 *   before an answer began. HTTP-GARBLED: no HTTP, torn, or too long.
 */
export async function askHttp(
  question: HttpQuestion,
  patience: HttpPatience,
  mostBytes: number,
  signal: AbortSignal,
  wire?: WireTrace,
): Promise<Result<HttpAnswer> | undefined> {
  const opened = await openHttp(question, patience, signal, wire);
  if (!opened?.ok) return opened;
  const { status, contentType, pieces, close } = opened.value;
  const heard: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const step = await pieces.next();
    if (signal.aborted) return undefined;
    if (step.done) {
      const body = Buffer.concat(heard);
      wire?.received(withHead(status, contentType, body));
      return step.value.ok ? ok({ status, contentType, body }) : step.value;
    }
    heard.push(step.value);
    length += step.value.length;
    if (length > mostBytes) {
      close();
      return fail('HTTP-GARBLED', `${question.method}: an answer of more than ${mostBytes} bytes`);
    }
  }
}

/** Asks and hears the head of the answer; failures as of `askHttp`. undefined: aborted. */
export async function openHttp(
  { port, method, path, body }: HttpQuestion,
  { firstMs, pauseMs, totalMs }: HttpPatience,
  signal: AbortSignal,
  wire?: WireTrace,
): Promise<Result<HttpStream> | undefined> {
  if (signal.aborted) return undefined;
  const payload = toAscii(JSON.stringify(body));
  const headers = {
    Host: `127.0.0.1:${port}`,
    'Content-Type': 'application/json',
    'Content-Length': String(payload.length),
    Connection: 'close',
  };
  const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false });
  /** Why it was ended from here. */
  let over: Failure | undefined;
  let response: IncomingMessage | undefined;
  const end = (failure?: Failure) => {
    over ??= failure;
    response?.destroy();
    request.destroy();
  };
  const silence = (ms: number) => end({ code: 'HTTP-SILENT', detail: `${method}: nothing within ${ms} ms` });
  const onAbort = () => end();
  signal.addEventListener('abort', onAbort, { once: true });
  const wholeTimer = setTimeout(silence, totalMs, totalMs);
  const firstTimer = setTimeout(silence, firstMs, firstMs);
  const release = () => {
    clearTimeout(wholeTimer);
    signal.removeEventListener('abort', onAbort);
    end();
  };

  wire?.event(`${method} ${path} to port ${port}`);
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    // For the life of the request: an error after the answer began is told by its pieces.
    request.on('error', reject);
  });
  request.end(payload);
  wire?.sent(Buffer.from(requestText(method, path, headers, payload)));
  try {
    response = await answered;
  } catch (error) {
    release();
    return signal.aborted ? undefined : { ok: false, failure: over ?? beforeAnswer(method, error as Error) };
  } finally {
    clearTimeout(firstTimer);
  }
  request.setTimeout(pauseMs, () => silence(pauseMs));

  async function* hear(from: IncomingMessage): AsyncGenerator<Uint8Array, Result<void>> {
    try {
      for await (const piece of from) yield piece as Uint8Array;
      return ok();
    } catch (error) {
      if (signal.aborted) return ok();
      if (over) return { ok: false, failure: over };
      // Node ends an answer that is not whole with an error.
      return fail('HTTP-GARBLED', `${method}: ${(error as NodeJS.ErrnoException).code}`);
    } finally {
      release();
    }
  }
  return ok({
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    pieces: hear(response),
    close: release,
  });
}

function beforeAnswer(method: string, error: NodeJS.ErrnoException): Failure {
  const detail = `${method}: ${error.code ?? error.message}`;
  if (error.code === 'ECONNREFUSED') return { code: 'HTTP-ABSENT', detail };
  // The codes of Node's HTTP parser.
  if (error.code?.startsWith('HPE_')) return { code: 'HTTP-GARBLED', detail };
  return { code: 'HTTP-LOST', detail };
}

/** JSON stays the same JSON. */
const toAscii = (json: string) =>
  json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const requestText = (method: string, path: string, headers: Record<string, string>, payload: string) => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${payload}`;
};

/** As much of an answer as matters to a replay: the other headers are passed over. */
const withHead = (status: number, contentType: string, body: Uint8Array) =>
  Buffer.concat([
    Buffer.from(
      `HTTP/1.1 ${status} \r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n`,
    ),
    body,
  ]);
