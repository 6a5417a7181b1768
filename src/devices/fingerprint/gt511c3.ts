/**
 * The driver of an ADH-Tech GT-511C3 fingerprint module on a serial line: optical, 202 × 258 pixels, 8 bits, 450 dpi.
 * Good for one-to-one verification, below what recording wants (500 dpi), and said so.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Findings } from '../device.ts';
import type { WireTrace } from '../transport/trace.ts';
import {
  COMMAND,
  DPI,
  decodeImage,
  encodeCommand,
  type Gt511c3Event,
  Gt511c3Parser,
  IDENTITY_LENGTH,
  IMAGE_LENGTH,
  NACK,
  RESPONSE,
} from './gt511c3-packets.ts';
import { createModuleSensor } from './module-sensor.ts';
import { openPacketLine, type PacketLine } from './packet-line.ts';
import type { FingerSensor } from './port.ts';
import type { Gt511c3Settings } from './settings.ts';

const ANSWER_MS = 1_000;
/** Spoilt or lost on the way: asked again. */
const TRIES = 3;
/** Between two looks for a finger. */
const LOOK_MS = 100;
/** After being switched on, whatever it was told before. */
const FIRST_BAUD_RATE = 9_600;
const [OFF, ON] = [0, 1];
const PRESSED = 0;
const BEST = 1;

type Settings = Pick<Gt511c3Settings, 'id' | 'port' | 'baudRate'>;

export function createGt511c3(settings: Settings, wire?: WireTrace): FingerSensor {
  return createModuleSensor(
    settings.id,
    { slap: false, live: false, enrolmentGrade: false, dpi: DPI },
    {
      open: () => connect(settings, wire),
      settle: (module) => module.settle(),
      capture: (module, signal) => module.capture(signal),
      identify: (module) => module.identify(),
      ping: (module) => module.settle(),
    },
  );
}

/** Finds the module at its rate, or at the one with which it starts, and brings it to its rate. */
async function connect({ port, baudRate }: Settings, wire?: WireTrace): Promise<Result<Gt511c3>> {
  const first = await reach(port, baudRate, wire);
  if (first.ok || first.failure.code !== 'SENSOR-SILENT' || baudRate === FIRST_BAUD_RATE) return first;

  const started = await reach(port, FIRST_BAUD_RATE, wire);
  if (!started.ok) return started;
  const changed = await started.value.command(COMMAND.changeBaudRate, baudRate);
  await started.value.close();
  return changed.ok ? reach(port, baudRate, wire) : changed;
}

async function reach(path: string, baudRate: number, wire?: WireTrace): Promise<Result<Gt511c3>> {
  const parser = new Gt511c3Parser();
  const line = await openPacketLine({ path, baudRate }, parser, wire);
  if (!line.ok) return line;
  const module = new Gt511c3(line.value, parser, baudRate);
  const opened = await module.command(COMMAND.open);
  if (opened.ok) return ok(module);
  await line.value.close();
  return opened;
}

interface Answer {
  /** undefined: an Ack. */
  readonly nack: number | undefined;
  readonly parameter: number;
  readonly data: Uint8Array;
}

class Gt511c3 {
  readonly #line: PacketLine<Gt511c3Event>;
  readonly #parser: Gt511c3Parser;
  /** How long an image takes on the line, with half as much again for pauses. */
  readonly #imageMs: number;

  constructor(line: PacketLine<Gt511c3Event>, parser: Gt511c3Parser, baudRate: number) {
    this.#line = line;
    this.#parser = parser;
    this.#imageMs = (IMAGE_LENGTH * 10 * 1000 * 1.5) / baudRate;
  }

