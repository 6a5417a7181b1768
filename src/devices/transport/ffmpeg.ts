/**
 * ffmpeg as a child process that reads a camera: one picture after the other on its standard output, decoded, in PNM.
 *
 * MJPG is decoded by ffmpeg too, not passed on: whoever looks at frames wants pixels, a JPEG that was torn on the wire
 * ends in ffmpeg's decoder, and what comes out is the same for every camera.
 */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { FailureCode } from '../../failures/catalogue.ts';
import { type Failure, fail } from '../../failures/failure.ts';

export interface VideoSource {
  /** E.g. `/dev/video0` or a link to it in `/dev/v4l/by-id`; with `file` a FIFO or a regular file. */
  readonly port: string;
  /** `file`: the same frames, one behind the other, from a FIFO or (for ever, at their own pace) a regular file. */
  readonly input: 'v4l2' | 'file';
  /** The V4L2 pixel format; Y8 is another name of GREY. */
  readonly format: 'GREY' | 'Y8' | 'YUYV' | 'MJPG';
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

export interface Ffmpeg {
  readonly pictures: Readable;
  /** Resolves when the process has ended and was reaped: with why. */
  readonly ended: Promise<FfmpegEnd>;
  /** At once: there is nothing to finish. The operating system stops the camera's stream. */
  kill(): void;
}

export interface FfmpegEnd {
  /** null: killed, or not to be started. */
  readonly status: number | null;
  /** The end of what it complained about. */
  readonly log: string;
}

const LONGEST_LOG = 4_096;

const PIXEL_FORMATS = { GREY: 'gray', Y8: 'gray', YUYV: 'yuyv422' } as const;

/** @param loops the file is a regular one */
export function ffmpegArguments(source: VideoSource, channels: 1 | 3, loops: boolean): string[] {
  const { input, format, width, height, framesPerSecond, port } = source;
  const size = ['-video_size', `${width}x${height}`];
  const kind =
    input === 'v4l2'
      ? ['-f', 'v4l2', '-input_format', format === 'MJPG' ? 'mjpeg' : PIXEL_FORMATS[format], ...size]
      : format === 'MJPG'
        ? ['-f', 'mjpeg']
        : ['-f', 'rawvideo', '-pixel_format', PIXEL_FORMATS[format], ...size];
  return [
    ...['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'error'],
    // The first frame at once, and no more than one inside: the newest is what is wanted.
    ...['-fflags', 'nobuffer', '-probesize', '32', '-analyzeduration', '0', '-threads', '1'],
    ...(loops ? ['-re', '-stream_loop', '-1'] : []),
    ...kind,
    ...['-framerate', String(framesPerSecond), '-i', port],
    ...['-fps_mode', 'passthrough', '-f', 'image2pipe', '-flush_packets', '1'],
    ...(channels === 1 ? ['-c:v', 'pgm', '-pix_fmt', 'gray'] : ['-c:v', 'ppm', '-pix_fmt', 'rgb24']),
    'pipe:1',
  ];
}

/**
 * On a leash: the kernel kills the child when this process ends, however that ends (PR_SET_PDEATHSIG, set by
 * util-linux's `setpriv`). The pipe alone would not do: an ffmpeg that waits for a silent camera never writes.
 */
export function startFfmpeg(args: readonly string[]): Ffmpeg {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'ffmpeg', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-LONGEST_LOG);
  });
  const ended = new Promise<FfmpegEnd>((resolve) => {
    child.once('close', (status) => resolve({ status, log }));
    child.once('error', (error) => resolve({ status: null, log: `setpriv: ${error.message}` }));
  });
  return { pictures: child.stdout, ended, kill: () => void child.kill('SIGKILL') };
}

/** By what ffmpeg and the C library say; the first that fits. */
const REASONS: readonly (readonly [RegExp, FailureCode, string])[] = [
  [/^setpriv: /m, 'CAMERA-FFMPEG-ABSENT', 'ffmpeg cannot be started'],
  [/No such file or directory/, 'CAMERA-ABSENT', 'ENOENT'],
  [/No such device/, 'CAMERA-ABSENT', 'ENODEV'],
  [/Permission denied|Operation not permitted/, 'CAMERA-FORBIDDEN', 'EACCES'],
  [/Device or resource busy/, 'CAMERA-BUSY', 'EBUSY'],
  [/No space left on device/, 'CAMERA-BANDWIDTH', 'ENOSPC'],
  [/Input\/output error|Protocol error/, 'CAMERA-LOST', 'EIO'],
  [/Inappropriate ioctl|Not a video capture device/, 'CAMERA-FORMAT', 'not a camera'],
  [
    /Cannot find a proper format|Invalid argument|streaming I\/O|codec parameters/,
    'CAMERA-FORMAT',
    'format refused',
  ],
];

/**
 * Why an ffmpeg that nobody killed has ended. Its own words stay here, for they name files.
 * @param seen it has given a picture before: then the camera has gone, whatever it says
 */
export function cameraFailure({ port }: VideoSource, { status, log }: FfmpegEnd, seen: boolean): Failure {
  const [, code, why] = REASONS.find(([words]) => words.test(log)) ?? [];
  const detail = `${port}: ${why ?? `ffmpeg ended with ${status}`}`;
  // A stream that ends without a complaint is a camera that was pulled out.
  if (seen || (log === '' && status === 0)) return { code: 'CAMERA-LOST', detail };
  return fail(code ?? 'CAMERA-FAILED', detail).failure;
}
