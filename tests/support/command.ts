/** The command line as a technician runs it, in a process of its own. */
import { spawn } from 'node:child_process';

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function runKiosk(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn('node', ['src/cli/kiosk.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}

/** With --json: `output` is the one object on stdout. */
export async function runJson(config: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = await runKiosk(...args, '--config', config, '--json');
  return { status, output: JSON.parse(stdout), stderr };
}
