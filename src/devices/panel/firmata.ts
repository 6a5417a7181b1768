/**
 * The driver of a panel on a Firmata board (StandardFirmata 2.5), through johnny-five on firmata-io.
 *
 * Of johnny-five its Board is used: handshake, pins and levels. Its parts are not (docs/decisions/devices.md): none
 * notices a loss, and the panel's own timing is the same on both kinds of boards.
 */
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Firmata, Transport } from 'firmata-io';
import type { Board } from 'johnny-five';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import { openSerial, type SerialLine } from '../transport/serial.ts';
import type { Redaction, WireTrace } from '../transport/trace.ts';
import { FirmataFrames } from './firmata-frames.ts';
import { createPanel } from './panel.ts';
import type { OpenBoard, PinBoard, Pins } from './pin-board.ts';
import type { Panel } from './port.ts';
import type { FirmataSettings } from './settings.ts';

/** The board restarts when its line is opened, and says so; one that does not is asked after this, ms. */
const SPEAKS_BY_ITSELF_MS = 300;
/** An answer that has not come by then is asked for again. */
const ANSWER_MS = 400;
const TRIES = 3;
/** An Uno's boot loader takes 1.6 s; then there is time to ask for everything several times. */
const READY_MS = 6_000;
const FLUSH_MS = 500;
const LISTEN_MS = 60_000;

/** In the protocol's numbers. */
const MODE = { input: 0, output: 1, pullUp: 11 } as const;

/**
 * Failures: PANEL-ABSENT, -LOST, -SILENT, -RESTARTED, -PIN-UNFIT, -OUTPUT-WRONG, and from opening the line
 * SERIAL-FORBIDDEN, SERIAL-BUSY, SERIAL-OPEN-FAILED.
 */
export function createFirmataPanel(settings: FirmataSettings, wire?: WireTrace): Panel {
  return createPanel(settings, (pins, onLevel, signal) => openFirmata(settings, pins, onLevel, signal, wire));
}

/** Levels of contacts and lamps: nothing on this line is personal. */
export function redactFirmata(): Redaction {
  const whole = (bytes: Uint8Array) => bytes;
  return { sent: whole, received: whole };
}

async function openFirmata(
  { port, baudRate }: FirmataSettings,
  pins: Pins,
  onLevel: Parameters<OpenBoard>[1],
  signal: AbortSignal,
  wire: WireTrace | undefined,
): Promise<Result<PinBoard>> {
  const opened = await openSerial({ path: port, baudRate }, wire);
  if (!opened.ok) {
    const { code, detail } = opened.failure;
    return fail(code === 'SERIAL-ABSENT' ? 'PANEL-ABSENT' : code, detail);
  }
  const line = opened.value;
  const found = await greet(line, signal);
  if (!found.ok) {
    await line.close();
    return found;
  }
  const { io, transport } = found.value;
  const unfit = unfitPin(io, pins);
  if (unfit !== undefined) {
    await line.close();
    return fail('PANEL-PIN-UNFIT', `${port}: pin ${unfit}`);
  }
  const board = await boardOn(io);
  return ok(pinBoard(line, transport, io, board, pins, onLevel));
}

/** The line as firmata-io wants it. */
class LineTransport extends EventEmitter implements Transport {
  readonly #line: SerialLine;
  /** What was written last, taken by the operating system. */
  written: Promise<unknown> = Promise.resolve();

  constructor(line: SerialLine) {
    super();
    this.#line = line;
  }

  write(bytes: Uint8Array, written: () => void): void {
    this.written = this.#line.write(bytes).then(written);
  }

  /** @returns false: firmata-io threw, as it does at answers that contradict each other. */
  deliver(message: Uint8Array): boolean {
    try {
      this.emit('data', message);
      return true;
    } catch {
      return false;
    }
  }
}

interface Greeted {
  readonly io: Firmata;
  readonly transport: LineTransport;
}

/** Reads the line as long as it lasts, and waits until the board has told what it is and which pins it has. */
async function greet(line: SerialLine, signal: AbortSignal): Promise<Result<Greeted>> {
  const { default: firmataIo } = await import('firmata-io');
  const begin = (): Greeted => {
    const transport = new LineTransport(line);
    return { transport, io: new firmataIo.Firmata(transport, { reportVersionTimeout: SPEAKS_BY_ITSELF_MS }) };
  };
  let greeted = begin();
  void (async () => {
    const frames = new FirmataFrames();
    for (;;) {
      const received = await line.read(LISTEN_MS);
      if (!received.ok && received.failure.code !== 'SERIAL-SILENT') return;
      const messages = received.ok ? frames.push(received.value) : [];
      // In the greeting a contradiction means that it was spoilt: it begins anew. Later it is passed over.
      for (const message of messages)
        if (!greeted.transport.deliver(message) && !greeted.io.isReady) greeted = begin();
    }
  })();

  let over: Failure | undefined;
  void line.ended.then((failure) => {
    over = failure ?? { code: 'SERIAL-LOST' };
  });
  const deadline = performance.now() + READY_MS;
  while (!greeted.io.isReady) {
    if (over) return lost(over);
    if (signal.aborted) return fail('PANEL-LOST', 'closed');
    if (performance.now() > deadline) return fail('PANEL-SILENT', line.path);
    await Promise.race([heard(greeted.io, 'ready', ANSWER_MS), line.ended]);
    askForTheRest(greeted.io);
  }
  return ok(greeted);
}

