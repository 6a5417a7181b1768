/** The pictures that come out of one run of ffmpeg: only the newest is kept, however slow its consumer is. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import { cameraFailure, type Ffmpeg, type VideoSource } from './ffmpeg.ts';
import { type Picture, PnmFrames } from './pnm-frames.ts';

/** Cameras take up to three seconds from opening to the first picture. */
const FIRST_PICTURE_MS = 5_000;
/** A camera that pauses for longer has stalled: told within the second that the flows count on. */
const STALL_MS = 800;

export class PictureStream {
  readonly #port: string;
  readonly #ffmpeg: Ffmpeg;
  #newest: Picture | undefined;
  /** A picture has come. */
  #seen = false;
  #heard = performance.now();
  /** Why nothing more comes. */
  #over: Failure | undefined;
  #wake: (() => void) | undefined;

  constructor(source: VideoSource, channels: 1 | 3, ffmpeg: Ffmpeg) {
    this.#port = source.port;
    this.#ffmpeg = ffmpeg;
    const frames = new PnmFrames({ width: source.width, height: source.height, channels });
    ffmpeg.pictures.on('data', (bytes: Uint8Array) => {
      if (this.#over) return;
      this.#heard = performance.now();
      const cut = frames.push(bytes);
      if (!cut.ok) return this.#finish(cut.failure);
      this.#newest = cut.value.at(-1) ?? this.#newest;
      if (!this.#newest) return;
      this.#seen = true;
      this.#wake?.();
    });
    void ffmpeg.ended.then((end) => this.#finish(cameraFailure(source, end, this.#seen)));
  }

  /** The newest picture that was not given yet. One call at a time. CAMERA-…: why there is none, and none will come. */
  async next(): Promise<Result<Picture>> {
    for (let waited = false; ; waited = true) {
      if (this.#over) return { ok: false, failure: this.#over };
      const picture = this.#newest;
      if (picture) {
        this.#newest = undefined;
        return ok(picture);
      }
      const patience = this.#seen ? STALL_MS : FIRST_PICTURE_MS;
      const left = this.#heard + patience - performance.now();
      if (left > 0) await this.#waken(left);
      // This process may have been too busy to read what is there.
      else if (!waited) await nextTurn();
      else this.#finish({ code: 'CAMERA-STALLED', detail: `${this.#port}: nothing for ${patience} ms` });
    }
  }

  /** Lets go of the camera at once. */
  readonly end = (): void => {
    this.#finish(fail('CAMERA-LOST', `${this.#port} was let go`).failure);
  };

  #finish(failure: Failure): void {
    this.#over ??= failure;
    this.#newest = undefined;
    this.#ffmpeg.kill();
    this.#wake?.();
  }

  async #waken(ms: number): Promise<void> {
    const woken = Promise.withResolvers<void>();
    const timer = setTimeout(woken.resolve, ms);
    this.#wake = woken.resolve;
    await woken.promise;
    clearTimeout(timer);
    this.#wake = undefined;
  }
}
