/**
 * A camera that Linux drives (V4L2), read by ffmpeg: what the photo camera and the iris camera have in common. The
 * camera is open only while somebody wants its pictures.
 */
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { Findings } from '../device.ts';
import { type Ffmpeg, ffmpegArguments, startFfmpeg, type VideoSource } from './ffmpeg.ts';
import { complaintAbout, isFlat, type PictureHealth, pictureHealth } from './picture-health.ts';
import { PictureStream } from './picture-stream.ts';
import type { Picture } from './pnm-frames.ts';
import type { WireTrace } from './trace.ts';

export interface VideoCamera<Frame> {
  /** Failures: CAMERA-…; ok when aborted. The newest picture whenever one is asked for. */
  frames(signal: AbortSignal): AsyncGenerator<Frame, Result<void>>;
  check(signal: AbortSignal): Promise<Result<Findings>>;
  /** Whether the camera is plugged in. */
  heartbeat(): Promise<Result<void>>;
  close(): Promise<void>;
}

/** A killed child is gone in milliseconds, unless the kernel waits for dead hardware. */
const REAP_MS = 1_500;
/**
 * Noise makes every picture of a working camera differ from the last. One that comes again and again for so long is
 * old, and the person on it may have left.
 */
const STUCK_MS = 800;
const STUCK_PICTURES = 3;
/** How long `check` looks: until the exposure has settled. */
const LOOK_MS = 1_000;

/**
 * @param channels 1: grey, 3: RGB
 * @param wire is told of openings and losses only: pictures are of persons throughout
 */
export function createVideoCamera<Frame>(
  source: VideoSource,
  channels: 1 | 3,
  toFrame: (picture: Picture) => Frame,
  wire?: WireTrace,
): VideoCamera<Frame> {
  const closing = new AbortController();
  let taken = false;
  /** The process of the last opening; whoever opens next waits for its end. */
  let last: Ffmpeg | undefined;

  async function* pictures(signal: AbortSignal): AsyncGenerator<Picture, Result<void>> {
    if (closing.signal.aborted) return fail('CAMERA-LOST', 'closed');
    if (taken) return fail('CAMERA-BUSY', 'a capture is under way');
    taken = true;
    const either = AbortSignal.any([signal, closing.signal]);
    try {
      if (last && !(await within(REAP_MS, last.ended)))
        return fail('CAMERA-BUSY', 'the last reading does not end');
      const loops = source.input === 'file' && (await isRegular(source.port));
      if (either.aborted) return ok();
      last = startFfmpeg(ffmpegArguments(source, channels, loops));
      wire?.event(`opened ${source.port}`);
      const result = yield* live(new PictureStream(source, channels, last), either);
      if (!result.ok) wire?.event(`${result.failure.code}: ${result.failure.detail}`);
      return result;
    } finally {
      taken = false;
    }
  }

  return {
    async *frames(signal) {
      const source = pictures(signal);
      try {
        for (;;) {
          const { done, value } = await source.next();
          if (done) return value;
          yield toFrame(value);
        }
      } finally {
        await source.return(ok());
      }
    },

    async check(signal) {
      const watched = pictures(signal);
      try {
        let previous: Picture | undefined;
        let start = 0;
        for (let intervals = 0; ; intervals++) {
          const { done, value } = await watched.next();
          if (done) return value.ok ? fail('CAMERA-BUSY', 'no time left for the check') : value;
          if (!previous) start = performance.now();
          const ms = performance.now() - start;
          if (previous && ms > LOOK_MS)
            return ok(await findings(source, pictureHealth(value, previous), (1_000 * intervals) / ms));
          previous = value;
        }
      } finally {
        await watched.return(ok());
      }
    },

    heartbeat: () =>
      access(source.port).then(
        () => ok(),
        () => fail('CAMERA-ABSENT', source.port),
      ),

    async close() {
      closing.abort();
      if (last) await within(REAP_MS, last.ended);
    },
  };
}

/** The pictures of one opening, until it is aborted or the camera fails. */
async function* live(stream: PictureStream, signal: AbortSignal): AsyncGenerator<Picture, Result<void>> {
  signal.addEventListener('abort', stream.end, { once: true });
  let previous: Picture | undefined;
  let unchanged = { since: 0, times: 0 };
  try {
    for (;;) {
      const next = await stream.next();
      if (signal.aborted) return ok();
      if (!next.ok) return next;
      const picture = next.value;
      if (!previous || Buffer.compare(previous.data, picture.data) !== 0)
        unchanged = { since: performance.now(), times: 0 };
      else if (++unchanged.times >= STUCK_PICTURES && performance.now() - unchanged.since > STUCK_MS) {
        // A covered or blinded sensor has no noise to show.
        if (!isFlat(pictureHealth(picture)))
          return fail('CAMERA-STUCK', `${unchanged.times} times the same picture`);
        unchanged = { since: performance.now(), times: 0 };
      }
      previous = picture;
      yield picture;
    }
  } finally {
    signal.removeEventListener('abort', stream.end);
    stream.end();
  }
}

async function findings(source: VideoSource, health: PictureHealth, rate: number): Promise<Findings> {
  const size = `${source.width} × ${source.height} ${source.format}`;
  const identity = `${await nameOf(source)}, ${size}, ${rate.toFixed(1)} pictures a second, sharpness ${health.sharpness.toFixed(1)}`;
  const complaint = complaintAbout(health);
  return complaint ? { identity, complaint } : { identity };
}

/** What the camera's driver calls it. */
async function nameOf({ input, port }: VideoSource): Promise<string> {
  if (input === 'file') return 'Pictures from a file';
  try {
    const node = basename(await realpath(port));
    return (await readFile(`/sys/class/video4linux/${node}/name`, 'utf8')).trim();
  } catch {
    return 'Camera without a name';
  }
}

async function isRegular(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** Whether `promise` resolved in time. */
async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), ms);
  try {
    return await Promise.race([promise.then(() => true as const), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
