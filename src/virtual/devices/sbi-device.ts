/**
 * A certified device on an SBI service: a slap scanner, a scanner for one finger, an iris camera or a face camera. It
 * waits for what it is asked for until its time-out, as the protocol has no cancel, and signs what it gives.
 *
 * From the MOSIP device service specification 0.9.5 (mosip/documentation, docs/biometrics/mds-specification.md):
 * documents, subtypes, deviceSubId, error codes, the hash. Not told there, and chosen here: nothing seen until the
 * time-out answers 101; some of what is asked for is given at the time-out; a stream makes the device busy for
 * other streams, not for a capture (as the public mock service does); a device that is unplugged in the middle of a
 * capture leaves its question unanswered.
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import { type FingerPosition, isFingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { RgbImage } from '../../rules/rgb-image.ts';
import type { BenchSide, VirtualDevice } from '../device.ts';
import type { Person } from '../people/people.ts';
import { eyeImage, faceImage, faceRecord, fingerImage, fingerRecord, irisRecord } from './sbi-samples.ts';
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
const FAULTS = [
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
type Fault = (typeof FAULTS)[number];

const presence = z.strictObject({
  person: z.string(),
  /** ISO positions; default all ten. */
  fingers: z.array(z.number().refine(isFingerPosition)).optional(),
  /** Default both. */
  eyes: z.array(z.enum(['left', 'right'])).optional(),
});
const sbiAct = z.union([
  /** Who stands at it, until told otherwise. */
  z.strictObject({ present: presence.nullable() }),
  z.strictObject({ fault: z.enum(FAULTS).nullable() }),
  /** Answers captures with this code of the specification; null: as it should. */
  z.strictObject({
    error: z
      .string()
      .regex(/^\d{1,3}$/)
      .nullable(),
  }),
  z.strictObject({ status: z.enum(['Ready', 'Busy', 'Not Ready', 'Not Registered']) }),
]);
type Status = 'Ready' | 'Busy' | 'Not Ready' | 'Not Registered';

