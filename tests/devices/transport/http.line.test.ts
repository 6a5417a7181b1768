/** The HTTP client against servers of a few lines that answer as services do, and as they should not. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { askHttp, openHttp } from '../../../src/devices/transport/http.ts';

const patience = { firstMs: 310, pauseMs: 320, totalMs: 3_000 };
const MOST = 10_000;
const never = new AbortController().signal;

let server: Server | undefined;
afterEach(() => server?.close());

/** Calls `answer` with each request, once all of `{"type":"Iris"}` is there; returns the port. */
async function serve(answer: (socket: Socket, request: string, chunks: number) => void): Promise<number> {
  server?.close();
  server = createServer((socket) => {
    let heard = '';
    let chunks = 0;
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      chunks++;
      if (heard.endsWith('}')) answer(socket, heard, chunks);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
const ask = (port: number, signal = never) =>
  askHttp({ port, method: 'MOSIPDISC', path: '/device', body: { type: 'Iris' } }, patience, MOST, signal);
const codeOf = async (port: number) => {
  const answer = await ask(port);
  return answer?.ok ? Buffer.from(answer.value.body).toString() : answer?.failure.code;
};
const whole = 'HTTP/1.1 200 OK\r\nCACHE-CONTROL:no-store\r\nContent-Length: 4\r\nConnection: Closed\r\n\r\n';

it('sends a method of the service in one ASCII write, and takes the answer that the specification shows', async () => {
  const asked = Promise.withResolvers<readonly [string, number]>();
  const port = await serve((socket, request, chunks) => {
    asked.resolve([request, chunks]);
    socket.end(`${whole}[{}]\r\n\r\n`);
  });
  const body = { type: 'Iris', name: 'Ñandú 😀' };
  const answer = await askHttp({ port, method: 'MOSIPDISC', path: '/device', body }, patience, MOST, never);
  expect(answer).toMatchObject({ ok: true, value: { status: 200, contentType: '' } });
  expect(answer?.ok && Buffer.from(answer.value.body).toString()).toBe('[{}]');
  const [request, chunks] = await asked.promise;
  expect(chunks).toBe(1);
  const json = '{"type":"Iris","name":"\\u00d1and\\u00fa \\ud83d\\ude00"}';
  expect(request).toBe(
    `MOSIPDISC /device HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${json.length}\r\nConnection: close\r\n\r\n${json}`,
  );
  expect(JSON.parse(json)).toEqual(body);
});

it('takes an answer cut anywhere', async () => {
  const text = `${whole}[{}]`;
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(cuts, async (places) => {
      const sorted = [0, ...places.toSorted((a, b) => a - b), text.length];
      const port = await serve(async (socket) => {
        socket.setNoDelay();
        for (const [i, from] of sorted.slice(0, -1).entries()) {
          socket.write(text.slice(from, sorted[i + 1]));
          await new Promise((resolve) => setImmediate(resolve));
        }
        socket.end();
      });
      expect(await codeOf(port)).toBe('[{}]');
    }),
    { numRuns: 25 },
  );
});

it('never takes an answer with bytes missing for a whole one', async () => {
  const text = `${whole}[{}]`;
  const lastOfHead = whole.length;
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), async (length) => {
      const port = await serve((socket) => socket.end(text.slice(0, length)));
      const possible = length < lastOfHead ? ['HTTP-LOST', 'HTTP-GARBLED'] : ['HTTP-GARBLED'];
      expect(possible).toContain(await codeOf(port));
    }),
    { numRuns: 25 },
  );
});

it.each([
  ['no HTTP', '\x00\xff rubbish \r\n\r\n'],
  ['noise before it', `\x07\x9d\x00${whole}[{}]`],
  ['a body longer than anybody may send', `HTTP/1.1 200 OK\r\n\r\n${'a'.repeat(MOST + 1)}`],
  ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\n[{}]'],
  ['a spoilt chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[{}]\r\n0\r\n\r\n'],
])('calls garbled: %s', async (_what, text) => {
  const port = await serve((socket) => socket.end(Buffer.from(text, 'latin1')));
  expect(await codeOf(port)).toBe('HTTP-GARBLED');
});

