/** What the supervisor tells of a device: for the board of devices, `check` and the audit. */
import type { Failure, Result } from '../../failures/failure.ts';
import type { Findings } from '../device.ts';

export const DEVICE_STATES = [
  'connecting',
  'self-testing',
  'ready',
  'busy',
  'degraded',
  'lost',
  'backing-off',
  'power-cycling',
  'disabled',
] as const;
export type DeviceState = (typeof DEVICE_STATES)[number];

export interface DeviceHealth {
  readonly id: string;
  readonly kind: string;
  readonly driver: string;
  readonly state: DeviceState;
  /** Why it is not ready, or what it complains of. */
  readonly failure?: Failure;
  /** As of its last test that it passed. */
  readonly identity?: string;
  /** Degrees Celsius. */
  readonly temperature?: number;
}

/** What happened to a device, for counters and audit. */
export type DeviceNews =
  /** A capture, a print or a code was had. */
  | { readonly type: 'captured'; readonly device: string }
  /** In use. */
  | { readonly type: 'failed'; readonly device: string; readonly failure: Failure }
  /** Each test, also those of a device that stays away. */
  | { readonly type: 'tested'; readonly device: string; readonly result: Result<Findings> }
  | {
      readonly type: 'changed';
      readonly device: string;
      readonly from: DeviceState;
      readonly to: DeviceState;
    };
