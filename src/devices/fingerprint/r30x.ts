/**
 * The driver of an R30x, ZFM-20 or AS608 fingerprint module on a serial line: optical, 256 × 288 pixels of 4 bits.
 * Good for one-to-one verification, below what recording wants (ISO/IEC 19794-4: 8 bits), and said so.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Findings } from '../device.ts';
import type { WireTrace } from '../transport/trace.ts';
import { createModuleSensor } from './module-sensor.ts';
import { openPacketLine, type PacketLine } from './packet-line.ts';
import type { FingerSensor } from './port.ts';
import {
  CONFIRMATION,
  DPI,
  decodeImage,
  encodeCommand,
  IMAGE_BYTES,
  INSTRUCTION,
  PACKET_ID,
  type R30xEvent,
  R30xParser,
} from './r30x-packets.ts';
import { type Received, Upload } from './r30x-upload.ts';
import type { R30xSettings } from './settings.ts';

/** A look for a finger takes the module up to half a second by the manual. */
const ANSWER_MS = 1_000;
/** Spoilt or lost on the way: asked again. */
const TRIES = 3;
/** Between two looks for a finger. */
const LOOK_MS = 100;
/** Between two packets of an image. */
const NEXT_PACKET_MS = 500;
const MOST_UPLOADS = 6;
const NO_PASSWORD = [0, 0, 0, 0];

export function createR30x(
  { id, port, baudRate }: Pick<R30xSettings, 'id' | 'port' | 'baudRate'>,
  wire?: WireTrace,
): FingerSensor {
  return createModuleSensor(
    id,
    { slap: false, live: false, enrolmentGrade: false, dpi: DPI },
    {
      async open() {
        const line = await openPacketLine({ path: port, baudRate }, new R30xParser(), wire);
        return line.ok ? ok(new R30x(line.value, baudRate)) : line;
      },
      settle: (module) => module.settle(),
      capture: (module, signal) => module.capture(signal),
      identify: (module) => module.identify(),
      ping: (module) => module.greet(),
    },
  );
}

class R30x {
  readonly #line: PacketLine<R30xEvent>;
  /** How long an image takes on the line, with half as much again for its packets' frames and pauses. */
  readonly #imageMs: number;
  /** Asked for, and not yet heard to its end. */
  #imageOnLine = false;

  constructor(line: PacketLine<R30xEvent>, baudRate: number) {
    this.#line = line;
    this.#imageMs = (IMAGE_BYTES * 10 * 1000 * 1.5) / baudRate;
  }

  get alive(): boolean {
    return this.#line.alive;
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  /** An image under way cannot be stopped, only heard out. */
  async settle(): Promise<Result> {
    const drained = this.#imageOnLine ? await this.#line.drain(this.#imageMs) : ok();
    this.#imageOnLine = false;
    return drained.ok ? this.greet() : drained;
  }

  async greet(): Promise<Result> {
    const greeted = await this.#ask(INSTRUCTION.vfyPwd, NO_PASSWORD);
    return greeted.ok ? accepted('VfyPwd', greeted.value) : greeted;
  }

  async capture(signal: AbortSignal): Promise<Result<GrayImage> | undefined> {
    const parameters = await this.#parameters();
    if (!parameters.ok) return parameters;
    for (;;) {
      const looked = await this.#ask(INSTRUCTION.getImage);
      if (!looked.ok) return looked;
      const [confirmation] = looked.value;
      if (confirmation === CONFIRMATION.ok) break;
      if (confirmation === CONFIRMATION.captureFailed) return fail('SENSOR-SCAN-FAILED');
      if (confirmation !== CONFIRMATION.noFinger) return refused('GetImage', looked.value);
      if (signal.aborted) return undefined;
      await delay(LOOK_MS, undefined, { signal }).catch(() => {});
      if (signal.aborted) return undefined;
    }
    return this.#fetch(new Upload(parameters.value.packetSize), signal);
  }

  async #fetch(upload: Upload, signal: AbortSignal): Promise<Result<GrayImage> | undefined> {
    for (let uploads = 1; uploads <= MOST_UPLOADS; uploads++) {
      if (signal.aborted) return undefined;
      const begun = await this.#ask(INSTRUCTION.upImage);
      if (!begun.ok) return begun;
      if (begun.value[0] !== CONFIRMATION.ok) return refused('UpImage', begun.value);
      this.#imageOnLine = true;
      const heard = await this.#hearUpload(signal);
      if (!heard?.ok) return heard;
      this.#imageOnLine = false;
      upload.add(heard.value.received, heard.value.tail);
      const whole = upload.whole();
      if (whole) return ok(decodeImage(whole));
    }
    return fail('SENSOR-GARBLED', `image spoilt in ${MOST_UPLOADS} uploads`);
  }

