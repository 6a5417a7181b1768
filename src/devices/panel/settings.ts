/** Settings of the panels. */
import { z } from 'zod';
import { IDENTIFIER, IDENTIFIER_IN_WORDS } from '../../rules/identifier.ts';
import { deviceSettings } from '../device-settings.ts';
import { INPUT_KINDS } from './port.ts';

const name = z.string().regex(IDENTIFIER, IDENTIFIER_IN_WORDS);
/** Number of a pin: of an Arduino as printed beside it (A0 is 14 on an Uno), of a Pi by its GPIO number. */
const pin = z.int().min(0).max(127);
const level = z.enum(['high', 'low']);

const input = z.strictObject({
  pin,
  as: z.enum(INPUT_KINDS),
  /** The level when it is active. A contact to ground that closes is low; a tamper loop that is cut is high. */
  activeAt: level.default('low'),
  /** The board pulls the pin up: for bare contacts to ground. */
  pullUp: z.boolean().default(true),
});

const output = z.strictObject({
  pin,
  activeAt: level.default('high'),
});

const lamp = output.extend({
  /** Id of a device or card reader. */
  device: name.optional(),
  shows: z.enum(['ready', 'fault']).optional(),
});

const relay = output.extend({
  /** Its contact feeds the device while the coil is released (normally closed), or while it is energised. */
  feeds: z.enum(['released', 'energised']).default('released'),
  /** How long the power stays off, s. */
  off: z.number().min(0.1).max(60).default(3),
  /** What the device needs to start after that, s. */
  start: z.number().min(0).max(60).default(2),
});

const wiring = {
  kind: z.literal('panel'),
  id: deviceSettings.id,
  virtual: deviceSettings.virtual,
  inputs: z.record(name, input).default({}),
  lamps: z.record(name, lamp).default({}),
  relays: z.record(name, relay).default({}),
  buzzer: output.optional(),
  lock: output.optional(),
  /** An input counts once it was the same for so long, ms. */
  settle: z.int().min(1).max(1_000).default(30),
};

/** A board with StandardFirmata, e.g. an Arduino Uno. `port`: `/dev/serial/by-id/…`. */
export const firmataSettings = z
  .strictObject({
    ...wiring,
    driver: z.literal('firmata'),
    port: z.string().min(1),
    /** Bits per second, as the firmware is built. */
    baudRate: z.literal([57_600, 115_200]).default(57_600),
  })
  .refine(pinsDiffer, 'pins that differ');

/** The pins of the Pi itself. */
export const gpioSettings = z
  .strictObject({
    ...wiring,
    driver: z.literal('gpio'),
    /** The label of the chip: `pinctrl-bcm2711` on a Pi 4, `pinctrl-rp1` on a Pi 5, `pinctrl-bcm2835` before. */
    chip: z.string().min(1).default('pinctrl-bcm2711'),
  })
  .refine(pinsDiffer, 'pins that differ');

export const panelSettings = [firmataSettings, gpioSettings] as const;

export type FirmataSettings = z.output<typeof firmataSettings>;
export type GpioSettings = z.output<typeof gpioSettings>;
export type PanelSettings = FirmataSettings | GpioSettings;

interface Wired {
  readonly inputs: Readonly<Record<string, { readonly pin: number }>>;
  readonly lamps: Readonly<Record<string, { readonly pin: number }>>;
  readonly relays: Readonly<Record<string, { readonly pin: number }>>;
  readonly buzzer?: { readonly pin: number } | undefined;
  readonly lock?: { readonly pin: number } | undefined;
}

function pinsDiffer({ inputs, lamps, relays, buzzer, lock }: Wired): boolean {
  const named = [inputs, lamps, relays].flatMap((of) => Object.values(of));
  const pins = [...named, ...(buzzer ? [buzzer] : []), ...(lock ? [lock] : [])].map(({ pin }) => pin);
  return new Set(pins).size === pins.length;
}
