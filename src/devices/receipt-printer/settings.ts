/** Settings of the receipt printer. */
import { z } from 'zod';
import { deviceSettings } from '../device-settings.ts';

export const escposSettings = z.strictObject({
  kind: z.literal('receipt-printer'),
  ...deviceSettings,
  /** Any thermal printer that speaks ESC/POS. */
  driver: z.literal('escpos'),
  interface: z.enum(['serial', 'usb']),
  /** `/dev/ttyUSB0` (serial), `/dev/usb/lp0` (usb). */
  port: z.string().min(1),
  /** Bits per second of a serial line, as the printer is set. */
  baudRate: z.literal([9_600, 19_200, 38_400, 57_600, 115_200]).default(9_600),
  /** Of the paper, in millimetres: 32 or 48 columns. */
  paperWidth: z.literal([58, 80]).default(80),
  /** By the printer's own command, or as a picture, for printers that have none. */
  qrCode: z.enum(['native', 'raster']).default('native'),
});

export type EscposSettings = z.infer<typeof escposSettings>;

export const receiptPrinterSettings = [escposSettings] as const;
