/**
 * An Arduino Uno with StandardFirmata 2.5: its pins and what it says of them (github.com/firmata/protocol, protocol.md;
 * what that leaves open, as firmata/arduino's examples/StandardFirmata does it). Analogue inputs, servos and I²C are
 * told among the capabilities and do nothing.
 */
import type { Send } from '../pace.ts';

const VERSION = [2, 5];
const FIRMWARE = 'StandardFirmata.ino';

const PINS = 20;
const PORTS = 3;
/** 0 and 1 are the serial line itself. */
const FIRST_DIGITAL = 2;
const FIRST_ANALOG = 14;
const PWM_PINS = [3, 5, 6, 9, 10, 11];
const I2C_PINS = [18, 19];
/** What the firmware keeps of a sysex message. */
const MOST_SYSEX = 64;

const MODE = { input: 0, output: 1, analog: 2, pwm: 3, servo: 4, i2c: 6, pullUp: 11 } as const;
/** Ends the modes of a pin, and stands for the channel of one that is not analogue. */
const NO_MODE = 0x7f;

const DIGITAL = 0x90;
const REPORT_ANALOG = 0xc0;
const REPORT_DIGITAL = 0xd0;
const ANALOG = 0xe0;
const START_SYSEX = 0xf0;
const SET_MODE = 0xf4;
const SET_VALUE = 0xf5;
const END_SYSEX = 0xf7;
const REPORT_VERSION = 0xf9;
const RESET = 0xff;

const ANALOG_MAPPING_QUERY = 0x69;
const ANALOG_MAPPING_RESPONSE = 0x6a;
const CAPABILITY_QUERY = 0x6b;
const CAPABILITY_RESPONSE = 0x6c;
const PIN_STATE_QUERY = 0x6d;
const PIN_STATE_RESPONSE = 0x6e;
const REPORT_FIRMWARE = 0x79;

/** A message that is no sysex: how many bytes it has, and what is done about it. */
interface Message {
  readonly length: number;
  readonly obey: (channel: number, second: number, third: number) => void;
}

interface Pin {
  mode: number;
  /** What was last written; of an input, whether it is pulled up. */
  state: number;
  /** What is wired to it drives it so; null: nothing does. */
  driven: boolean | null;
}

export class FirmataBoard {
  readonly #send: Send;
  readonly #changed: () => void;
  readonly #pins: Pin[] = Array.from({ length: PINS }, () => ({ mode: NO_MODE, state: 0, driven: null }));
  /** Per port: what was last told of it, or null where nobody wants to know. */
  readonly #told: (number | null)[] = Array.from({ length: PORTS }, () => null);
  #message: number[] = [];
  /** By their first byte, without the channel that some have in it. */
  readonly #messages: Readonly<Record<number, Message>> = {
    [DIGITAL]: { length: 3, obey: (port, low, high) => this.#writePort(port, low | (high << 7)) },
    [ANALOG]: { length: 3, obey: (pin, low, high) => this.#writePwm(pin, low | (high << 7)) },
    [REPORT_ANALOG]: { length: 2, obey: () => {} },
    [REPORT_DIGITAL]: { length: 2, obey: (port, wanted) => this.#wantReports(port, wanted !== 0) },
    [SET_MODE]: { length: 3, obey: (_, pin, mode) => this.#setMode(pin, mode) },
    [SET_VALUE]: { length: 3, obey: (_, pin, value) => this.#writePin(pin, value) },
    [REPORT_VERSION]: { length: 1, obey: () => this.#tell(REPORT_VERSION, ...VERSION) },
    [RESET]: { length: 1, obey: () => this.#reset() },
  };

  /** @param changed An output may have. */
  constructor(send: Send, changed: () => void) {
    this.#send = send;
    this.#changed = changed;
  }

  receive(bytes: Uint8Array): void {
    for (const byte of bytes) this.#take(byte);
  }

  /** What is wired to a pin drives it high or low; null: it floats. */
  drive(pin: number, high: boolean | null): void {
    this.#pins[pin]!.driven = high;
    const port = pin >> 3;
    const told = this.#told[port];
    if (told !== null && told !== this.#levels(port)) this.#report(port);
  }

  /** Whether it is an output that is high. */
  isHigh(pin: number): boolean {
    const { mode, state } = this.#pins[pin]!;
    return (mode === MODE.output || mode === MODE.pwm) && state > 0;
  }

  /** As after its supply came on. */
  boot(): void {
    this.#reset();
    this.#tell(REPORT_VERSION, ...VERSION);
    this.#tellFirmware();
  }

  #take(byte: number): void {
    if (byte >= 0x80 && byte !== END_SYSEX) this.#message = [];
    else if (this.#message.length === 0) return;
    this.#message.push(byte);
    const first = this.#message[0]!;
    if (first === START_SYSEX) {
      if (byte === END_SYSEX) this.#sysex(this.#message.slice(1, -1));
      if (byte === END_SYSEX || this.#message.length > MOST_SYSEX) this.#message = [];
      return;
    }
    const message = this.#messages[first < START_SYSEX ? first & 0xf0 : first];
    if (byte === END_SYSEX || !message) this.#message = [];
    else if (this.#message.length === message.length) {
      const [, second = 0, third = 0] = this.#message;
      this.#message = [];
      message.obey(first & 0x0f, second, third);
    }
  }

  #sysex([command, pin]: readonly number[]): void {
    if (command === REPORT_FIRMWARE) this.#tellFirmware();
    if (command === CAPABILITY_QUERY)
      this.#tellSysex(
        CAPABILITY_RESPONSE,
        this.#pins.flatMap((_, at) => capabilitiesOf(at)),
      );
    if (command === ANALOG_MAPPING_QUERY)
      this.#tellSysex(
        ANALOG_MAPPING_RESPONSE,
        this.#pins.map((_, at) => (at < FIRST_ANALOG ? NO_MODE : at - FIRST_ANALOG)),
      );
    if (command === PIN_STATE_QUERY && pin !== undefined)
      this.#tellSysex(PIN_STATE_RESPONSE, [pin, ...stateOf(this.#pins[pin])]);
  }

  #reset(): void {
    this.#told.fill(null);
    for (const [at, pin] of this.#pins.entries()) {
      pin.mode = at < FIRST_DIGITAL ? NO_MODE : at < FIRST_ANALOG ? MODE.output : MODE.analog;
      pin.state = 0;
    }
    this.#changed();
  }

  #setMode(at: number, mode: number): void {
    const pin = this.#pins[at];
    if (!pin || at < FIRST_DIGITAL || !modesOf(at).some(([can]) => can === mode)) return;
    pin.mode = mode;
    pin.state = mode === MODE.pullUp ? 1 : 0;
    this.#changed();
  }

  #writePort(port: number, levels: number): void {
    for (let bit = 0; bit < 8; bit++) {
      const pin = this.#pins[port * 8 + bit];
      const level = (levels >> bit) & 1;
      if (pin?.mode === MODE.output) pin.state = level;
      // From before there was a mode for it: a 1 pulls an input up, a 0 leaves it as it is.
      if (pin?.mode === MODE.input && level === 1) pin.state = 1;
    }
    this.#changed();
  }

  #writePin(at: number, value: number): void {
    const pin = this.#pins[at];
    if (pin?.mode === MODE.output) pin.state = value === 0 ? 0 : 1;
    this.#changed();
  }

  #writePwm(at: number, value: number): void {
    const pin = this.#pins[at];
    if (pin?.mode === MODE.pwm) pin.state = value;
    this.#changed();
  }

