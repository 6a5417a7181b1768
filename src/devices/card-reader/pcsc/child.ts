/**
 * The PC/SC side, a process of its own: node-pcsclite blocks its main thread while an APDU hangs, and aborts in
 * worker threads. It does what it is asked and decides nothing; its parent may kill it at any moment. It ends
 * when its parent does (leash.ts).
 *
 * fd 0: the leash; fd 3: requests in, answers and events out (frame.ts).
 */
import { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import pcsclite from 'node-pcsclite';
import { backOff } from './back-off.ts';
import { createSplitter, decodeRequest, encodeMessage, type HelperMessage, type Request } from './frame.ts';
import { SCARD, SHARE } from './winscard.ts';

type Service = ReturnType<typeof pcsclite>;
type Reader = Parameters<Parameters<Service['on']>[1]>[0];

/** A service without readers says nothing at all; one that has readers tells them within milliseconds. */
const NO_READERS_AFTER_MS = 1000;
/** SCARD_CTL_CODE(1): the CCID driver sends the bytes as PC_to_RDR_Escape (CCID 1.1, 6.1.8). */
const ESCAPE = 1;
const ESCAPE_ANSWER = 264;

new Worker(new URL('./leash.ts', import.meta.url));
// A Ctrl-C at the terminal reaches the whole process group; when this process ends is up to the parent.
process.on('SIGINT', () => {});

const readers: Reader[] = [];
const protocols = new Map<Reader, number>();

const line = new Socket({ fd: 3, readable: true, writable: true });
line.on(
  'data',
  createSplitter((body) => serve(decodeRequest(body))),
);
line.on('error', () => {}); // the parent is gone: the leash ends this process
const tell = (message: HelperMessage) => line.write(encodeMessage(message));

start(0);

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

function serve({ op, id, reader: number, data }: Request): void {
  const reader = readers[number];
  if (!reader) return void tell({ type: 'failed', id, error: SCARD.E_UNKNOWN_READER });
  const answer = (error: unknown, bytes: Uint8Array = new Uint8Array(0)) =>
    tell(error ? { type: 'failed', id, error: errorOf(error) } : { type: 'done', id, data: bytes });
  const byte = data[0] ?? 0;

  switch (op) {
    case 'connect':
      // Protocol 0 only in direct mode, where there need not be a card to agree one with.
      reader.connect(
        byte === SHARE.DIRECT ? { share_mode: byte, protocol: 0 } : { share_mode: byte },
        (error, protocol) => {
          protocols.set(reader, protocol);
          answer(error);
        },
      );
      break;
    case 'disconnect':
      reader.disconnect(byte, (error) => answer(error));
      break;
    case 'transmit':
      reader.transmit(asBuffer(data), capacity(data), protocols.get(reader) ?? 0, answer);
      break;
    case 'control':
      reader.control(asBuffer(data), reader.SCARD_CTL_CODE(ESCAPE), ESCAPE_ANSWER, answer);
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
