/** A serial line with a Suprema SFM module at its other end: requests out, what is heard in, each with its time-out. */
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import { openSerial, type SerialLine, type SerialSettings } from '../transport/serial.ts';
import {
  COMMAND,
  encodePacket,
  LONGEST_DATA,
  type SfmEvent,
  type SfmPacket,
  SfmParser,
} from './sfm-packets.ts';
import type { Heard } from './sfm-scan.ts';

export interface SfmLink {
  /** The line is still there. */
  readonly alive: boolean;
  request(command: number, fields?: Partial<SfmPacket>): Promise<Result>;
  /**
   * The next that is heard. `silence` when nothing came within `patienceMs`; an image under way is waited for as
   * long as its bytes keep coming. undefined: aborted.
   */
  hear(patienceMs: number, signal?: AbortSignal): Promise<Result<Heard> | undefined>;
  /** One request and its answer, for commands that may be repeated without harm; repeated when it came spoilt. */
  ask(command: number, fields?: Partial<SfmPacket>): Promise<Result<SfmPacket>>;
  /** Ends whatever the module is at, and hears out what it still has to say. */
  settle(): Promise<Result>;
  close(): Promise<void>;
}

/** Bytes of one packet do not pause for longer (USB adapters wait up to 16 ms). */
const QUIET_MS = 300;
/** UF_SetGenericCommandTimeout: two seconds. */
const ANSWER_MS = 2_000;
const TRIES = 3;
const BITS_PER_BYTE = 10;

/** Fails with SENSOR-ABSENT, or as openSerial does. */
export async function openSfmLink(settings: SerialSettings): Promise<Result<SfmLink>> {
  const opened = await openSerial(settings);
  if (opened.ok) return ok(createLink(opened.value, settings.baudRate));
  const { code, detail } = opened.failure;
  return code === 'SERIAL-ABSENT' ? fail('SENSOR-ABSENT', detail) : opened;
}

function createLink(line: SerialLine, baudRate: number): SfmLink {
  const parser = new SfmParser();
  const longestTransferMs = (LONGEST_DATA * BITS_PER_BYTE * 1000) / baudRate;
  let events: SfmEvent[] = [];
  let alive = true;
  void line.ended.then(() => {
    alive = false;
  });
  /** A read outlives the abort of whoever wanted its bytes; the next one takes it over. */
  let reading: Promise<Result<Uint8Array>> | undefined;
  function read(): Promise<Result<Uint8Array>> {
    reading ??= line.read(QUIET_MS).finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function hear(patienceMs: number, signal?: AbortSignal): Promise<Result<Heard> | undefined> {
    const deadline = performance.now() + patienceMs;
    /** Bytes came that have not become an event yet. */
    let unclear = false;
    for (;;) {
      const event = events.shift();
      if (event) return ok(event);
      if (signal?.aborted) return undefined;
      const received = await orAborted(read(), signal);
      if (!received) return undefined;
      const over = performance.now() > deadline + (parser.awaitsData ? longestTransferMs : 0);
      if (received.ok) {
        events = parser.push(received.value);
        unclear = true;
      } else if (received.failure.code !== 'SERIAL-SILENT') {
        return lost(received.failure);
      }
      if (events.length > 0) continue;
      if (unclear && (!received.ok || over)) {
        events = parser.giveUp();
        if (events.length === 0) return ok({ type: 'noise' });
      } else if (over) {
        return ok({ type: 'silence' });
      }
    }
  }

  async function request(command: number, fields: Partial<SfmPacket> = {}): Promise<Result> {
    const written = await line.write(encodePacket({ command, param: 0, size: 0, flag: 0, ...fields }));
    return written.ok ? written : lost(written.failure);
  }

  async function ask(command: number, fields?: Partial<SfmPacket>): Promise<Result<SfmPacket>> {
    for (let tries = 1; ; tries++) {
      const sent = await request(command, fields);
      if (!sent.ok) return sent;
      const answer = await answerTo(command);
      if (!answer.ok || answer.value) return answer as Result<SfmPacket>;
      if (tries === TRIES) return fail('SENSOR-GARBLED', `command ${command}: spoilt ${TRIES} times`);
    }
  }

  /** undefined: it came spoilt. */
  async function answerTo(command: number): Promise<Result<SfmPacket | undefined>> {
    for (;;) {
      const heard = (await hear(ANSWER_MS))!;
      if (!heard.ok) return heard;
      if (heard.value.type === 'silence') return fail('SENSOR-SILENT', `command ${command}`);
      if (heard.value.type === 'noise') return ok(undefined);
      // Anything else is a late answer to an earlier command.
      if (heard.value.type === 'packet' && heard.value.packet.command === command) {
        return ok(heard.value.packet);
      }
    }
  }

  return {
    get alive() {
      return alive;
    },
    request,
    hear,
    ask,
    async settle() {
      // Whatever its flag: a module that had nothing to cancel need not call that a success.
      const answer = await ask(COMMAND.cancel);
      return answer.ok ? ok() : answer;
    },
    close: () => line.close(),
  };
}

function lost({ code, detail }: Failure) {
  return fail('SENSOR-LOST', `${code} ${detail ?? ''}`.trimEnd());
}

/** What the promise resolves to, or undefined as soon as the signal aborts. */
export async function orAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
  if (!signal) return promise;
  if (signal.aborted) return undefined;
  const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
  const leave = () => resolve(undefined);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
