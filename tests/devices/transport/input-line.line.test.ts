/** Input lines over named pipes, which stand for device files: machines for development have none. */
import { execFileSync, spawn } from 'node:child_process';
import { constants, openSync, writeSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openInput } from '../../../src/devices/transport/input-line.ts';
import { codeOf, value } from '../../support/bench-kiosk.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'anjungan-input-'));
afterAll(() => rm(folder, { recursive: true }));

function fifo(name: string): string {
  const file = path.join(folder, name);
  execFileSync('mkfifo', [file]);
  return file;
}
const writeEnd = (file: string) => openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);

describe('an input line', () => {
  it('brings what the device says, and nothing while it says nothing', async () => {
    const file = fifo('talks');
    const heard: string[] = [];
    const wire = {
      sent: () => {},
      received: (bytes: Uint8Array) => heard.push(Buffer.from(bytes).toString()),
      event: (what: string) => heard.push(`(${what})`),
    };
    const line = value(await openInput({ path: file, kind: 'evdev' }, wire));
    expect(line.about).toEqual({});
    expect(value(await line.read(20))).toHaveLength(0);
    writeSync(writeEnd(file), 'abc');
    expect(Buffer.from(value(await line.read(2_000))).toString()).toBe('abc');
    await line.close();
    expect(heard).toEqual(['(opened)', 'abc', '(closed)']);
    expect(await line.ended).toBeUndefined();
    expect(codeOf(await line.read(20))).toBe('INPUT-LOST');
  });

  it('forgets what was not read when it is told to', async () => {
    const file = fifo('forgets');
    const line = value(await openInput({ path: file, kind: 'evdev' }));
    const end = writeEnd(file);
    writeSync(end, 'old');
    await delay(100);
    line.discard();
    writeSync(end, 'new');
    expect(Buffer.from(value(await line.read(2_000))).toString()).toBe('new');
    await line.close();
  });

  it('has one owner in this process', async () => {
    const file = fifo('owned');
    const line = value(await openInput({ path: file, kind: 'evdev' }));
    expect(codeOf(await openInput({ path: file, kind: 'evdev' }))).toBe('INPUT-BUSY');
    await line.close();
    const again = await openInput({ path: file, kind: 'evdev' });
    expect(codeOf(again)).toBeNull();
    if (again.ok) await again.value.close();
  });

  it('that is not there, not allowed or something else is refused with its code', async () => {
    expect(codeOf(await openInput({ path: path.join(folder, 'nowhere'), kind: 'hidraw' }))).toBe(
      'INPUT-ABSENT',
    );
    // A character device that is no input device: its ioctls are refused.
    expect(codeOf(await openInput({ path: '/dev/null', kind: 'evdev' }))).toBe('INPUT-OPEN-FAILED');
    if (process.getuid?.() === 0) return; // root may open anything
    const locked = path.join(folder, 'locked');
    await writeFile(locked, '');
    await chmod(locked, 0);
    expect(codeOf(await openInput({ path: locked, kind: 'evdev' }))).toBe('INPUT-FORBIDDEN');
  });

  it('ends its reader with the process that opened it, also when that is killed', async () => {
    const file = fifo('leash');
    const script = `
      const { openInput } = await import(${JSON.stringify(path.resolve('src/devices/transport/input-line.ts'))});
      await openInput({ path: ${JSON.stringify(file)}, kind: 'evdev' });
      console.log('open');
      setInterval(() => {}, 1000);`;
    const parent = spawn('node', ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const _ of parent.stdout) break;
    const [child] = (await readFile(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8'))
      .trim()
      .split(' ');
    expect(Number(child)).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    for (let i = 0; await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => ''); i++) {
      expect(i).toBeLessThan(300);
      await delay(10);
    }
  });
});
