/** Settings of certified devices behind a MOSIP SBI service: fingerprint scanners, iris cameras, face cameras. */
import { z } from 'zod';
import { deviceSettings } from '../device-settings.ts';

const MOST_PORTS = 100;
const port = z.int().min(1_024).max(65_535);

const common = {
  ...deviceSettings,
  driver: z.literal('sbi'),
  /** As printed on the device. */
  serialNumber: z.string().min(1).max(64),
  /**
   * PEM file with the certificates that are trusted to issue those of devices: provider's or root's. A virtual device
   * writes its test root there.
   */
  trust: z.string().min(1),
  /** Where services are looked for, first and last port. */
  ports: z
    .tuple([port, port])
    .refine(([first, last]) => last >= first && last - first < MOST_PORTS, `at most ${MOST_PORTS} ports`)
    .default([4501, 4600]),
  /** What the device is registered for. */
  env: z.enum(['Staging', 'Developer', 'Pre-Production', 'Production']).default('Production'),
  specVersion: z.string().min(1).max(16).default('0.9.5'),
  /**
   * How long the device waits for a finger, eye or face before it is asked again, in milliseconds. As the protocol
   * knows no cancel, a cancelled capture keeps the device busy for so long.
   */
  captureTimeout: z.int().min(1_000).max(60_000).default(10_000),
  /** Quality at which the device may take the picture before that, 0 to 100. */
  requestedScore: z.int().min(0).max(100).default(60),
};

export const sbiFingerSettings = z.strictObject({
  kind: z.literal('finger-sensor'),
  ...common,
  /** Four fingers or two thumbs at once, or one finger. */
  subType: z.enum(['Slap', 'Single']),
});

export const sbiIrisSettings = z.strictObject({
  kind: z.literal('iris-camera'),
  ...common,
  /** Both eyes at once, or one. */
  subType: z.enum(['Double', 'Single']),
});

export const sbiPhotoSettings = z.strictObject({
  kind: z.literal('photo-camera'),
  ...common,
});

export type SbiFingerSettings = z.infer<typeof sbiFingerSettings>;
export type SbiIrisSettings = z.infer<typeof sbiIrisSettings>;
export type SbiPhotoSettings = z.infer<typeof sbiPhotoSettings>;
/** What a device needs whatever its kind. */
export type SbiDeviceSettings = Omit<SbiPhotoSettings, 'kind'>;
