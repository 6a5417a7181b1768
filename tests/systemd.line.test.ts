/** What systemd is told, over a real datagram socket; and that its units are what systemd takes. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { writeScreenPages } from '../src/screen-pages.ts';
import { connectSystemd } from '../src/systemd.ts';
import { temporaryFolder } from './store/fixture.ts';

/** What comes to a Unix datagram socket, as systemd would hear it. */
async function listen() {
  const socket = path.join(temporaryFolder(), 'notify');
  const socat = spawn('socat', ['-u', `UNIX-RECV:${socket}`, 'STDOUT'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void socat.kill());
  const heard = createInterface(socat.stdout)[Symbol.asyncIterator]();
  while (!existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 10));
  return { socket, next: async () => (await heard.next()).value };
}

it('is told that the kiosk is ready, lives and ends', async () => {
  const { socket, next } = await listen();
  const environment = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '100000' };
  const systemd = connectSystemd(environment, async () => {});
  systemd?.ready();
  expect(await next()).toBe('READY=1');
  expect(await next()).toBe('WATCHDOG=1');
  expect(await next()).toBe('WATCHDOG=1');
  systemd?.close();
  let last = await next();
  while (last === 'WATCHDOG=1') last = await next();
  expect(last).toBe('STOPPING=1');
});

it('hears nothing of a kiosk that hangs', async () => {
  const { socket, next } = await listen();
  let asked = 0;
  const hanging = new Promise(() => {});
  const isAlive = () => {
    asked += 1;
    return asked === 1 ? Promise.resolve() : hanging;
  };
  const systemd = connectSystemd({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: '40000' }, isAlive);
  expect(await next()).toBe('WATCHDOG=1');
  // Some further rounds, each of which would tell if it did not wait.
  while (asked < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 200));
  systemd?.close();
  expect(await next()).toBe('STOPPING=1');
  expect(asked).toBe(2);
});

it('is not looked for where it did not start the kiosk', () => {
  expect(connectSystemd({}, async () => {})).toBeUndefined();
});

it('a screen’s browser finds its page, and the key is in no name', async () => {
  const folder = temporaryFolder();
  const address = 'http://127.0.0.1:7012/#key=test-key&screen=resident';
  await writeScreenPages(folder, [address]);
  const page = readFileSync(path.join(folder, 'resident.html'), 'utf8');
  expect(page.replaceAll('&amp;', '&')).toContain(`url=${address}"`);
});

const units = ['anjungan.service', 'anjungan-display.service', 'anjungan-screen@.service'];
it.skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0).each(units)(
  '%s is a unit without a fault, but for programs that are not on this machine',
  (unit) => {
    const file = path.resolve('config/systemd', unit);
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
    const faults = stderr
      .split('\n')
      .filter((line) => line.includes(unit.replace('@', '')) || line.includes(file));
    expect(faults.filter((line) => !/is not executable|Unit \S+ not found/.test(line))).toEqual([]);
  },
);
