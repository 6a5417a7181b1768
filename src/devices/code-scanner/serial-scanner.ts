/** The driver of a code scanner on a serial line. The scanner hears nothing: it sends what it saw. */
import { ok, type Result } from '../../failures/failure.ts';
import { HEAR_MS, type Talker } from '../transport/listening.ts';
import { openSerial } from '../transport/serial.ts';
import type { WireTrace } from '../transport/trace.ts';
import { CodeLines } from './code-lines.ts';
import type { CodeScanner } from './port.ts';
import { createScanner, scannerLost, scannerRefused } from './scanner.ts';
import type { SerialScannerSettings } from './settings.ts';

/** Characters of one code do not pause for longer (USB adapters wait up to 16 ms). */
const QUIET_MS = 150;

/**
 * A check tells that the line is there, not that a scanner is: it has no way to ask.
 * Failures: SCANNER-…, and from opening the line SERIAL-FORBIDDEN, SERIAL-BUSY, SERIAL-OPEN-FAILED.
 */
export function createSerialScanner(settings: SerialScannerSettings, wire?: WireTrace): CodeScanner {
  return createScanner(settings.id, () => open(settings, wire));
}

async function open(settings: SerialScannerSettings, wire?: WireTrace): Promise<Result<Talker<string>>> {
  const opened = await openSerial({ path: settings.port, baudRate: settings.baudRate }, wire);
  if (!opened.ok) return scannerRefused(opened.failure);
  const line = opened.value;
  let alive = true;
  void line.ended.then(() => {
    alive = false;
  });
  let codes = new CodeLines(settings.ends);
  return ok({
    identity: 'serial code scanner (it does not tell its name)',
    get alive() {
      return alive;
    },
    async start() {
      line.discard();
      codes = new CodeLines(settings.ends);
      return ok();
    },
    async hear() {
      const received = await line.read(codes.begun ? QUIET_MS : HEAR_MS);
      if (received.ok) return ok(codes.push(received.value));
      return received.failure.code === 'SERIAL-SILENT' ? ok(codes.quiet()) : scannerLost(received.failure);
    },
    close: () => line.close(),
  });
}