it('tells a service that is not there, one that hangs up, one that is silent, one that falls silent', async () => {
  const closed = await serve(() => {});
  server?.close();
  await once(server!, 'close');
  expect(await codeOf(closed)).toBe('HTTP-ABSENT');
  expect(await codeOf(await serve((socket) => socket.destroy()))).toBe('HTTP-LOST');
  const silent = (ms: number) => ({
    ok: false,
    failure: { code: 'HTTP-SILENT', detail: `MOSIPDISC: nothing within ${ms} ms` },
  });
  expect(await ask(await serve(() => {}))).toEqual(silent(patience.firstMs));
  expect(await ask(await serve((socket) => socket.write(`${whole}[`)))).toEqual(silent(patience.pauseMs));
});

it('does not listen longer than in all to a service that says a little now and then', async () => {
  const port = await serve((socket) => {
    const drip = setInterval(() => socket.write('a'), 20);
    socket.once('close', () => clearInterval(drip));
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
  });
  const question = { port, method: 'STREAM', path: '/stream', body: { type: 'Iris' } };
  const answer = await askHttp(question, { ...patience, totalMs: 250 }, MOST, never);
  expect(answer).toMatchObject({ ok: false, failure: { code: 'HTTP-SILENT' } });
});

it('lets go at once when aborted, before and during an answer', async () => {
  for (const begun of ['', `${whole}[`]) {
    const gone = Promise.withResolvers<string>();
    const stop = new AbortController();
    const port = await serve((socket) => {
      socket.once('close', () => gone.resolve('gone'));
      if (begun) socket.write(begun);
      setImmediate(() => stop.abort());
    });
    expect(await ask(port, stop.signal)).toBeUndefined();
    expect(await gone.promise).toBe('gone');
  }
  const stopped = AbortSignal.abort();
  expect(await ask(1, stopped)).toBeUndefined();
});

it('gives a stream piece by piece, and its connection back', async () => {
  const gone = Promise.withResolvers<string>();
  const port = await serve((socket) => {
    socket.once('close', () => gone.resolve('gone'));
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n--b');
  });
  const question = { port, method: 'STREAM', path: '/stream', body: { type: 'Iris' } };
  const opened = await openHttp(question, patience, never);
  if (!opened?.ok) throw new Error('not opened');
  expect(opened.value.contentType).toContain('boundary=b');
  expect(await opened.value.pieces.next()).toMatchObject({ done: false });
  opened.value.close();
  expect(await gone.promise).toBe('gone');
});

it('tells the recorder each request and answer as a whole', async () => {
  const heard: [string, string][] = [];
  const tell = (what: string) => (bytes: Uint8Array | string) => heard.push([what, String(bytes)]);
  const wire = {
    sent: (bytes: Uint8Array) => void tell('sent')(Buffer.from(bytes).toString()),
    received: (bytes: Uint8Array) => void tell('received')(Buffer.from(bytes).toString()),
    event: (what: string) => void tell('event')(what),
  };
  const port = await serve((socket) => socket.end(`${whole}[{}]`));
  const question = { port, method: 'RCAPTURE', path: '/capture', body: { type: 'Iris' } };
  await askHttp(question, patience, MOST, never, wire);
  expect(heard.map(([what]) => what)).toEqual(['event', 'sent', 'received']);
  expect(heard[1]![1]).toMatch(/^RCAPTURE \/capture HTTP\/1\.1\r\n[\s\S]*\{"type":"Iris"\}$/);
  expect(heard[2]![1]).toMatch(/\r\nContent-Length: 4\r\n\r\n\[\{\}\]$/);
});
