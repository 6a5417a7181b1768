/** The bench's part of the configuration. Only entries with `"virtual": true` make the bench start a device. */
import { z } from 'zod';
import { SAM_KINDS } from './card/sams.ts';

const id = z.string().min(1).max(64);

export const benchSettings = z
  .strictObject({
    /** Serial lines, control socket, reader.conf and the keys of the test centre are kept here. */
    folder: z.string().min(1).default('data/bench'),
    /** What the firmware of old readers knows: the old card generation only, or both. */
    firmware: z.enum(['old', 'both']).default('old'),
    /** Which types of card old readers handle. */
    cardTypes: z.enum(['A', 'B', 'both']).default('both'),
    /** Speed of the serial lines: 0 as fast as possible, 1 as slow as 115200 baud. */
    pace: z.number().min(0).max(1).default(0),
    /** Reader id → id of the card that lies on it at the start. */
    lay: z.record(id, id).default({}),
    /** Reader id → what is in its SAM slot at the start, if not the genuine one. */
    sams: z.record(id, z.enum(SAM_KINDS)).default({}),
    /** Where it is kept which cards were activated; without it every bench starts with a fresh deck. */
    stateFile: z.string().min(1).optional(),
    /** Makes the nonces of chips and SAMs repeat, so that a whole exchange does. */
    seed: z.string().min(1).optional(),
  })
  .prefault({});

export type BenchSettings = z.infer<typeof benchSettings>;

/** A device as it is configured: what its emulator wants to know of it, the emulator checks (emulators.ts). */
export const deviceEntry = z.looseObject({
  id,
  driver: z.string(),
  /** What it is for, e.g. `signature-pad`: a person signs there. */
  kind: z.string().min(1).optional(),
  /** Where its line, pipe or file appears. */
  port: z.string().min(1).optional(),
  /** The relay of the panel that switches its power. */
  relay: z.string().min(1).optional(),
});

/** What startBench needs: the settings, absolute paths, and the devices to emulate. */
export const benchPlan = z.strictObject({
  ...benchSettings.unwrap().shape,
  readers: z.array(
    z.discriminatedUnion('driver', [
      /** Shows up as the PC/SC readers `Anjungan Virtual Chip ⟨id⟩` and `Anjungan Virtual SAM ⟨id⟩`. */
      z.strictObject({ driver: z.literal('pcsc'), id }),
      /** `port`: where its serial line appears. */
      z.strictObject({ driver: z.literal('len'), id, port: z.string().min(1) }),
    ]),
  ),
  devices: z.array(deviceEntry),
});

export type BenchPlan = z.input<typeof benchPlan>;
