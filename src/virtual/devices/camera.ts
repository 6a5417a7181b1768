/**
 * A camera on the bench: it gives one frame after the other in its pixel format, of whatever it is shown. Its sensor
 * has noise, so that no two frames are the same unless it hangs.
 *
 * GREY and YUYV (luma and chroma by turns, BT.601, 16–235) as the Linux kernel documents the formats of V4L2
 * (V4L2_PIX_FMT_GREY, V4L2_PIX_FMT_YUYV); MJPG is one JPEG file a frame.
 */
import { existsSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { RgbImage } from '../../rules/rgb-image.ts';
import type { VirtualDevice } from '../device.ts';
import type { Send } from '../pace.ts';
import { eyeOf, GUIDED } from '../people/eyes.ts';
import { CLOTHS, drawScene, PLAIN_SCENE } from '../people/photo-scene.ts';
import type { Random } from '../people/random.ts';
import { residents } from '../people/residents.ts';

export const cameraEntry = z.looseObject({
  port: z.string().min(1),
  format: z.enum(['GREY', 'Y8', 'YUYV', 'MJPG']),
  width: z.int().positive(),
  height: z.int().positive(),
  framesPerSecond: z.number().positive().default(10),
});
export type CameraEntry = z.output<typeof cameraEntry>;

const share = z.number().min(-1).max(1);
const scene = z.strictObject({
  /** Id of a resident; null: nobody. */
  person: z.string().nullable(),
  background: z
    .union([z.enum(['red', 'blue', 'orange', 'white']), z.string().regex(/^#[0-9a-f]{6}$/i)])
    .optional(),
  head: z.number().min(0.05).max(2).optional(),
  offset: z.tuple([share, share]).optional(),
  light: z.number().min(0).max(5).optional(),
  shade: z.number().min(0).max(1).optional(),
  blur: z.number().min(0).max(50).optional(),
  clutter: z.boolean().optional(),
});
/** An eye before an iris camera. `difficulty`: how badly it is shown (iris-view.ts). */
const eye = z.strictObject({
  person: z.string(),
  eye: z.enum(['left', 'right']),
  difficulty: z.number().min(0).max(1).default(GUIDED),
});
const file = z.strictObject({ file: z.string().min(1) });
const cameraAct = z.union([
  /** What stands before it (photo-scene.ts), or the picture in a file (an absolute path), scaled to fill the frame. */
  z.strictObject({ show: z.union([scene, eye, file]) }),
  z.strictObject({ cover: z.boolean() }),
  /** Gives one and the same frame over and over. */
  z.strictObject({ freeze: z.boolean() }),
]);

type Sight = z.output<typeof scene> | z.output<typeof eye> | z.output<typeof file>;

/** So many frames of one sight, in which the noise, or the look of an eye, differs; they take turns. */
const VARIANTS = 4;
const NOISE = 3;
const BLACK = 3;
const JPEG_QUALITY = 85;

export class VirtualCamera implements VirtualDevice {
  readonly #entry: CameraEntry;
  readonly #send: Send;
  readonly #random: Random;
  readonly #wanted: () => boolean;
  readonly #timer: NodeJS.Timeout;
  /** What it sees, as frames: the noise is another in each. Empty until the first picture is drawn. */
  #frames: readonly Uint8Array[] = [];
  #dark: readonly Uint8Array[] = [];
  #covered = false;
  #frozen = false;
  #turn = 0;
  /** The newest order of what to see: an older one that is ready later does not count. */
  #order = 0;

  /** @param wanted whether the host takes frames, and has taken the last one */
  constructor(entry: CameraEntry, send: Send, random: Random, wanted: () => boolean) {
    this.#entry = entry;
    this.#send = send;
    this.#random = random;
    this.#wanted = wanted;
    void this.#encode(filled(entry, BLACK)).then((frames) => {
      this.#dark = frames;
    });
    this.act({ show: { person: null } });
    this.#timer = setInterval(() => this.#tick(), 1_000 / entry.framesPerSecond);
  }

  /** A camera is told nothing in its stream. */
  receive(): void {}

  act(act: unknown): Result<unknown> {
    const checked = cameraAct.safeParse(act);
    if (!checked.success) return fail('BENCH-COMMAND-INVALID', z.prettifyError(checked.error));
    if ('cover' in checked.data) this.#covered = checked.data.cover;
    else if ('freeze' in checked.data) this.#frozen = checked.data.freeze;
    else return this.#show(checked.data.show);
    return ok();
  }

  restart(): void {
    this.#frozen = false;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #show(what: Sight): Result<unknown> {
    if ('file' in what) {
      if (!existsSync(what.file)) return fail('BENCH-COMMAND-INVALID', 'no such picture');
    } else if (what.person !== null && !residents.some(({ id }) => id === what.person)) {
      return fail('BENCH-COMMAND-INVALID', 'no such person');
    }
    const order = ++this.#order;
    // It takes a moment until somebody stands there; a picture that cannot be opened leaves all as it was.
    void this.#see(what)
      .then((frames) => {
        if (order === this.#order) this.#frames = frames;
      })
      .catch(() => {});
    return ok();
  }

  async #see(what: Sight): Promise<Uint8Array[]> {
    const { width, height, format } = this.#entry;
    if ('file' in what) return this.#encode(await filling(sharp(what.file), this.#entry));
    if ('eye' in what) {
      const looks = await looksInto(what.person, what.eye, what.difficulty);
      return Promise.all(
        looks.map(async ({ data, ...size }) => {
          const look = sharp(data, { raw: { width: size.width, height: size.height, channels: 1 } });
          return encode(await filling(look, this.#entry), format);
        }),
      );
    }
    const cloth = what.background ?? 'blue';
    return this.#encode(
      await drawScene({
        ...PLAIN_SCENE,
        ...given(what),
        ...{ width, height },
        looks: residents.find(({ id }) => id === what.person)?.looks ?? null,
        background: cloth in CLOTHS ? CLOTHS[cloth as keyof typeof CLOTHS] : cloth,
      }),
    );
  }

  #tick(): void {
    const frames = this.#covered ? this.#dark : this.#frames;
    if (frames.length === 0 || !this.#wanted()) return;
    if (!this.#frozen) this.#turn = (this.#turn + 1) % VARIANTS;
    this.#send(frames[this.#turn]!, 0);
  }

  #encode(image: RgbImage): Promise<Uint8Array[]> {
    return Promise.all(
      Array.from({ length: VARIANTS }, (_, n) =>
        encode(noisy(image, this.#random.for(`noise ${n}`)), this.#entry.format),
      ),
    );
  }
}

/** Without what was left open. */
function given<T extends object>(some: T): { [K in keyof T]-?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) as never;
}

function filled({ width, height }: CameraEntry, level: number): RgbImage {
  return { width, height, data: new Uint8Array(width * height * 3).fill(level) };
}

async function filling(picture: Sharp, { width, height }: CameraEntry): Promise<RgbImage> {
  const seen = picture.resize(width, height, { fit: 'cover' }).flatten().toColourspace('srgb');
  return { width, height, data: new Uint8Array(await seen.raw().toBuffer()) };
}

/** An eye never shows itself twice alike. The same eye as certified devices see. */
function looksInto(person: string, side: 'left' | 'right', difficulty: number): Promise<GrayImage[]> {
  return Promise.all(Array.from({ length: VARIANTS }, (_, n) => eyeOf(person, side, n + 1, difficulty)));
}

/** The same grey noise on all three channels, as a sensor's amplifier makes it. */
function noisy({ width, height, data }: RgbImage, random: Random): RgbImage {
  // Throwing dice for each pixel would take a second; a few thousand throws from changing starts look the same.
  const throws = Int8Array.from({ length: 4_093 }, () => Math.round(random.normal() * NOISE));
  const seen = new Uint8ClampedArray(data.length);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const noise = throws[(pixel + (pixel >> 7) * 31) % throws.length]!;
    for (let i = 3 * pixel; i < 3 * pixel + 3; i++) seen[i] = data[i]! + noise;
  }
  return { width, height, data: new Uint8Array(seen.buffer) };
}

async function encode(image: RgbImage, format: CameraEntry['format']): Promise<Uint8Array> {
  const { width, height, data } = image;
  if (format === 'MJPG')
    return sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:2:0' })
      .toBuffer();
  return format === 'YUYV' ? yuyv(image) : grey(image);
}

function grey({ width, height, data }: RgbImage): Uint8Array {
  const frame = new Uint8Array(width * height);
  for (let i = 0; i < frame.length; i++)
    frame[i] = Math.round(0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!);
  return frame;
}

/** Y0 Cb Y1 Cr, two pixels share their colour. */
function yuyv({ width, height, data }: RgbImage): Uint8Array {
  const frame = new Uint8ClampedArray(width * height * 2);
  for (let i = 0; i < width * height; i += 2) {
    const [r0, g0, b0, r1, g1, b1] = data.subarray(3 * i, 3 * i + 6) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const [r, g, b] = [(r0 + r1) / 2, (g0 + g1) / 2, (b0 + b1) / 2];
    frame[2 * i] = luma(r0, g0, b0);
    frame[2 * i + 1] = 128 + (-37.8 * r - 74.2 * g + 112 * b) / 255;
    frame[2 * i + 2] = luma(r1, g1, b1);
    frame[2 * i + 3] = 128 + (112 * r - 93.8 * g - 18.2 * b) / 255;
  }
  return new Uint8Array(frame.buffer);
}

const luma = (r: number, g: number, b: number) => 16 + (65.5 * r + 128.6 * g + 25 * b) / 255;
