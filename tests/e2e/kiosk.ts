/** The real kiosk on a bench of its own: `node src/main.ts --config …` in a folder that is thrown away. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { View } from '../../src/ui/contract/view.ts';
import { benchIn } from '../support/bench-in.ts';

export interface RunningKiosk {
  /** The desk's screen, as printed, the key in its fragment. */
  readonly address: string;
  /** All of its screens. */
  readonly screens: Readonly<Record<View['screen'], string>>;
  /** The configuration that it runs on. */
  readonly config: string;
  readonly pid: number;
  /** What it has written on standard error. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * @param devices As for `benchIn`.
 * @param policy Parts of the policy that take the place of the bench's.
 */
export async function startKiosk(
  devices?: Parameters<typeof benchIn>[1],
  policy: object = {},
): Promise<RunningKiosk> {
  const folder = await mkdtemp(path.join(tmpdir(), 'anjungan-'));
  const config = path.join(folder, 'config.json');
  const bench = await benchIn(folder, devices);
  await writeFile(config, JSON.stringify({ ...bench, policy: { ...bench.policy, ...policy } }));
  const kiosk = spawn(process.execPath, ['src/main.ts', '--config', config], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  kiosk.stderr.on('data', (data) => {
    said += data;
  });
  const ended = once(kiosk, 'exit');
  const stop = async () => {
    kiosk.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  };
  const screens = await addressesIn(kiosk.stdout);
  if (screens) {
    return { address: screens.desk, screens, config, pid: kiosk.pid!, log: () => said, stop };
  }
  await stop();
  throw new Error(`the kiosk did not start:\n${said}`);
}

/** One a line; undefined where it ends before the last one, the staff's. */
async function addressesIn(stdout: Readable): Promise<RunningKiosk['screens'] | undefined> {
  const screens: Record<string, string> = {};
  for await (const line of createInterface(stdout)) {
    screens[new URLSearchParams(new URL(line).hash.slice(1)).get('screen') ?? ''] = line;
    if ('staff' in screens) return screens as RunningKiosk['screens'];
  }
  return undefined;
}
