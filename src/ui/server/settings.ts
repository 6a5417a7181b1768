/** Where the screens are served. The pages carry personal data in clear HTTP, so only this machine may ask. */
import { z } from 'zod';

export const screens = z
  .strictObject({
    host: z
      .string()
      .regex(
        /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|localhost)$/,
        'a loopback address: 127.0.0.1, ::1 or localhost',
      )
      .default('127.0.0.1'),
    /** 0: any free port. */
    port: z.int().min(0).max(65_535).default(7012),
    /** Diagonal of the resident's screen, inches: what they touch and read is measured by it. */
    residentInches: z.number().min(5).max(60).optional(),
  })
  .prefault({});

export type ScreenSettings = z.infer<typeof screens>;