/** firmata-io asks once for each; what was torn on the way would be waited for in vain. */
function askForTheRest(io: Firmata): void {
  if (io.isReady) return;
  if (!io.versionReceived) io.reportVersion(nobody);
  if (io.firmware.name === undefined) io.queryFirmware(nobody);
  else if (io.pins.length === 0) io.queryCapabilities(nobody);
  else io.queryAnalogMapping(nobody);
}

function unfitPin(io: Firmata, { inputs, outputs }: Pins): number | undefined {
  const wanted = [
    ...inputs.map(({ pin, pullUp }) => ({ pin, mode: pullUp ? MODE.pullUp : MODE.input })),
    ...outputs.map(({ pin }) => ({ pin, mode: MODE.output })),
  ];
  return wanted.find(({ pin, mode }) => !io.pins[pin]?.supportedModes.includes(mode))?.pin;
}

/** A new one for each connection: johnny-five keeps every board for ever, so none is made before its io is ready. */
async function boardOn(io: Firmata): Promise<Board> {
  const { default: five } = await import('johnny-five');
  const board = new five.Board({ io, repl: false, debug: false, sigint: false });
  await once(board, 'ready');
  return board;
}

function pinBoard(
  line: SerialLine,
  transport: LineTransport,
  io: Firmata,
  board: Board,
  pins: Pins,
  onLevel: Parameters<OpenBoard>[1],
): PinBoard {
  const ended = Promise.withResolvers<Failure | undefined>();
  let restarted = false;
  void line.ended.then((failure) => {
    if (!restarted) ended.resolve(failure && lost(failure).failure);
  });
  // Nobody asks for it any more: the board has started anew, and has forgotten what its pins are for. That is told
  // once the line is free: whoever hears of it opens it again.
  io.once('reportversion', () => {
    restarted = true;
    void line.close().then(() => ended.resolve({ code: 'PANEL-RESTARTED', detail: line.path }));
  });

  const levels = new Map<number, boolean>();
  function write(pin: number, high: boolean): void {
    levels.set(pin, high);
    board.digitalWrite(pin, high ? 1 : 0);
  }
  for (const { pin, high } of pins.outputs) {
    board.pinMode(pin, MODE.output);
    write(pin, high);
  }
  for (const { pin, pullUp } of pins.inputs) {
    board.pinMode(pin, pullUp ? MODE.pullUp : MODE.input);
    board.digitalRead(pin, (level) => onLevel(pin, level === 1));
  }

  /** Asks until it is answered; what the answer says, or undefined. */
  async function answer(event: string, ask: () => void): Promise<unknown[] | undefined> {
    for (let tries = TRIES; tries > 0; tries--) {
      const coming = heard(io, event, ANSWER_MS);
      ask();
      const came = await coming;
      if (came) return came;
    }
    return undefined;
  }
  const silent = () => fail('PANEL-SILENT', line.path);

  /** It is as it was set; one that says otherwise is asked again, for the answer may be spoilt. */
  async function verifyOutput(pin: number): Promise<Result> {
    for (let tries = TRIES; tries > 0; tries--) {
      const high = levels.get(pin);
      if (!(await answer(`pin-state-${pin}`, () => io.queryPinState(pin, nobody)))) return silent();
      const { mode, state } = io.pins[pin]!;
      if (mode === MODE.output && state === (high ? 1 : 0)) return ok();
    }
    return fail('PANEL-OUTPUT-WRONG', `${line.path}: pin ${pin}`);
  }

  const { name, version } = io.firmware;
  return {
    identity: `${name} ${version?.major}.${version?.minor}, ${io.pins.length} pins`,
    write,
    async read(pin) {
      const told = await answer(`digital-read-${pin}`, () => io.reportDigitalPin(pin, 1));
      return told ? ok(told[0] === 1) : silent();
    },
    async verify() {
      if (!(await answer('queryfirmware', () => io.queryFirmware(nobody)))) return silent();
      for (const { pin } of pins.outputs) {
        const verified = await verifyOutput(pin);
        if (!verified.ok) return verified;
      }
      return ok();
    },
    ended: ended.promise,
    async close() {
      await Promise.race([transport.written, delay(FLUSH_MS, undefined, { ref: false })]);
      await line.close();
    },
  };
}

function nobody(): void {}

/** What the emitter says next under this name, or undefined when that takes longer. */
async function heard(from: EventEmitter, event: string, ms: number): Promise<unknown[] | undefined> {
  return once(from, event, { signal: AbortSignal.timeout(ms) }).catch(() => undefined);
}

function lost({ code, detail }: Failure) {
  return fail('PANEL-LOST', `${code} ${detail ?? ''}`.trimEnd());
}
