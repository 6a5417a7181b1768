/**
 * The PC/SC side, a process of its own: node-pcsclite blocks its main thread while an APDU hangs, and aborts in
 * worker threads. It knows calls of PC/SC and how a script goes on, nothing of what they are for; its parent may kill
 * it at any moment. The kernel ends it when its parent ends (helper.ts): its main thread may hang in pcsclite then.
 *
 * fd 3: orders in, answers and events out (messages.ts).
 */
import { flushCompileCache } from 'node:module';
import { Socket } from 'node:net';
import pcsclite from 'node-pcsclite';
import { buildApdu, isExpected } from '../script.ts';
import { backOff } from './back-off.ts';
import { createSplitter } from './frame.ts';
import { type Answered, type Call, type ChildMessage, decodeOrder, encodeMessage } from './messages.ts';
import { SCARD, SHARE } from './winscard.ts';

type Service = ReturnType<typeof pcsclite>;
type Reader = Parameters<Parameters<Service['on']>[1]>[0];

/** A service without readers says nothing at all; one that has readers tells them within milliseconds. */
const NO_READERS_AFTER_MS = 1000;
/** Answers of one run are told together: a message for each would keep two processes busy. Short beside any time-out. */
const TELL_EVERY_MS = 50;
/** SCARD_CTL_CODE(1): the CCID driver sends the bytes as PC_to_RDR_Escape (CCID 1.1, 6.1.8). */
const ESCAPE = 1;
const ESCAPE_ANSWER = 264;

// A Ctrl-C at the terminal reaches the whole process group; when this process ends is up to the parent.
process.on('SIGINT', () => {});

const readers: Reader[] = [];
const protocols = new Map<Reader, number>();
/** Runs under way that are to end before their next call. */
const halted = new Set<number>();
const running = new Set<number>();

const line = new Socket({ fd: 3, readable: true, writable: true });
line.on(
  'data',
  createSplitter((body) => {
    const order = decodeOrder(body);
    if (order.type === 'run') run(order.id, order.calls);
    else if (running.has(order.id)) halted.add(order.id);
  }),
);
line.on('error', () => {}); // `close` follows
// Only a parent that ended before the kernel was asked to watch it comes to this.
line.on('close', () => process.kill(process.pid, 'SIGKILL'));
const tell = (message: ChildMessage) => line.write(encodeMessage(message));

start(0);
// This process ends by SIGKILL: what the next one need not compile again is written now.
flushCompileCache();

/** Connects to the service; while there is none, again and again. Losing it later is the end of this process. */
function start(attempt: number): void {
  let service: Service;
  try {
    service = pcsclite();
  } catch (error) {
    tell({ type: 'service', error: errorOf(error) });
    setTimeout(start, backOff(attempt), attempt + 1);
    return;
  }
  let greeted = false;
  let silent = 0;
  const greet = () => {
    if (!greeted && silent === 0) {
      greeted = true;
      tell({ type: 'service', error: 0 });
    }
  };
  setTimeout(greet, NO_READERS_AFTER_MS);
  service.on('error', lost);
  service.on('reader', (reader) => {
    silent++;
    watch(reader, () => {
      silent--;
      greet();
    });
  });
}

function watch(reader: Reader, onFirstStatus: () => void): void {
  const number = readers.push(reader) - 1;
  tell({ type: 'reader', reader: number, name: reader.name });
  reader.on('status', ({ state }) => tell({ type: 'state', reader: number, state }));
  reader.once('status', onFirstStatus);
  reader.on('error', lost);
  reader.on('end', () => tell({ type: 'gone', reader: number }));
}

/** The parent ends this process: what pcsclite holds of a dead service cannot be used again. */
function lost(error: unknown): void {
  tell({ type: 'service', error: errorOf(error) });
}

/** What a call came to: bytes, or a PC/SC return value. */
type Came = { readonly data: Uint8Array } | { readonly error: number };

async function run(id: number, calls: readonly Call[]): Promise<void> {
  running.add(id);
  const answers: Uint8Array[] = [];
  let untold: Answered[] = [];
  const tellAnswers = (last: boolean) => {
    if (untold.length > 0) tell({ type: 'answers', id, last, answers: untold });
    untold = [];
  };
  const telling = setInterval(tellAnswers, TELL_EVERY_MS, false);
  for (;;) {
    const start = performance.now();
    const underWay = halted.has(id) ? undefined : begin(calls, answers);
    if (!underWay) {
      tellAnswers(true);
      break;
    }
    const came = await underWay;
    if ('error' in came) {
      tellAnswers(false);
      tell({ type: 'failed', id, error: came.error });
      break;
    }
    answers.push(came.data);
    untold.push({ data: came.data, us: Math.round(1000 * (performance.now() - start)) });
  }
  clearInterval(telling);
  running.delete(id);
  halted.delete(id);
}

/** Makes the call after those that were answered. undefined: there the run ends. */
function begin(calls: readonly Call[], answers: readonly Uint8Array[]): Promise<Came> | undefined {
  const call = calls[answers.length];
  if (!call) return undefined;
  const before = calls[answers.length - 1];
  if (before?.op === 'transmit' && !isExpected(before.goOn, answers.at(-1)!)) return undefined;
  const reader = readers[call.reader];
  if (!reader) return Promise.resolve({ error: SCARD.E_UNKNOWN_READER });
  if (call.op !== 'transmit') return come((done) => manage(reader, call, done));
  const apdu = buildApdu(call.apdu, answers);
  if (!apdu) return undefined;
  return come((done) => reader.transmit(asBuffer(apdu), capacity(apdu), protocols.get(reader) ?? 0, done));
}

type Done = (error: unknown, data?: Uint8Array) => void;

function come(call: (done: Done) => void): Promise<Came> {
  return new Promise((resolve) =>
    call((error, data = new Uint8Array()) => resolve(error ? { error: errorOf(error) } : { data })),
  );
}

function manage(reader: Reader, call: Exclude<Call, { readonly op: 'transmit' }>, done: Done): void {
  switch (call.op) {
    case 'connect':
      // Protocol 0 only in direct mode, where there need not be a card to agree one with.
      reader.connect(
        { share_mode: call.share, ...(call.share === SHARE.DIRECT ? { protocol: 0 } : {}) },
        (error, protocol) => {
          protocols.set(reader, protocol);
          done(error);
        },
      );
      break;
    case 'disconnect':
      reader.disconnect(call.disposition, (error) => done(error));
      break;
    case 'control':
      reader.control(asBuffer(call.command), reader.SCARD_CTL_CODE(ESCAPE), ESCAPE_ANSWER, done);
      break;
  }
}

function asBuffer(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/** Room for the longest answer: an extended APDU (byte 5 is 00, more bytes follow) may ask for 64 KB, a short one for 256 bytes. */
function capacity(apdu: Uint8Array): number {
  return apdu[4] === 0 && apdu.length > 5 ? 65_536 + 2 : 256 + 2;
}

/** pcsclite gives the return value only inside its text: "SCardTransmit error: Card was removed.(0x80100069)". */
function errorOf(error: unknown): number {
  const code = /\(0x([0-9a-f]+)\)/i.exec(String(error))?.[1];
  return code === undefined ? SCARD.E_INVALID_HANDLE : Number.parseInt(code.slice(-8), 16);
}