  get alive(): boolean {
    return this.#line.alive;
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  /** Its light is only on for a finger. Every command is heard to its end, so nothing is under way. */
  async settle(): Promise<Result> {
    const dark = await this.command(COMMAND.cmosLed, OFF);
    return dark.ok ? ok() : dark;
  }

  async capture(signal: AbortSignal): Promise<Result<GrayImage> | undefined> {
    const lit = await this.command(COMMAND.cmosLed, ON);
    if (!lit.ok) return lit;
    const seen = await this.#awaitFinger(signal);
    if (!seen?.ok) return seen;
    const image = await this.command(COMMAND.getImage, 0, IMAGE_LENGTH);
    if (!image.ok) return image;
    const dark = await this.settle();
    return dark.ok ? ok(decodeImage(image.value.data)) : dark;
  }

  /** Until the module has captured one. */
  async #awaitFinger(signal: AbortSignal): Promise<Result | undefined> {
    for (;;) {
      if (signal.aborted) return undefined;
      const pressed = await this.command(COMMAND.isPressFinger);
      if (!pressed.ok) return pressed;
      if (pressed.value.parameter === PRESSED) {
        const captured = await this.#exchange(COMMAND.captureFinger, BEST, 0);
        if (!captured.ok) return captured;
        const { nack } = captured.value;
        if (nack === undefined) return ok();
        // Otherwise it was lifted in between.
        if (nack !== NACK.fingerIsNotPressed) return refused(COMMAND.captureFinger, nack);
      }
      await delay(LOOK_MS, undefined, { signal }).catch(() => {});
    }
  }

  async identify(): Promise<Result<Findings>> {
    const described = await this.command(COMMAND.open, 1, IDENTITY_LENGTH);
    if (!described.ok) return described;
    const lit = await this.command(COMMAND.cmosLed, ON);
    if (!lit.ok) return lit;
    const pressed = await this.command(COMMAND.isPressFinger);
    if (!pressed.ok) return pressed;
    const dark = await this.settle();
    if (!dark.ok) return dark;
    const bytes = Buffer.from(described.value.data);
    const firmware = bytes.readUInt32LE(0).toString(16);
    const identity = `GT-511C3, firmware ${firmware}, serial number ${bytes.toString('hex', 8)}`;
    return pressed.value.parameter === PRESSED
      ? ok({ identity, complaint: { code: 'SENSOR-GLASS-COVERED' } })
      : ok({ identity });
  }

  /** One command that must be acknowledged; `dataLength` bytes of data follow. */
  async command(command: number, parameter = 0, dataLength = 0): Promise<Result<Answer>> {
    const answer = await this.#exchange(command, parameter, dataLength);
    if (!answer.ok || answer.value.nack === undefined) return answer;
    return refused(command, answer.value.nack);
  }

  /**
   * One command and what it brings. A response does not say what it answers, so nothing older is left on the line
   * before; all commands may be repeated without harm.
   */
  async #exchange(command: number, parameter: number, dataLength: number): Promise<Result<Answer>> {
    for (let tries = 1; ; tries++) {
      this.#line.forget();
      this.#parser.expect(dataLength);
      const sent = await this.#line.send(encodeCommand(command, parameter));
      if (!sent.ok) return sent;
      const answer = await this.#hearAnswer(dataLength);
      if (!answer.ok) return answer;
      const { value } = answer;
      if (typeof value === 'object' && value.nack !== NACK.communication) return ok(value);
      if (tries === TRIES) {
        return fail(value === 'silence' ? 'SENSOR-SILENT' : 'SENSOR-GARBLED', name(command));
      }
      // Perhaps it is an image that somebody else asked for: a kiosk that was ended.
      const drained = value === 'noise' ? await this.#line.drain(this.#imageMs) : ok();
      if (!drained.ok) return drained;
    }
  }

  /** The response, then the data that an Ack promises. */
  async #hearAnswer(dataLength: number): Promise<Result<Answer | 'noise' | 'silence'>> {
    let parameter: number | undefined;
    for (;;) {
      const heard = (await this.#line.hear(ANSWER_MS))!;
      if (!heard.ok) return heard;
      const { value } = heard;
      if (value.type === 'silence' || value.type === 'noise') return ok(value.type);
      if (value.type === 'response') {
        parameter = value.parameter;
        if (value.response !== RESPONSE.ack) return ok({ nack: parameter, parameter, data: NO_DATA });
        if (dataLength === 0) return ok({ nack: undefined, parameter, data: NO_DATA });
      } else if (parameter !== undefined) {
        return ok({ nack: undefined, parameter, data: value.data });
      } else {
        // Data whose response came spoilt.
        return ok('noise');
      }
    }
  }
}

const NO_DATA = new Uint8Array();

function refused(command: number, nack: number) {
  return nack === NACK.badFinger
    ? fail('SENSOR-SCAN-FAILED', name(command))
    : fail('SENSOR-REFUSED', `${name(command)}: ${nack.toString(16)}`);
}

function name(command: number): string {
  return `command ${command.toString(16).padStart(2, '0')}`;
}
