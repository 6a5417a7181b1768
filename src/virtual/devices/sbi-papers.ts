/**
 * What a certified device on the bench shows and signs: its entries of discovery and info, its records; and what can
 * be wrong with them on purpose. From the MOSIP device service specification 0.9.5 (mosip/documentation,
 * docs/biometrics/mds-specification.md): members, subtypes, error codes, the hash.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type DeviceKeys, encode, makeKeys, signJws, spoilSignature } from './sbi-signing.ts';

export const sbiEntry = z.looseObject({
  id: z.string(),
  kind: z.enum(['finger-sensor', 'iris-camera', 'photo-camera']),
  subType: z.enum(['Slap', 'Single', 'Double']).optional(),
  serialNumber: z.string().min(1),
  trust: z.string().min(1),
  ports: z.tuple([z.int(), z.int()]).default([4501, 4600]),
  env: z.string().default('Production'),
  specVersion: z.string().default('0.9.5'),
});
export type SbiEntry = z.output<typeof sbiEntry>;

const TYPES = { 'finger-sensor': 'Finger', 'iris-camera': 'Iris', 'photo-camera': 'Face' } as const;

/** What is wrong with an answer; each breaks one check of the kiosk. */
export const FAULTS = [
  'signature',
  'foreign-root',
  'expired',
  'digital-id',
  'other-device',
  'hash-chain',
  'old-time',
  'other-transaction',
  'other-subtype',
  'count',
  'environment',
  'purpose',
  'version',
] as const;
export type Fault = (typeof FAULTS)[number];

export const STATUSES = ['Ready', 'Busy', 'Not Ready', 'Not Registered'] as const;
export type Status = (typeof STATUSES)[number];

/** Body of RCAPTURE. */
export const captureRequest = z.looseObject({
  env: z.string(),
  purpose: z.string(),
  specVersion: z.string(),
  timeout: z.coerce.number().min(1),
  transactionId: z.string(),
  bio: z.tuple([
    z.looseObject({
      count: z.coerce.number(),
      bioSubType: z.array(z.string()),
      exception: z.array(z.string()),
      requestedScore: z.coerce.number(),
      deviceSubId: z.coerce.number(),
      previousHash: z.string().regex(/^[0-9A-F]{64}$/),
    }),
  ]),
});
export type CaptureRequest = z.output<typeof captureRequest>;

/** Codes of the specification; 500 is of the provider's own range. */
export const CODE = {
  nothingSeen: '101',
  unknown: '106',
  count: '109',
  busy: '111',
  transaction: '112',
  noDevice: '202',
  unreadable: '500',
};
export const STATUS_CODES: Readonly<Record<Status, string>> = {
  Ready: '0',
  Busy: CODE.busy,
  'Not Ready': '110',
  'Not Registered': '100',
};

const OLD_MS = 10 * 60_000;

export interface Seen {
  /** `bioSubType`; empty for a face. */
  readonly subType: string;
  readonly record: Uint8Array;
  /** 0 to 100. */
  readonly score: number;
}

export class SbiPapers {
  /** What is wrong with them. */
  fault: Fault | null = null;
  readonly type: 'Finger' | 'Iris' | 'Face';
  readonly deviceId: string;
  readonly subIds: readonly number[];
  readonly #entry: SbiEntry;
  readonly #keys: DeviceKeys;
  /** Keys that a fault needs, made when it is first met. */
  readonly #otherKeys = new Map<'foreign' | 'expired', Promise<DeviceKeys>>();

  constructor(entry: SbiEntry, keys: DeviceKeys) {
    this.#entry = entry;
    this.#keys = keys;
    this.type = TYPES[entry.kind];
    this.deviceId = `device ${entry.serialNumber}`;
    const several = entry.subType === 'Slap' || entry.subType === 'Double';
    this.subIds = several ? [1, 2, 3] : this.type === 'Iris' ? [1, 2] : [0];
  }

