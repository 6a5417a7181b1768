import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSerial, type SerialLine } from '../../../src/devices/transport/serial.ts';
import type { WireTrace } from '../../../src/devices/transport/trace.ts';
import type { Result } from '../../../src/failures/failure.ts';

let folder: string;
let socat: ChildProcess;
const open: SerialLine[] = [];

const here = () => join(folder, 'here');
const there = () => join(folder, 'there');

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail}`);
  return result.value;
}
function code(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.failure.code;
}
async function line(path: string, wire?: WireTrace): Promise<SerialLine> {
  const opened = value(await openSerial({ path, baudRate: 115200 }, wire));
  open.push(opened);
  return opened;
}
async function readAll(from: SerialLine, length: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for (let left = length; left > 0; left -= chunks.at(-1)!.length) chunks.push(value(await from.read(2_000)));
  return Buffer.concat(chunks);
}
async function plug(): Promise<void> {
  socat = spawn('socat', [`PTY,raw,echo=0,link=${here()}`, `PTY,raw,echo=0,link=${there()}`]);
  for (const path of [here(), there()])
    while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 5));
}
function unplug(): void {
  socat.kill('SIGKILL');
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serial-'));
  await plug();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((opened) => opened.close()));
  unplug();
  await rm(folder, { recursive: true });
});

describe('a serial line', () => {
  it('carries every byte value both ways, in order', async () => {
    const near = await line(here());
    const far = await line(there());
    const bytes = Uint8Array.from({ length: 2_000 }, (_, index) => (index * 7) % 256);
    value(await near.write(bytes));
    expect(await readAll(far, bytes.length)).toEqual(Buffer.from(bytes));
    value(await far.write(bytes.toReversed()));
    expect(await readAll(near, bytes.length)).toEqual(Buffer.from(bytes.toReversed()));
  });

  it('says SERIAL-SILENT when nothing comes, and goes on working', async () => {
    const near = await line(here());
    const far = await line(there());
    expect(code(await near.read(50))).toBe('SERIAL-SILENT');
    value(await far.write(Uint8Array.of(7)));
    expect([...value(await near.read(2_000))]).toEqual([7]);
  });

  it('forgets what came before', async () => {
    let forgotten = false;
    const received = (bytes: Uint8Array) => {
      forgotten ||= bytes.includes(2);
    };
    const near = await line(here(), { received, sent: () => {}, event: () => {} });
    const far = await line(there());
    value(await far.write(Uint8Array.of(1)));
    value(await near.read(2_000));
    value(await far.write(Uint8Array.of(2)));
    while (!forgotten) {
      near.discard();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    value(await far.write(Uint8Array.of(3)));
    expect([...value(await near.read(2_000))]).toEqual([3]);
  });

  it('has one owner in this process, whatever the path is called', async () => {
    const near = await line(here());
    expect(code(await openSerial({ path: here(), baudRate: 9600 }))).toBe('SERIAL-BUSY');
    await near.close();
    await line(here());
  });

  it('is not freed by the second close of a former owner', async () => {
    const former = await line(here());
    await former.close();
    await line(here());
    await former.close();
    expect(code(await openSerial({ path: here(), baudRate: 9600 }))).toBe('SERIAL-BUSY');
  });

  it('refuses what is absent or no serial port', async () => {
    expect(code(await openSerial({ path: join(folder, 'nothing'), baudRate: 9600 }))).toBe('SERIAL-ABSENT');
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(code(await openSerial({ path: file, baudRate: 9600 }))).toBe('SERIAL-OPEN-FAILED');
  });

  it('notices an unplug while idle, while reading, and before a write', async () => {
    const near = await line(here());
    const reading = near.read(60_000);
    unplug();
    expect(code(await reading)).toBe('SERIAL-LOST');
    expect((await near.ended)?.code).toBe('SERIAL-LOST');
    expect(code(await near.read(60_000))).toBe('SERIAL-LOST');
    expect(code(await near.write(Uint8Array.of(1)))).toBe('SERIAL-LOST');
    await near.close();

    await plug();
    const again = await line(here());
    unplug();
    expect((await again.ended)?.code).toBe('SERIAL-LOST');
  });

  it('notices an unplug in the instant of a read', async () => {
    // serialport alone misses about every second of these.
    for (let round = 0; round < 6; round++) {
      const path = join(folder, `flood-${round}`);
      const flood = spawn('socat', ['-u', 'EXEC:yes', `PTY,raw,echo=0,link=${path}`], { stdio: 'ignore' });
      while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 5));
      const near = await line(path);
      value(await near.read(2_000));
      flood.kill('SIGKILL');
      expect((await near.ended)?.code).toBe('SERIAL-LOST');
      await near.close();
    }
  }, 10_000);

  it('ends a write that the other end never takes', async () => {
    const near = await line(here());
    socat.kill('SIGSTOP');
    const flood = new Uint8Array(20_000);
    expect(code(await near.write(flood))).toBe('SERIAL-WRITE-FAILED');
    expect((await near.ended)?.code).toBe('SERIAL-WRITE-FAILED');
    await near.close();
  }, 10_000);

  it('ends a read when it is closed, and tells that nothing was lost', async () => {
    const near = await line(here());
    const reading = near.read(60_000);
    await near.close();
    expect(code(await reading)).toBe('SERIAL-LOST');
    expect(await near.ended).toBeUndefined();
  });
});
