/**
 * A certified device on an SBI service: a slap scanner, a scanner for one finger, an iris camera or a face camera. It
 * waits for what it is asked for until its time-out, as the protocol has no cancel.
 *
 * Not told by the MOSIP device service specification 0.9.5, and chosen here: nothing seen until the time-out answers
 * 101; some of what is asked for is given at the time-out; a stream makes the device busy for other streams, not for
 * a capture (as the public mock service does); a device that is unplugged in the middle of a capture leaves its
 * question unanswered.
 */
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import { type FingerPosition, isFingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { RgbImage } from '../../rules/rgb-image.ts';
import type { BenchSide, VirtualDevice } from '../device.ts';
import { eyeOf } from '../people/eyes.ts';
import type { Person } from '../people/people.ts';
import { touchOf } from '../people/touches.ts';
import {
  type CaptureRequest,
  CODE,
  captureError,
  captureRequest,
  FAULTS,
  type SbiEntry,
  SbiPapers,
  type Seen,
  STATUS_CODES,
  STATUSES,
  type Status,
} from './sbi-papers.ts';
import { faceImage, faceRecord, fingerRecord, irisRecord } from './sbi-samples.ts';
import type { DeviceKeys } from './sbi-signing.ts';

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
  z.strictObject({ error: z.string().max(3).nullable() }),
  z.strictObject({ status: z.enum(STATUSES) }),
  /** Answers whether a capture runs whose answer somebody waits for. */
  z.strictObject({ read: z.literal(true) }),
]);

/** In the order of ISO positions 1 to 10. */
const FINGERS = ['Right', 'Left'].flatMap((side) =>
  ['Thumb', 'IndexFinger', 'MiddleFinger', 'RingFinger', 'LittleFinger'].map((name) => `${side} ${name}`),
);
const EYES = { left: 'Left', right: 'Right' } as const;
const SCORE = 80;
const PREVIEW_WIDTH = 240;
/** How often it looks whether somebody has come. */
const LOOK_MS = 40;
/** What a stream shows when nobody is there. */
const NOBODY: GrayImage = { width: 320, height: 400, dpi: 0, data: new Uint8Array(320 * 400).fill(40) };

interface Visitor {
  readonly person: Person;
  readonly subTypes: readonly string[];
}

export class VirtualSbiDevice implements VirtualDevice {
  readonly papers: SbiPapers;
  readonly #slap: boolean;
  readonly #people: BenchSide['people'];
  #visitor: Visitor | null = null;
  #pressed: { readonly image: GrayImage; readonly rests: boolean } | null = null;
  #error: string | null = null;
  #status: Status = 'Ready';
  /** The capture that runs. */
  #capture: { readonly gone: () => boolean } | null = null;
  #streams = 0;
  /** How often each finger and eye was captured: nobody shows it twice alike. */
  readonly #shown = new Map<string, number>();

  constructor(entry: SbiEntry, keys: DeviceKeys, people: BenchSide['people']) {
    this.papers = new SbiPapers(entry, keys);
    this.#slap = entry.subType === 'Slap';
    this.#people = people;
  }

  /** It is spoken to through its service. */
  receive(): void {}

  get awaitsFinger(): boolean {
    return this.papers.type === 'Finger' && this.#isAwaited;
  }

