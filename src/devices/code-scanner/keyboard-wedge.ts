/**
 * The driver of a code scanner that types like a keyboard. It is grabbed from its first check or scan to the end, so
 * that no code is typed into a page or a console, also while nobody waits for one.
 */
import { ok, type Result } from '../../failures/failure.ts';
import { openInput } from '../transport/input-line.ts';
import { HEAR_MS, type Talker } from '../transport/listening.ts';
import type { WireTrace } from '../transport/trace.ts';
import type { CodeScanner } from './port.ts';
import { createScanner, scannerLost, scannerRefused } from './scanner.ts';
import type { KeyboardWedgeSettings } from './settings.ts';
import { TypedCodes } from './typed-codes.ts';

/** Failures: SCANNER-…, and from opening it INPUT-FORBIDDEN, INPUT-BUSY, INPUT-OPEN-FAILED. Not tried on hardware. */
export function createKeyboardWedge(settings: KeyboardWedgeSettings, wire?: WireTrace): CodeScanner {
  return createScanner(settings.id, () => open(settings, wire));
}

async function open({ port }: KeyboardWedgeSettings, wire?: WireTrace): Promise<Result<Talker<string>>> {
  const opened = await openInput({ path: port, kind: 'evdev' }, wire);
  if (!opened.ok) return scannerRefused(opened.failure);
  const line = opened.value;
  let alive = true;
  void line.ended.then(() => {
    alive = false;
  });
  let codes = new TypedCodes();
  return ok({
    identity: line.about.name ?? 'keyboard wedge without a name',
    get alive() {
      return alive;
    },
    async start() {
      line.discard();
      codes = new TypedCodes();
      return ok();
    },
    async hear() {
      const received = await line.read(HEAR_MS);
      return received.ok ? ok(codes.push(received.value)) : scannerLost(received.failure);
    },
    close: () => line.close(),
  });
}