const captureRequest = z.looseObject({
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
type CaptureRequest = z.output<typeof captureRequest>;

/** In the order of ISO positions 1 to 10. */
const FINGERS = ['Right', 'Left'].flatMap((side) =>
  ['Thumb', 'IndexFinger', 'MiddleFinger', 'RingFinger', 'LittleFinger'].map((name) => `${side} ${name}`),
);
const EYES = { left: 'Left', right: 'Right' } as const;
const SCORE = 80;
const PREVIEW_WIDTH = 240;
/** How often it looks whether somebody has come. */
const LOOK_MS = 40;
const BUSY = '111';
const NOTHING_SEEN = '101';
/** Of the provider's own range. */
const UNREADABLE = '500';
const STATUS_ERRORS: Readonly<Record<Status, string>> = {
  Ready: '0',
  Busy: BUSY,
  'Not Ready': '110',
  'Not Registered': '100',
};
const OLD_MS = 10 * 60_000;

interface Seen {
  readonly subType: string;
  readonly record: Uint8Array;
}

export class VirtualSbiDevice implements VirtualDevice {
  readonly type: 'Finger' | 'Iris' | 'Face';
  readonly deviceId: string;
  readonly #entry: SbiEntry;
  readonly #keys: DeviceKeys;
  readonly #people: BenchSide['people'];
  /** Keys that a fault needs, made when it is first met. */
  readonly #otherKeys = new Map<'foreign' | 'expired', Promise<DeviceKeys>>();
  #present: { readonly person: Person; readonly subTypes: readonly string[] } | null = null;
  #pressed: { readonly image: GrayImage; readonly rests: boolean } | null = null;
  #fault: Fault | null = null;
  #error: string | null = null;
  #status: Status = 'Ready';
  /** The capture that runs. */
  #capture: { readonly gone: () => boolean } | null = null;
  #streams = 0;

  constructor(entry: SbiEntry, keys: DeviceKeys, people: BenchSide['people']) {
    this.#entry = entry;
    this.type = TYPES[entry.kind];
    this.deviceId = `device ${entry.serialNumber}`;
    this.#keys = keys;
    this.#people = people;
  }

  /** It is spoken to through its service. */
  receive(): void {}

  get awaitsFinger(): boolean {
    return this.type === 'Finger' && this.#capture !== null && !this.#capture.gone();
  }

  press(image: GrayImage | null, rests = false): void {
    this.#pressed = image && { image, rests };
  }

  act(wanted: unknown): Result<unknown> {
    const checked = sbiAct.safeParse(wanted);
    if (!checked.success) return fail('BENCH-COMMAND-INVALID', z.prettifyError(checked.error));
    const { data } = checked;
    if ('present' in data) return this.#show(data.present);
    if ('fault' in data) this.#fault = data.fault;
    else if ('error' in data) this.#error = data.error;
    else this.#status = data.status;
    return ok();
  }

  restart(): void {
    this.#capture = null;
  }

  close(): void {
    this.#capture = null;
  }

  #show(present: z.output<typeof presence> | null): Result<unknown> {
    const person = this.#people.find(({ id }) => id === present?.person);
    if (present && !person) return fail('BENCH-COMMAND-INVALID', 'no such person');
    const fingers = present?.fingers?.map((position) => FINGERS[position - 1]!) ?? FINGERS;
    const eyes = present?.eyes?.map((eye) => EYES[eye]) ?? Object.values(EYES);
    const subTypes = { Finger: fingers, Iris: eyes, Face: [''] }[this.type];
    this.#present = person ? { person, subTypes } : null;
    return ok();
  }

  /** Its entry of a discovery. @param reachable the service can talk to it */
  discovered(port: number, reachable: boolean): unknown {
    return { ...this.#described(port, reachable), digitalId: encode(this.#digitalId()) };
  }

  /** Its entry of an info, signed. */
  info(port: number, reachable: boolean): unknown {
    const { error, ...described } = this.#described(port, reachable);
    const { env } = this.#entry;
    const { provider, module, device } = this.#keys;
    const digitalId = signJws(this.#digitalId(), module, provider);
    const deviceInfo = { ...described, firmware: 'TEST-2.1', digitalId, env };
    return { deviceInfo: signJws(deviceInfo, device, provider), error };
  }

  #described(port: number, reachable: boolean) {
    const busy = this.#capture !== null || this.#streams > 0;
    const own = busy && this.#status === 'Ready' ? 'Busy' : this.#status;
    const deviceStatus = reachable ? own : 'Not Ready';
    return {
      deviceId: this.deviceId,
      deviceStatus,
      certification: 'L1',
      serviceVersion: '0.9.5',
      deviceSubId: this.#subIds().map(String),
      callbackId: `http://127.0.0.1:${port}/`,
      deviceCode: this.#entry.serialNumber,
      specVersion: [this.#entry.specVersion],
      purpose: deviceStatus === 'Not Registered' ? '' : 'Registration',
      error: errorOf(STATUS_ERRORS[deviceStatus]),
    };
  }

  #digitalId() {
    const { subType, serialNumber } = this.#entry;
    return {
      serialNo: serialNumber,
      make: 'TEST Works',
      model: `TEST ${this.type}`,
      type: this.type,
      deviceSubType: subType ?? 'Full face',
      deviceProvider: 'TEST SBI provider',
      deviceProviderId: 'TEST',
      dateTime: timestamp(new Date()),
    };
  }

  #subIds(): readonly number[] {
    const { subType } = this.#entry;
    if (subType === 'Slap' || subType === 'Double') return [1, 2, 3];
    return this.type === 'Iris' ? [1, 2] : [0];
  }

  /** A picture of its stream: JPEG. */
  async picture(): Promise<Uint8Array> {
    const [seen] = this.#present?.subTypes ?? [];
    const image = this.#pressed?.image ?? (seen === undefined ? undefined : await this.#imageOf(seen));
    const [width, height] = [image?.width ?? 320, image?.height ?? 400];
    const channels = image && 'dpi' in image ? 1 : 3;
    const raw = image
      ? { data: image.data, channels }
      : { data: new Uint8Array(width * height).fill(40), channels: 1 };
    const picture = sharp(raw.data, { raw: { width, height, channels: raw.channels as 1 | 3 } });
    return picture.resize({ width: PREVIEW_WIDTH }).jpeg({ quality: 70 }).toBuffer();
  }

  /** Begins a stream; the code of an error where that cannot be. */
  beginStream(): string | undefined {
    if (this.#status !== 'Ready') return STATUS_ERRORS[this.#status];
    if (this.#streams > 0) return BUSY;
    this.#streams++;
    return undefined;
  }

  endStream(): void {
    this.#streams--;
  }

  /**
   * Waits for what is asked for and answers the document; undefined when it was unplugged meanwhile.
   * @param gone whether the host has let go of its question: then nothing is captured, but the wait goes on
   */
  async capture(body: unknown, gone: () => boolean): Promise<unknown> {
    const request = captureRequest.safeParse(body);
    if (!request.success) return captureError('', UNREADABLE);
    const { specVersion, timeout } = request.data;
    const refusal = this.#refusal(request.data);
    if (refusal) return captureError(specVersion, refusal);
    const capture = { gone };
    this.#capture = capture;
    const seen = await this.#await(request.data, capture, performance.now() + timeout);
    if (this.#capture !== capture) return undefined;
    this.#capture = null;
    if (seen.length === 0) return captureError(specVersion, NOTHING_SEEN);
    const records = await Promise.all(seen.map((subType) => this.#record(subType)));
    return this.#sign(request.data, records);
  }

  #refusal({ transactionId, bio: [bio] }: CaptureRequest): string | undefined {
    if (this.#error) return this.#error;
    if (this.#status !== 'Ready') return STATUS_ERRORS[this.#status];
    if (this.#capture) return BUSY;
    if (!/^[\w-]{4,50}$/.test(transactionId)) return '112';
    if (!this.#subIds().includes(bio.deviceSubId)) return '109';
    const whole = this.#entry.subType === 'Slap' ? [4, 4, 2][bio.deviceSubId - 1] : undefined;
    const both = this.type === 'Iris' && bio.deviceSubId === 3 ? 2 : 1;
    // Exceptions of a face are those of the person, not of the face.
    const total = this.type === 'Face' ? bio.count : bio.count + bio.exception.length;
    return total === (whole ?? both) ? undefined : '109';
  }

  /** All that is asked for, or at the time-out what is there. */
  async #await(
    { bio: [bio] }: CaptureRequest,
    capture: { readonly gone: () => boolean },
    until: number,
  ): Promise<readonly string[]> {
    const asked = this.type === 'Face' ? [''] : bio.bioSubType;
    for (;;) {
      const there = this.#pressed
        ? asked.slice(0, 1)
        : asked.filter((each) => this.#present?.subTypes.includes(each));
      const seen = capture.gone() ? [] : there;
      if (this.#capture !== capture || seen.length === bio.count || performance.now() >= until) return seen;
      await delay(LOOK_MS);
    }
  }

  async #imageOf(subType: string): Promise<GrayImage | RgbImage> {
    const { person } = this.#present!;
    if (this.type === 'Finger') return fingerImage(person, positionOf(subType));
    return this.type === 'Iris' ? eyeImage(person, eyeOf(subType)) : faceImage(person);
  }

  async #record(subType: string): Promise<Seen> {
    const pressed = this.#pressed;
    if (pressed && !pressed.rests) this.#pressed = null;
    if (pressed) return { subType, record: await fingerRecord(pressed.image, positionOf(subType), SCORE) };
    const image = await this.#imageOf(subType);
    if (!('dpi' in image)) return { subType, record: await faceRecord(image, SCORE) };
    const record =
      this.type === 'Finger'
        ? await fingerRecord(image, positionOf(subType), SCORE)
        : await irisRecord(image, eyeOf(subType), SCORE);
    return { subType, record };
  }

  async #sign(request: CaptureRequest, seen: readonly Seen[]): Promise<unknown> {
    const fault = this.#fault;
    const { device, module, provider } = await this.#keysFor(fault);
    const digitalId = signJws(this.#digitalId(), module, provider);
    let previous = request.bio[0].previousHash;
    const biometrics = seen.slice(fault === 'count' ? 1 : 0).map(({ subType, record }) => {
      const own = sha256(record);
      previous = upperHex(sha256(Buffer.concat([Buffer.from(previous, 'hex'), own])));
      const data = {
        digitalId: fault === 'digital-id' ? spoilSignature(digitalId) : digitalId,
        deviceCode: fault === 'other-device' ? `${this.#entry.serialNumber}-2` : this.#entry.serialNumber,
        deviceServiceVersion: '0.9.5',
        bioType: this.type,
        ...(this.type !== 'Face' && { bioSubType: fault === 'other-subtype' ? 'UNKNOWN' : subType }),
        purpose: fault === 'purpose' ? 'Auth' : request.purpose,
        env: fault === 'environment' ? 'Developer' : request.env,
        bioValue: Buffer.from(record).toString('base64url'),
        transactionId: fault === 'other-transaction' ? 'another-transaction' : request.transactionId,
        timestamp: timestamp(new Date(Date.now() - (fault === 'old-time' ? OLD_MS : 0))),
        requestedScore: String(request.bio[0].requestedScore),
        qualityScore: String(SCORE),
      };
      const jws = signJws(data, device, provider);
      return {
        specVersion: fault === 'version' ? '0.9.2' : request.specVersion,
        data: fault === 'signature' ? spoilSignature(jws) : jws,
        // Of the record alone, chained to nothing.
        hash: fault === 'hash-chain' ? upperHex(own) : previous,
        error: errorOf('0'),
      };
    });
    return { biometrics };
  }

  #keysFor(fault: Fault | null): Promise<DeviceKeys> {
    if (fault !== 'foreign-root' && fault !== 'expired') return Promise.resolve(this.#keys);
    const which = fault === 'expired' ? fault : 'foreign';
    const keys = this.#otherKeys.get(which) ?? makeKeys(this.#entry.serialNumber, which);
    this.#otherKeys.set(which, keys);
    return keys;
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const upperHex = (bytes: Buffer) => bytes.toString('hex').toUpperCase();
const positionOf = (subType: string) => (FINGERS.indexOf(subType) + 1) as FingerPosition;
const eyeOf = (subType: string) => (subType === EYES.left ? 'left' : 'right');

/** `yyyy-mm-ddTHH:MM:ssZ`. */
const timestamp = (at: Date) => at.toISOString().replace(/\.\d{3}/, '');

/** As it stands in every document. */
export const errorOf = (errorCode: string) => ({
  errorCode,
  errorInfo: errorCode === '0' ? 'Success' : `Error ${errorCode}`,
});

const captureError = (specVersion: string, code: string) => ({
  biometrics: [{ specVersion, data: '', hash: '', error: errorOf(code) }],
});
