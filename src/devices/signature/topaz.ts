/** The driver of a Topaz signature pad on a serial line. The pad hears nothing: it talks while a pen is near. */
import { ok } from '../../failures/failure.ts';
import type { WireTrace } from '../transport/trace.ts';
import { createPad, type PadTalker } from './pad.ts';
import { PenTrack } from './pen-track.ts';
import type { PadTraits, PenSample, SignaturePad } from './port.ts';
import { openPenLine, type PenLine, sentAt } from './serial-pen.ts';
import type { TopazSettings } from './settings.ts';
import { PACKET_LENGTH, TOPAZ_MAX_PRESSURE, TOPAZ_MODELS, TopazParser } from './topaz-packets.ts';

/** 8O1, with start and stop bit. */
const BITS_PER_BYTE = 11;

/**
 * A check tells that the line is there, not that a pad is: it has no way to ask.
 * Failures: PAD-…, and from opening the line SERIAL-FORBIDDEN, SERIAL-BUSY, SERIAL-OPEN-FAILED.
 */
export function createTopaz(settings: TopazSettings, wire?: WireTrace): SignaturePad {
  return createPad(settings.id, async () => {
    const { baudRate } = TOPAZ_MODELS[settings.model];
    const opened = await openPenLine({ path: settings.port, baudRate, parity: 'odd' }, wire);
    return opened.ok ? ok(talkerOn(opened.value, settings)) : opened;
  });
}

function talkerOn(line: PenLine, settings: TopazSettings): PadTalker {
  const { baudRate, left, right, top, bottom, perMm } = TOPAZ_MODELS[settings.model];
  const traits: PadTraits = {
    x: { max: right - left, perMm },
    y: { max: bottom - top, perMm },
    maxPressure: settings.pressure ? TOPAZ_MAX_PRESSURE : null,
  };
  const packetMs = (PACKET_LENGTH * BITS_PER_BYTE * 1000) / baudRate;
  let parser = new TopazParser();
  let track = new PenTrack(traits);
  let pressure = 0;
  let lastAt = 0;

  return {
    traits,
    identity: `Topaz ${settings.model} (as configured: the pad does not tell)`,
    get alive() {
      return line.alive;
    },
    async start() {
      line.discard();
      parser = new TopazParser();
      track = new PenTrack(traits);
      pressure = 0;
      return ok();
    },
    async hear() {
      const received = await line.read();
      if (!received.ok) return received;
      const events = parser.push(received.value);
      const times = sentAt(events.length, packetMs, lastAt);
      const samples: PenSample[] = [];
      for (const event of events) {
        lastAt = times.next().value ?? lastAt;
        if (event.type === 'pressure') pressure = event.pressure;
        else
          samples.push(
            ...track.push({ ...event, x: event.x - left, y: event.y - top, pressure, at: lastAt }),
          );
      }
      return ok(samples);
    },
    close: () => line.close(),
  };
}
