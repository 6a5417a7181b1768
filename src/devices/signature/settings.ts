/** Settings of the signature pads. */
import { z } from 'zod';
import { deviceSettings } from '../device-settings.ts';

const common = {
  ...deviceSettings,
  kind: z.literal('signature-pad'),
};

const axis = z.strictObject({ max: z.int().min(1), perMm: z.number().positive() });
/** Instead of what the pad tells of itself; needed where it tells nothing, and on the bench. */
const ranges = z.strictObject({ x: axis, y: axis, maxPressure: z.int().min(1).nullable() }).optional();

/** A pen tablet that the kernel drives. `port`: `/dev/input/by-id/…-event-…`. */
export const evdevPadSettings = z.strictObject({
  ...common,
  driver: z.literal('evdev'),
  port: z.string().min(1),
  ranges,
});

/** A Wacom pen digitiser on a serial line (ISDV4). */
export const wacomIsdv4Settings = z.strictObject({
  ...common,
  driver: z.literal('wacom-isdv4'),
  port: z.string().min(1),
  baudRate: z.literal([19_200, 38_400]).default(19_200),
});

/** A Topaz pad (serial or BSB). The model gives baud rate, resolution and active area. */
export const topazSettings = z.strictObject({
  ...common,
  driver: z.literal('topaz'),
  port: z.string().min(1),
  model: z.enum(['SignatureGem1X5', 'SignatureGem4X5', 'SigLite1X5', 'SigLiteLCD4X5']),
  /** The pad measures pressure (SignatureGem); SigLite pads do not. */
  pressure: z.boolean().default(false),
});

/** A Wacom STU pad. `port`: `/dev/hidraw…`, or a link to it that a udev rule makes. */
export const wacomStuSettings = z.strictObject({
  ...common,
  driver: z.literal('wacom-stu'),
  port: z.string().min(1),
  ranges,
});

export const signaturePadSettings = [
  evdevPadSettings,
  wacomIsdv4Settings,
  topazSettings,
  wacomStuSettings,
] as const;

export type EvdevPadSettings = z.output<typeof evdevPadSettings>;
export type WacomIsdv4Settings = z.output<typeof wacomIsdv4Settings>;
export type TopazSettings = z.output<typeof topazSettings>;
export type WacomStuSettings = z.output<typeof wacomStuSettings>;
