import { describe, expect, test } from 'vitest';
import {
  cameraFailure,
  ffmpegArguments,
  startFfmpeg,
  type VideoSource,
} from '../../../src/devices/transport/ffmpeg.ts';

const camera: VideoSource = {
  port: '/dev/v4l/by-id/usb-Contoh-video-index0',
  input: 'v4l2',
  format: 'MJPG',
  width: 1280,
  height: 720,
  framesPerSecond: 15,
};

/** The values that follow options, of the arguments before the input. */
function inputOptions(args: readonly string[]) {
  const before = args.slice(0, args.indexOf('-i') + 2);
  return (name: string) => before[before.indexOf(name) + 1];
}

describe('the command line', () => {
  test('a camera: format, size and rate as the V4L2 driver of ffmpeg names them', () => {
    const option = inputOptions(ffmpegArguments(camera, 3, false));
    expect([
      option('-f'),
      option('-input_format'),
      option('-video_size'),
      option('-framerate'),
      option('-i'),
    ]).toEqual(['v4l2', 'mjpeg', '1280x720', '15', camera.port]);
    for (const [format, name] of [
      ['GREY', 'gray'],
      ['Y8', 'gray'],
      ['YUYV', 'yuyv422'],
    ] as const)
      expect(inputOptions(ffmpegArguments({ ...camera, format }, 1, false))('-input_format')).toBe(name);
  });

  test('the same frames from a file: bare, or JPEG files one behind the other', () => {
    const raw = inputOptions(ffmpegArguments({ ...camera, input: 'file', format: 'YUYV' }, 3, false));
    expect([raw('-f'), raw('-pixel_format'), raw('-video_size')]).toEqual([
      'rawvideo',
      'yuyv422',
      '1280x720',
    ]);
    expect(inputOptions(ffmpegArguments({ ...camera, input: 'file' }, 3, false))('-f')).toBe('mjpeg');
  });
});

describe('why ffmpeg ended', () => {
  const ended = (log: string, status: number | null = 1, seen = false) =>
    cameraFailure(camera, { status, log: log.replaceAll('PORT', camera.port) }, seen);
  /** What ffmpeg 5.1 printed, and what its V4L2 driver says with the words of strerror(3). */
  const WORDS = [
    ['PORT: No such file or directory', 'CAMERA-ABSENT'],
    ['[v4l2 @ 0x55] Cannot open video device PORT: No such device', 'CAMERA-ABSENT'],
    ['[v4l2 @ 0x55] Cannot open video device PORT: Permission denied', 'CAMERA-FORBIDDEN'],
    ['[v4l2 @ 0x55] ioctl(VIDIOC_STREAMON): Device or resource busy', 'CAMERA-BUSY'],
    ['[v4l2 @ 0x55] ioctl(VIDIOC_STREAMON): No space left on device', 'CAMERA-BANDWIDTH'],
    ['[v4l2 @ 0x55] ioctl(VIDIOC_DQBUF): Input/output error', 'CAMERA-LOST'],
    ['[v4l2 @ 0x55] ioctl(VIDIOC_QUERYCAP): Inappropriate ioctl for device', 'CAMERA-FORMAT'],
    ["[v4l2 @ 0x55] Cannot find a proper format for codec 'mjpeg' (id 7)", 'CAMERA-FORMAT'],
    ['setpriv: failed to execute ffmpeg: No such file or directory', 'CAMERA-FFMPEG-ABSENT'],
    ['something nobody has seen yet', 'CAMERA-FAILED'],
  ] as const;

  test.each(WORDS)('%s', (words, code) => {
    const failure = ended(words);
    expect(failure.code).toBe(code);
    expect(failure.detail).not.toContain('0x55');
  });

  test('after a picture, and where nothing is said, the camera has gone', () => {
    expect(ended('ioctl(VIDIOC_DQBUF): No such device', 0, true)).toEqual({
      code: 'CAMERA-LOST',
      detail: `${camera.port}: ENODEV`,
    });
    expect(ended('', 0).code).toBe('CAMERA-LOST');
    expect(ended('', null).code).toBe('CAMERA-FAILED');
  });

  test('a real one that opens what is not there', async () => {
    const source = { ...camera, port: '/dev/nothing-of-that-name' };
    const ffmpeg = startFfmpeg(ffmpegArguments(source, 3, false));
    expect(cameraFailure(source, await ffmpeg.ended, false)).toEqual({
      code: 'CAMERA-ABSENT',
      detail: '/dev/nothing-of-that-name: ENOENT',
    });
  });

  test('a real one that opens what is no camera', async () => {
    const source = { ...camera, port: '/dev/null' };
    const ffmpeg = startFfmpeg(ffmpegArguments(source, 3, false));
    expect(cameraFailure(source, await ffmpeg.ended, false).code).toBe('CAMERA-FORMAT');
  });
});
