/** Settings of a fingerprint sensor. */
import { z } from 'zod';
import { deviceSettings } from '../device-settings.ts';

/** What every module on a serial line has. */
const serialModule = {
  kind: z.literal('finger-sensor'),
  ...deviceSettings,
  /** E.g. `/dev/ttyUSB0`. */
  port: z.string().min(1),
};

export const supremaSfmSettings = z.strictObject({
  ...serialModule,
  /** A Suprema SFM module (enrolment grade, 500 dpi). */
  driver: z.literal('suprema-sfm'),
  /** Bits per second, as the module is set. */
  baudRate: z.literal([9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600]).default(115_200),
});

export const r30xSettings = z.strictObject({
  ...serialModule,
  /** An R30x, ZFM-20 or AS608 module: for verification only, below enrolment grade. */
  driver: z.literal('r30x'),
  /** Bits per second, as the module is set. */
  baudRate: z.literal([9_600, 19_200, 28_800, 38_400, 57_600, 115_200]).default(57_600),
});

export const gt511c3Settings = z.strictObject({
  ...serialModule,
  /** An ADH-Tech GT-511C3 module: for verification only, below enrolment grade. */
  driver: z.literal('gt511c3'),
  /** Bits per second. The module starts with 9600 and is told to change. */
  baudRate: z.literal([9_600, 19_200, 38_400, 57_600, 115_200]).default(115_200),
});

export type SupremaSfmSettings = z.infer<typeof supremaSfmSettings>;
export type R30xSettings = z.infer<typeof r30xSettings>;
export type Gt511c3Settings = z.infer<typeof gt511c3Settings>;

export const fingerSensorSettings = [supremaSfmSettings, r30xSettings, gt511c3Settings] as const;
