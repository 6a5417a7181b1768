/** The driver of a Wacom ISDV4 pen digitiser on a serial line. It tells its size when asked, and pen packets from start to stop. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { WireTrace } from '../transport/trace.ts';
import { ISDV4, ISDV4_PER_MM, type Isdv4Event, Isdv4Parser, PEN_LENGTH } from './isdv4-packets.ts';
import { createPad, type PadTalker } from './pad.ts';
import { PenTrack } from './pen-track.ts';
import type { PadTraits, SignaturePad } from './port.ts';
import { openPenLine, type PenLine, sentAt } from './serial-pen.ts';
import type { WacomIsdv4Settings } from './settings.ts';

type Answer = Extract<Isdv4Event, { type: 'answer' }>;

/** Far more than the 6 ms that the answer takes on the line. */
const ANSWER_MS = 500;
const TRIES = 3;
const BITS_PER_BYTE = 10;

/** Failures: PAD-…, and from opening the line SERIAL-FORBIDDEN, SERIAL-BUSY, SERIAL-OPEN-FAILED. */
export function createWacomIsdv4(settings: WacomIsdv4Settings, wire?: WireTrace): SignaturePad {
  return createPad(settings.id, async () => {
    const opened = await openPenLine({ path: settings.port, baudRate: settings.baudRate }, wire);
    if (!opened.ok) return opened;
    const answer = await query(opened.value);
    if (answer.ok) return ok(talkerOn(opened.value, answer.value, settings.baudRate));
    await opened.value.close();
    return answer;
  });
}

function talkerOn(line: PenLine, { maxX, maxY, maxPressure, version }: Answer, baudRate: number): PadTalker {
  const traits: PadTraits = {
    x: { max: maxX, perMm: ISDV4_PER_MM },
    y: { max: maxY, perMm: ISDV4_PER_MM },
    maxPressure: maxPressure > 0 ? maxPressure : null,
  };
  const packetMs = (PEN_LENGTH * BITS_PER_BYTE * 1000) / baudRate;
  let parser = new Isdv4Parser();
  let track = new PenTrack(traits);
  let lastAt = 0;

  async function ping(): Promise<Result> {
    const answer = await query(line);
    return answer.ok ? ok() : answer;
  }
  return {
    traits,
    identity: `Wacom ISDV4 pen, version ${version}, ${maxX / ISDV4_PER_MM} × ${maxY / ISDV4_PER_MM} mm`,
    get alive() {
      return line.alive;
    },
    ping,
    async start() {
      const there = await ping();
      if (!there.ok) return there;
      parser = new Isdv4Parser();
      track = new PenTrack(traits);
      return line.write(Uint8Array.of(ISDV4.start));
    },
    async hear() {
      const received = await line.read();
      if (!received.ok) return received;
      const pens = parser.push(received.value).filter((event) => event.type === 'pen');
      const times = sentAt(pens.length, packetMs, lastAt);
      return ok(
        pens.flatMap(({ tip, ...pen }) => {
          lastAt = times.next().value ?? lastAt;
          return track.push({ ...pen, down: tip, at: lastAt });
        }),
      );
    },
    stop: () => line.write(Uint8Array.of(ISDV4.stop)),
    close: () => line.close(),
  };
}

/** Stops it, and asks it for its size. PAD-SILENT, PAD-GARBLED, PAD-LOST. */
async function query(line: PenLine): Promise<Result<Answer>> {
  let spoilt = false;
  for (let tries = 0; tries < TRIES; tries++) {
    // The last packets of a pen that was stopped may still come: the parser passes them over.
    const sent = await line.write(Uint8Array.of(ISDV4.stop, ISDV4.query));
    if (!sent.ok) return sent;
    const parser = new Isdv4Parser();
    const deadline = performance.now() + ANSWER_MS;
    for (let left = ANSWER_MS; left > 0; left = deadline - performance.now()) {
      const received = await line.read(left);
      if (!received.ok) return received;
      const answer = parser.push(received.value).find((event) => event.type === 'answer');
      if (answer) return ok(answer);
      spoilt ||= received.value.length > 0;
    }
  }
  return fail(spoilt ? 'PAD-GARBLED' : 'PAD-SILENT', `no answer to ${TRIES} queries`);
}
