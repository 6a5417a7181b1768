/**
 * The program that stands before certified devices: an HTTP server on 127.0.0.1, at the first free port of its range,
 * with all devices of that range. It is built on `net`, for Node's own HTTP server refuses the methods of the
 * protocol. Its ways are those of the specification (0.9.5) and of the public mock service: one request a connection,
 * closed after the answer.
 *
 * The wires of the devices end in this one program. So a wire's faults strike what is answered in the name of its
 * device, captures and streams; discovery and info are the program's own.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { BenchDevice, BenchSide } from '../device.ts';
import { FaultyLine } from '../faulty-line.ts';
import { VirtualSbiDevice } from './sbi-device.ts';
import {
  CODE,
  captureError,
  errorOf,
  type SbiEntry,
  type SbiPapers,
  type Status,
  sbiEntry,
} from './sbi-papers.ts';
import { makeKeys, writeTrust } from './sbi-signing.ts';

/** Of a request, head and body. */
const LONGEST_REQUEST = 64 * 1_024;
const PICTURE_MS = 150;
const BOUNDARY = '--BoundaryString';
/** A slow answer leaves in so many pieces with a pause between. */
const SLOW_PIECES = 12;
const SLOW_MS = 60;

/** A device with its cable, between it and the program. */
class Attached {
  readonly device: VirtualSbiDevice;
  readonly #line: FaultyLine;
  /** What the frame that leaves now is written to, and whether it was: a wire that is not slow writes at once. */
  #to: Socket | undefined;
  #written = false;
  #slow = false;
  plugged = true;
  #powered = true;

  constructor(device: VirtualSbiDevice, random: () => number) {
    this.device = device;
    this.#line = new FaultyLine((bytes) => {
      this.#to?.write(bytes);
      this.#written = true;
    }, random);
    this.#line.attach(device);
  }

  /** The program sees it. */
  get listed(): boolean {
    return this.plugged && this.#powered;
  }

  get fault() {
    return this.#slow ? 'slow' : this.#line.fault;
  }

  readonly disturb: BenchDevice['disturb'] = (fault, extent) => {
    // A wire that lets 256 bytes through at a time would hold four fingers for a minute.
    this.#slow = fault === 'slow';
    this.#line.disturb(this.#slow ? null : fault, extent);
  };

  async plug(into: boolean): Promise<Result> {
    if (into !== this.plugged) this.device.restart();
    this.plugged = into;
    return ok();
  }

  power(on: boolean): void {
    this.#powered = on;
    if (!on) this.device.restart();
    this.#line.power(on);
  }

  /** One frame to the host. false: it is lost, and the host hears nothing. */
  async send(bytes: Uint8Array, to: Socket): Promise<boolean> {
    if (!this.listed) return false;
    if (this.#slow) {
      const step = Math.ceil(bytes.length / SLOW_PIECES);
      for (let at = 0; at < bytes.length; at += step) {
        await delay(SLOW_MS);
        to.write(bytes.subarray(at, at + step));
      }
      return true;
    }
    this.#to = to;
    this.#written = false;
    this.#line.send(bytes, 0);
    this.#to = undefined;
    return this.#written;
  }
}

class SbiProgram {
  readonly #attached: Attached[] = [];
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  async listen([first, last]: SbiEntry['ports']): Promise<Result> {
    for (let port = first; port <= last; port++) {
      const server = createServer((socket) => this.#serve(socket));
      const listening = await new Promise<boolean>((resolve) => {
        server.once('error', () => resolve(false));
        server.listen(port, '127.0.0.1', () => resolve(true));
      });
      if (!listening) continue;
      this.#server = server;
      this.#port = port;
      return ok();
    }
    return fail('BENCH-COMMAND-INVALID', `no free port from ${first} to ${last}`);
  }

  attach(device: Attached): void {
    this.#attached.push(device);
  }

  /** true: it was the last one, and the program has ended. */
  async detach(device: Attached): Promise<boolean> {
    this.#attached.splice(this.#attached.indexOf(device), 1);
    if (this.#attached.length > 0) return false;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server?.close(resolve));
    return true;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {}); // told by `close`
    socket.once('close', () => this.#sockets.delete(socket));
    let heard = Buffer.alloc(0);
    const hear = (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes]);
      const request = parseRequest(heard);
      if (request === undefined && heard.length <= LONGEST_REQUEST) return;
      socket.off('data', hear);
      void this.#answer(request ?? { method: '', body: undefined }, socket);
    };
    socket.on('data', hear);
  }