  /** Until its last packet, or until nothing more comes. */
  async #hearUpload(
    signal: AbortSignal,
  ): Promise<Result<{ readonly received: Received[]; readonly tail: number }> | undefined> {
    const received: Received[] = [];
    for (;;) {
      const heard = await this.#line.hear(NEXT_PACKET_MS, signal);
      if (!heard?.ok) return heard;
      const { value } = heard;
      if (value.type !== 'packet') return ok({ received, tail: value.type === 'tail' ? value.skipped : 0 });
      const { id, payload, skipped } = value;
      if (id === PACKET_ID.data || id === PACKET_ID.lastData) received.push({ payload, skipped });
      if (id === PACKET_ID.lastData) return ok({ received, tail: 0 });
    }
  }

  async identify(): Promise<Result<Findings>> {
    const parameters = await this.#parameters();
    if (!parameters.ok) return parameters;
    const { systemId, capacity, packetSize } = parameters.value;
    const looked = await this.#ask(INSTRUCTION.getImage);
    if (!looked.ok) return looked;
    const identity = `R30x, system ${systemId}, room for ${capacity} templates, packets of ${packetSize} bytes`;
    return looked.value[0] === CONFIRMATION.ok
      ? ok({ identity, complaint: { code: 'SENSOR-GLASS-COVERED' } })
      : ok({ identity });
  }

  async #parameters() {
    const answer = await this.#ask(INSTRUCTION.readSysPara);
    if (!answer.ok) return answer;
    const good = accepted('ReadSysPara', answer.value);
    if (!good.ok) return good;
    if (answer.value.length !== 17 || answer.value[14]! > 3) return refused('ReadSysPara', answer.value);
    const view = new DataView(answer.value.buffer, answer.value.byteOffset);
    return ok({
      systemId: view.getUint16(3).toString(16).padStart(4, '0'),
      capacity: view.getUint16(5),
      packetSize: 32 << view.getUint16(13),
    });
  }

  /**
   * One command and the payload of its ack. An ack does not say what it answers, so nothing older is left on the line
   * before; all commands may be repeated without harm.
   */
  async #ask(instruction: number, parameters: readonly number[] = []): Promise<Result<Uint8Array>> {
    const name = `instruction ${instruction.toString(16).padStart(2, '0')}`;
    for (let tries = 1; ; tries++) {
      this.#line.forget();
      const sent = await this.#line.send(encodeCommand(instruction, parameters));
      if (!sent.ok) return sent;
      const heard = (await this.#line.hear(ANSWER_MS))!;
      if (!heard.ok) return heard;
      const { value } = heard;
      const spoiltThere = value.type === 'packet' && value.payload[0] === CONFIRMATION.receiveError;
      if (value.type === 'packet' && value.id === PACKET_ID.ack && !spoiltThere) return ok(value.payload);
      const silent = value.type === 'silence';
      if (tries === TRIES) return fail(silent ? 'SENSOR-SILENT' : 'SENSOR-GARBLED', name);
      // Perhaps it is an image that somebody else asked for: a kiosk that was ended.
      const drained = silent ? ok() : await this.#line.drain(this.#imageMs);
      if (!drained.ok) return drained;
    }
  }
}

function accepted(what: string, payload: Uint8Array): Result {
  return payload[0] === CONFIRMATION.ok ? ok() : refused(what, payload);
}

function refused(what: string, payload: Uint8Array) {
  return fail('SENSOR-REFUSED', `${what}: ${payload[0]?.toString(16).padStart(2, '0') ?? 'nothing'}`);
}