  get #isAwaited(): boolean {
    return this.#capture !== null && !this.#capture.gone();
  }

  press(image: GrayImage | null, rests = false): void {
    this.#pressed = image && { image, rests };
  }

  act(wanted: unknown): Result<unknown> {
    const checked = sbiAct.safeParse(wanted);
    if (!checked.success) return fail('BENCH-COMMAND-INVALID', z.prettifyError(checked.error));
    const { data } = checked;
    if ('present' in data) return this.#show(data.present);
    if ('read' in data) return ok({ awaited: this.#isAwaited });
    if ('fault' in data) this.papers.fault = data.fault;
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
    const subTypes = { Finger: fingers, Iris: eyes, Face: [''] }[this.papers.type];
    this.#visitor = person ? { person, subTypes } : null;
    return ok();
  }

  get status(): Status {
    const busy = this.#capture !== null || this.#streams > 0;
    return busy && this.#status === 'Ready' ? 'Busy' : this.#status;
  }

  /** A picture of its stream: JPEG. */
  async picture(): Promise<Uint8Array> {
    const visitor = this.#visitor;
    const [first] = visitor?.subTypes ?? [];
    const seen = visitor && first !== undefined ? await this.#imageOf(visitor, first, 1) : NOBODY;
    const { width, height, data } = this.#pressed?.image ?? seen;
    const channels = data.length === width * height ? 1 : 3;
    const picture = sharp(data, { raw: { width, height, channels } });
    return picture.resize({ width: PREVIEW_WIDTH }).jpeg({ quality: 70 }).toBuffer();
  }

  /** Begins a stream; the code of an error where that cannot be. */
  beginStream(): string | undefined {
    if (this.#status !== 'Ready') return STATUS_CODES[this.#status];
    if (this.#streams > 0) return CODE.busy;
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
    if (!request.success) return captureError('', CODE.unreadable);
    const { specVersion, timeout } = request.data;
    const refusal = this.#refusal(request.data);
    if (refusal) return captureError(specVersion, refusal);
    const capture = { gone };
    this.#capture = capture;
    const seen = await this.#await(request.data, capture, performance.now() + timeout);
    if (this.#capture !== capture) return undefined;
    this.#capture = null;
    return seen.length > 0
      ? this.papers.signed(request.data, seen)
      : captureError(specVersion, CODE.nothingSeen);
  }

  #refusal({ transactionId, bio: [bio] }: CaptureRequest): string | undefined {
    if (this.#error) return this.#error;
    if (this.#status !== 'Ready') return STATUS_CODES[this.#status];
    if (this.#capture) return CODE.busy;
    if (!/^[A-Za-z\d-]{4,50}$/.test(transactionId)) return CODE.transaction;
    if (!this.papers.subIds.includes(bio.deviceSubId)) return CODE.count;
    const { type } = this.papers;
    const slap = this.#slap ? [4, 4, 2][bio.deviceSubId - 1] : undefined;
    const whole = slap ?? (type === 'Iris' && bio.deviceSubId === 3 ? 2 : 1);
    // Exceptions of a face are those of the person, not of the face.
    const told = type === 'Face' ? bio.count : bio.count + bio.exception.length;
    return told === whole ? undefined : CODE.count;
  }

  /** All that is asked for, or at the time-out what is there. */
  async #await(
    { bio: [bio] }: CaptureRequest,
    capture: { readonly gone: () => boolean },
    until: number,
  ): Promise<readonly Seen[]> {
    const asked = this.papers.type === 'Face' ? [''] : bio.bioSubType;
    for (;;) {
      const [visitor, pressed] = [this.#visitor, this.#pressed];
      const there = pressed ? asked.slice(0, 1) : asked.filter((each) => visitor?.subTypes.includes(each));
      const late = performance.now() >= until;
      if (this.#capture !== capture || (late && (capture.gone() || there.length === 0))) return [];
      if (!capture.gone() && (late || there.length === bio.count)) {
        if (!pressed) return Promise.all(there.map((subType) => this.#look(visitor!, subType)));
        if (!pressed.rests) this.#pressed = null;
        return [await this.#print(pressed.image, there[0]!)];
      }
      await delay(LOOK_MS);
    }
  }

  async #imageOf({ person }: Visitor, subType: string, time: number): Promise<GrayImage | RgbImage> {
    if (this.papers.type === 'Finger') return touchOf(person, positionOf(subType), time);
    return this.papers.type === 'Iris' ? eyeOf(person.id, sideOf(subType), time) : faceImage(person);
  }

  async #look(visitor: Visitor, subType: string): Promise<Seen> {
    const key = `${visitor.person.id} ${subType}`;
    const time = (this.#shown.get(key) ?? 0) + 1;
    this.#shown.set(key, time);
    const image = await this.#imageOf(visitor, subType, time);
    if (!('dpi' in image)) return { subType, record: await faceRecord(image, SCORE), score: SCORE };
    if (this.papers.type === 'Finger') return this.#print(image, subType);
    return { subType, record: await irisRecord(image, sideOf(subType), SCORE), score: SCORE };
  }

  async #print(image: GrayImage, subType: string): Promise<Seen> {
    return { subType, record: await fingerRecord(image, positionOf(subType), SCORE), score: SCORE };
  }
}

const positionOf = (subType: string) => (FINGERS.indexOf(subType) + 1) as FingerPosition;
const sideOf = (subType: string) => (subType === EYES.left ? 'left' : 'right');
