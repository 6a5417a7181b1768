/** Settings of a fingerprint sensor. */
import { z } from 'zod';
import { IDENTIFIER, IDENTIFIER_IN_WORDS } from '../../rules/identifier.ts';

export const supremaSfmSettings = z.strictObject({
  kind: z.literal('finger-sensor'),
  id: z.string().regex(IDENTIFIER, IDENTIFIER_IN_WORDS),
  /** A Suprema SFM module (enrolment grade, 500 dpi) on a serial line. */
  driver: z.literal('suprema-sfm'),
  /** E.g. `/dev/ttyUSB0`. */
  port: z.string().min(1),
  /** Bits per second, as the module is set. */
  baudRate: z.literal([9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600]).default(115_200),
  /** The bench emulates this sensor on the port. */
  virtual: z.boolean().optional(),
  /** The relay of the panel that switches its power. */
  relay: z.string().min(1).optional(),
});

export type SupremaSfmSettings = z.infer<typeof supremaSfmSettings>;

export const fingerSensorSettings = z.discriminatedUnion('driver', [supremaSfmSettings]);
