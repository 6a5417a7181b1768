/** A serial line with a Suprema SFM module at its other end: requests out, what is heard in, each with its time-out. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { SerialSettings } from '../transport/serial.ts';
import type { WireTrace } from '../transport/trace.ts';
import { type Heard, openPacketLine, type PacketLine } from './packet-line.ts';
import { COMMAND, encodePacket, type SfmEvent, type SfmPacket, SfmParser } from './sfm-packets.ts';

export interface SfmLink {
  /** The line is still there. */
  readonly alive: boolean;
  request(command: number, fields?: Partial<SfmPacket>): Promise<Result>;
  /** As of PacketLine. */
  hear(patienceMs: number, signal?: AbortSignal): Promise<Result<Heard<SfmEvent>> | undefined>;
  /** One request and its answer, for commands that may be repeated without harm; repeated when it was not answered well. */
  ask(command: number, fields?: Partial<SfmPacket>): Promise<Result<SfmPacket>>;
  /** Ends whatever the module is at, and hears out what it still has to say. */
  settle(): Promise<Result>;
  close(): Promise<void>;
}

/** The SDK waits two seconds (UF_SetGenericCommandTimeout), but asks once only. */
const ANSWER_MS = 1_000;
const TRIES = 3;

/** Fails with SENSOR-ABSENT, or as openSerial does. */
export async function openSfmLink(settings: SerialSettings, wire?: WireTrace): Promise<Result<SfmLink>> {
  const opened = await openPacketLine(settings, new SfmParser(), wire);
  return opened.ok ? ok(createLink(opened.value)) : opened;
}

function createLink(line: PacketLine<SfmEvent>): SfmLink {
  const request = (command: number, fields: Partial<SfmPacket> = {}) =>
    line.send(encodePacket({ command, param: 0, size: 0, flag: 0, ...fields }));

  async function ask(command: number, fields?: Partial<SfmPacket>): Promise<Result<SfmPacket>> {
    for (let tries = 1; ; tries++) {
      const sent = await request(command, fields);
      if (!sent.ok) return sent;
      const answer = await answerTo(command);
      if (!answer.ok) return answer;
      if (typeof answer.value === 'object') return ok(answer.value);
      if (tries < TRIES) continue;
      return answer.value === 'silence'
        ? fail('SENSOR-SILENT', `command ${command}`)
        : fail('SENSOR-GARBLED', `command ${command}: spoilt ${TRIES} times`);
    }
  }

  async function answerTo(command: number): Promise<Result<SfmPacket | 'noise' | 'silence'>> {
    for (;;) {
      const heard = (await line.hear(ANSWER_MS))!;
      if (!heard.ok) return heard;
      const { value } = heard;
      if (value.type === 'silence' || value.type === 'noise') return ok(value.type);
      // Anything else is a late answer to an earlier command.
      if (value.type === 'packet' && value.packet.command === command) return ok(value.packet);
    }
  }

  return {
    get alive() {
      return line.alive;
    },
    request,
    hear: line.hear,
    ask,
    async settle() {
      // Whatever its flag: a module that had nothing to cancel need not call that a success.
      const answer = await ask(COMMAND.cancel);
      return answer.ok ? ok() : answer;
    },
    close: () => line.close(),
  };
}
