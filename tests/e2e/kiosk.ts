/** The real kiosk on a bench of its own: `node src/main.ts --config …` in a folder that is thrown away. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { benchIn } from '../support/bench-in.ts';

export interface RunningKiosk {
  /** As printed, the key in its fragment. */
  readonly address: string;
  /** The configuration that it runs on. */
  readonly config: string;
  readonly pid: number;
  /** What it has written on standard error. */
  log(): string;
  stop(): Promise<void>;
}

/** @param devices As for `benchIn`. */
export async function startKiosk(devices?: 'all'): Promise<RunningKiosk> {
  const folder = await mkdtemp(path.join(tmpdir(), 'anjungan-'));
  const config = path.join(folder, 'config.json');
  await writeFile(config, JSON.stringify(await benchIn(folder, devices)));
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
  const [address] = await Promise.race([
    once(createInterface(kiosk.stdout), 'line'),
    ended.then(() => [undefined]),
  ]);
  if (typeof address === 'string') return { address, config, pid: kiosk.pid!, log: () => said, stop };
  await stop();
  throw new Error(`the kiosk did not start:\n${said}`);
}