  #wantReports(port: number, wanted: boolean): void {
    if (port >= PORTS) return;
    this.#told[port] = null;
    // At once, so that the state is known after a reconnect (protocol.md, since 2.4.0).
    if (wanted) this.#report(port);
  }

  #report(port: number): void {
    const levels = this.#levels(port);
    this.#told[port] = levels;
    this.#tell(DIGITAL | port, levels & 0x7f, levels >> 7);
  }

  /** Outputs count as 0. */
  #levels(port: number): number {
    return this.#pins.slice(port * 8, port * 8 + 8).reduce((levels, { mode, state, driven }, bit) => {
      const isInput = mode === MODE.input || mode === MODE.pullUp;
      return isInput && (driven ?? state === 1) ? levels | (1 << bit) : levels;
    }, 0);
  }

  #tellFirmware(): void {
    const name = [...Buffer.from(FIRMWARE, 'latin1')].flatMap((byte) => [byte & 0x7f, byte >> 7]);
    this.#tellSysex(REPORT_FIRMWARE, [...VERSION, ...name]);
  }

  #tellSysex(command: number, data: readonly number[]): void {
    this.#tell(START_SYSEX, command, ...data, END_SYSEX);
  }

  #tell(...bytes: readonly number[]): void {
    this.#send(Uint8Array.from(bytes), 0);
  }
}

/** Modes with their resolutions in bits, in the firmware's order. */
function modesOf(pin: number): readonly (readonly [number, number])[] {
  if (pin < FIRST_DIGITAL) return [];
  return [
    [MODE.input, 1],
    [MODE.pullUp, 1],
    [MODE.output, 1],
    ...(pin >= FIRST_ANALOG ? [[MODE.analog, 10] as const] : []),
    ...(PWM_PINS.includes(pin) ? [[MODE.pwm, 8] as const] : []),
    [MODE.servo, 14],
    ...(I2C_PINS.includes(pin) ? [[MODE.i2c, 1] as const] : []),
  ];
}

function capabilitiesOf(pin: number): number[] {
  return [...modesOf(pin).flat(), NO_MODE];
}

function stateOf(pin: Pin | undefined): number[] {
  if (!pin) return [];
  const { mode, state } = pin;
  return state > 0x7f ? [mode, state & 0x7f, state >> 7] : [mode, state];
}
