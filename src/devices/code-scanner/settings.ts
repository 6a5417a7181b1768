/** Settings of the code scanners. */
import { z } from 'zod';
import { deviceSettings } from '../device-settings.ts';

const common = {
  ...deviceSettings,
  kind: z.literal('code-scanner'),
};

/** A scanner on a serial line, or one on USB that is set to be one. */
export const serialScannerSettings = z.strictObject({
  ...common,
  driver: z.literal('serial'),
  port: z.string().min(1),
  baudRate: z.literal([9_600, 19_200, 38_400, 57_600, 115_200]).default(9_600),
  /** What ends a code: CR, LF or both; or that nothing follows, for scanners that are set to send no line end. */
  ends: z.enum(['line', 'quiet']).default('line'),
});

/** A scanner that types like a keyboard. `port`: `/dev/input/by-id/…-event-kbd`. */
export const keyboardWedgeSettings = z.strictObject({
  ...common,
  driver: z.literal('keyboard-wedge'),
  port: z.string().min(1),
});

export const codeScannerSettings = [serialScannerSettings, keyboardWedgeSettings] as const;

export type SerialScannerSettings = z.output<typeof serialScannerSettings>;
export type KeyboardWedgeSettings = z.output<typeof keyboardWedgeSettings>;