  async #answer({ method, body }: Request, socket: Socket): Promise<void> {
    switch (method) {
      case 'MOSIPDISC':
      case 'SBIDISC':
        return this.#end(socket, await this.#discover(body));
      case 'MOSIPDINFO':
        return this.#end(socket, await this.#list((papers, status) => papers.info(this.#port, status)));
      case 'RCAPTURE':
        return this.#capture(body, socket);
      case 'STREAM':
        return this.#stream(body, socket);
      default:
        socket.end(httpAnswer(405, this.#port, { error: errorOf(CODE.unreadable) }));
    }
  }

  #end(socket: Socket, document: unknown): void {
    socket.end(httpAnswer(200, this.#port, document));
  }

  #discover(body: unknown): Promise<readonly unknown[]> {
    const type = z.looseObject({ type: z.string() }).safeParse(body).data?.type;
    return this.#list((papers, status) =>
      type === 'Biometric Device' || type === papers.type ? papers.discovered(this.#port, status) : undefined,
    );
  }

  /** Of the devices that it sees; one that hangs cannot be talked to. */
  async #list(entryOf: (papers: SbiPapers, status: Status) => unknown): Promise<readonly unknown[]> {
    const listed = this.#attached.filter((each) => each.listed);
    const entries = await Promise.all(
      listed.map(({ device, fault }) =>
        entryOf(device.papers, fault === 'hung' ? 'Not Ready' : device.status),
      ),
    );
    const told = entries.filter((entry) => entry !== undefined);
    return told.length > 0 ? told : [{ error: errorOf(CODE.noDevice) }];
  }

  #find(deviceId: unknown): Attached | undefined {
    return this.#attached.find(({ device, listed }) => listed && device.papers.deviceId === deviceId);
  }

  async #capture(body: unknown, socket: Socket): Promise<void> {
    const asked = z.looseObject({ bio: z.tuple([z.looseObject({ deviceId: z.string() })]) }).safeParse(body);
    const attached = this.#find(asked.data?.bio[0].deviceId);
    if (!attached) return this.#end(socket, captureError('', CODE.unknown));
    const document = await attached.device.capture(body, () => socket.destroyed);
    // Without an answer the question stays open until the host lets go of it.
    if (document === undefined) return;
    if (await attached.send(httpAnswer(200, this.#port, document), socket)) socket.end();
  }

  async #stream(body: unknown, socket: Socket): Promise<void> {
    const asked = z.looseObject({ deviceId: z.string(), timeout: z.coerce.number() }).safeParse(body);
    const attached = this.#find(asked.data?.deviceId);
    const refusal = attached ? attached.device.beginStream() : CODE.unknown;
    if (!attached || !asked.success || refusal !== undefined)
      return this.#end(socket, { error: errorOf(refusal ?? CODE.unreadable) });
    const until = performance.now() + asked.data.timeout;
    const head = `HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=${BOUNDARY}\r\n\r\n`;
    await attached.send(Buffer.from(head), socket);
    while (!socket.destroyed && attached.listed && performance.now() < until) {
      const picture = await attached.device.picture();
      const part = `${BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`;
      await attached.send(Buffer.concat([Buffer.from(part), picture, Buffer.from('\r\n')]), socket);
      await delay(PICTURE_MS);
    }
    attached.device.endStream();
    socket.end();
  }
}

interface Request {
  readonly method: string;
  readonly body: unknown;
}

/** undefined: more is to come. */
function parseRequest(bytes: Buffer): Request | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const length = Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? 0);
  const body = bytes.subarray(headEnd + 4);
  if (body.length < length) return undefined;
  return { method: head.split(' ')[0] ?? '', body: parseJson(body.toString('utf8')) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The heads that the specification shows, word for word. */
function httpAnswer(status: number, port: number, document: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(document));
  const head = [
    `HTTP/1.1 ${status} OK`,
    'CACHE-CONTROL:no-store',
    `LOCATION:http://127.0.0.1:${port}`,
    `Content-Length: ${body.length}`,
    'Content-Type: application/json',
    'Connection: Closed',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

/** Programs that run in this bench, by the range of their ports. */
const programs = new Map<string, Promise<Result<SbiProgram>>>();

async function startProgram(ports: SbiEntry['ports']): Promise<Result<SbiProgram>> {
  const program = new SbiProgram();
  const listening = await program.listen(ports);
  return listening.ok ? ok(program) : listening;
}

/** Adds a device to the program of its ports, which starts with the first one and ends with the last. */
export async function virtualSbi(
  entry: unknown,
  bench: Pick<BenchSide, 'people' | 'random'>,
): Promise<Result<BenchDevice>> {
  const checked = sbiEntry.safeParse(entry);
  if (!checked.success) return fail('BENCH-COMMAND-INVALID', z.prettifyError(checked.error));
  const { serialNumber, trust, ports } = checked.data;
  await writeTrust(trust);
  const keys = await makeKeys(serialNumber, 'trusted');
  const range = ports.join('-');
  const starting = programs.get(range) ?? startProgram(ports);
  programs.set(range, starting);
  const started = await starting;
  if (!started.ok) {
    programs.delete(range);
    return started;
  }
  const program = started.value;
  const dice = bench.random(`wire ${serialNumber}`);
  const attached = new Attached(new VirtualSbiDevice(checked.data, keys, bench.people), () => dice.next());
  program.attach(attached);
  return ok({
    device: attached.device,
    get plugged() {
      return attached.plugged;
    },
    get fault() {
      return attached.fault;
    },
    disturb: attached.disturb,
    plug: (into) => attached.plug(into),
    power: (on) => attached.power(on),
    async close() {
      attached.device.close();
      if (await program.detach(attached)) programs.delete(range);
    },
  });
}
