/** Mounts a USB stick so that nothing on it can run, own rights or stand for a device, and nothing is written to it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '../../failures/failure.ts';

export interface MountedStick {
  readonly folder: string;
  unmount(): Promise<Result>;
}

const run = promisify(execFile);
const PATIENCE_MS = 10_000;
/** Names that a stick gets, and nothing that could be an option or a path elsewhere. */
const DEVICE = /^\/dev\/sd[a-z][1-9]?$/;

/** Needs the right to mount (root). STICK-MOUNT-FAILED within 10 s. Not tried on hardware. */
export async function mountStick(device: string): Promise<Result<MountedStick>> {
  if (!DEVICE.test(device)) return fail('STICK-MOUNT-FAILED', 'no device of a stick');
  const folder = await mkdtemp(join(tmpdir(), 'anjungan-stick-'));
  const options = 'ro,noexec,nosuid,nodev,noatime';
  const mounted = await attempt('mount', ['-t', 'vfat,exfat', '-o', options, '--', device, folder]);
  if (!mounted.ok) {
    await rmdir(folder);
    return mounted;
  }
  return ok({
    folder,
    async unmount() {
      const done = await attempt('umount', ['--', folder]);
      if (done.ok) await rmdir(folder);
      return done;
    },
  });
}

async function attempt(command: string, args: readonly string[]): Promise<Result> {
  try {
    await run(command, args, { timeout: PATIENCE_MS });
    return ok();
  } catch (error) {
    const { code, stderr } = error as { code?: number | string; stderr?: string };
    return fail('STICK-MOUNT-FAILED', `${command}: ${code}, ${stderr?.trim() ?? ''}`);
  }
}