  /** Its entry of a discovery. */
  discovered(port: number, status: Status): unknown {
    return { ...this.#described(port, status), digitalId: encode(this.#digitalId()) };
  }

  /** Its entry of an info. */
  async info(port: number, status: Status): Promise<unknown> {
    const { error, ...described } = this.#described(port, status);
    const { provider, device } = await this.#signers();
    const deviceInfo = {
      ...described,
      firmware: 'TEST-2.1',
      digitalId: await this.#signedId(),
      env: this.#wrong('environment', 'Developer', this.#entry.env),
    };
    return { deviceInfo: this.#spoilt('signature', signJws(deviceInfo, device, provider)), error };
  }

  #described(port: number, deviceStatus: Status) {
    const { serialNumber, specVersion } = this.#entry;
    return {
      deviceId: this.deviceId,
      deviceStatus,
      certification: 'L1',
      serviceVersion: '0.9.5',
      deviceSubId: this.subIds.map(String),
      callbackId: `http://127.0.0.1:${port}/`,
      deviceCode: serialNumber,
      specVersion: [this.#wrong('version', '0.9.2', specVersion)],
      purpose: this.#wrong('purpose', 'Auth', deviceStatus === 'Not Registered' ? '' : 'Registration'),
      error: errorOf(STATUS_CODES[deviceStatus]),
    };
  }

  #digitalId() {
    const { subType = 'Full face', serialNumber } = this.#entry;
    return {
      serialNo: serialNumber,
      make: 'TEST Works',
      model: `TEST ${this.type}`,
      type: this.type,
      deviceSubType: subType,
      deviceProvider: 'TEST SBI provider',
      deviceProviderId: 'TEST',
      dateTime: timestamp(new Date()),
    };
  }

  async #signedId(): Promise<string> {
    const { provider, module } = await this.#signers();
    return this.#spoilt('digital-id', signJws(this.#digitalId(), module, provider));
  }

  /** The answer to a capture. */
  async signed(request: CaptureRequest, seen: readonly Seen[]): Promise<unknown> {
    const { device, provider } = await this.#signers();
    const digitalId = await this.#signedId();
    const { previousHash, requestedScore } = request.bio[0];
    let previous = previousHash;
    const biometrics = seen.slice(this.fault === 'count' ? 1 : 0).map(({ subType, record, score }) => {
      const own = sha256(record);
      previous = upperHex(sha256(Buffer.concat([Buffer.from(previous, 'hex'), own])));
      const { serialNumber } = this.#entry;
      const told = {
        digitalId,
        deviceCode: this.#wrong('other-device', `${serialNumber}-2`, serialNumber),
        deviceServiceVersion: '0.9.5',
        bioType: this.type,
        ...(this.type !== 'Face' && { bioSubType: this.#wrong('other-subtype', 'UNKNOWN', subType) }),
        purpose: this.#wrong('purpose', 'Auth', request.purpose),
        env: this.#wrong('environment', 'Developer', request.env),
        bioValue: Buffer.from(record).toString('base64url'),
        transactionId: this.#wrong('other-transaction', 'another-transaction', request.transactionId),
        timestamp: timestamp(new Date(Date.now() - (this.fault === 'old-time' ? OLD_MS : 0))),
        requestedScore: String(requestedScore),
        qualityScore: String(score),
      };
      return {
        specVersion: this.#wrong('version', '0.9.2', request.specVersion),
        data: this.#spoilt('signature', signJws(told, device, provider)),
        // Of the record alone: chained to nothing.
        hash: this.#wrong('hash-chain', upperHex(own), previous),
        error: errorOf('0'),
      };
    });
    return { biometrics };
  }

  #wrong(fault: Fault, wrong: string, right: string): string {
    return this.fault === fault ? wrong : right;
  }

  #spoilt(fault: Fault, jws: string): string {
    return this.fault === fault ? spoilSignature(jws) : jws;
  }

  #signers(): Promise<DeviceKeys> {
    if (this.fault !== 'foreign-root' && this.fault !== 'expired') return Promise.resolve(this.#keys);
    const which = this.fault === 'expired' ? 'expired' : 'foreign';
    const keys = this.#otherKeys.get(which) ?? makeKeys(this.#entry.serialNumber, which);
    this.#otherKeys.set(which, keys);
    return keys;
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const upperHex = (bytes: Buffer) => bytes.toString('hex').toUpperCase();

/** `yyyy-mm-ddTHH:MM:ssZ`. */
const timestamp = (at: Date) => at.toISOString().replace(/\.\d{3}/, '');

/** As it stands in every document. */
export const errorOf = (errorCode: string) => ({
  errorCode,
  errorInfo: errorCode === '0' ? 'Success' : `Error ${errorCode}`,
});

export const captureError = (specVersion: string, code: string) => ({
  biometrics: [{ specVersion, data: '', hash: '', error: errorOf(code) }],
});
