/** Settings of the guard over what is plugged in. Without them every device is let in. */
import { z } from 'zod';

/** `vendor:product`, `vendor:product:serial` (four hex digits each), or the place of the plug as sysfs names it. */
const ALLOWED = /^(?:[0-9a-f]{4}:[0-9a-f]{4}(?::\S{1,64})?|path:\d+-\d+(?:\.\d+)*)$/;

export const usbGuardSettings = z.strictObject({
  /**
   * Keyboards and other HID devices that may stay, e.g. `056a:00a8`, `0c2e:0b61:18107B41A2`, `path:1-1.2`. The code
   * scanner and the signature pad belong here.
   */
  allow: z.array(
    z
      .string()
      .regex(ALLOWED, 'vendor:product, vendor:product:serial (lower-case hex) or path:1-1.2 is expected'),
  ),
});

export type UsbGuardSettings = z.output<typeof usbGuardSettings>;
