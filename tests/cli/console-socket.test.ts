import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Request } from '../../src/cli/commands.ts';
import { askConsole, serveConsole } from '../../src/cli/console-socket.ts';
import { fail, ok } from '../../src/failures/failure.ts';

let folder: string;
let close: (() => Promise<void>) | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'console-'));
});
afterEach(async () => {
  await close?.();
  close = undefined;
  rmSync(folder, { recursive: true });
});

const bugs: unknown[] = [];
const serve = (run: Parameters<typeof serveConsole>[1]) =>
  serveConsole(folder, run, (error) => bugs.push(error));

const check: Request = { command: 'check', language: 'id' };

test('carries a command to the kiosk and its result back', async () => {
  const asked: Request[] = [];
  close = await serve(async (request) => {
    asked.push(request);
    return ok({ devices: [] });
  });
  expect(await askConsole(folder, check)).toEqual({ ok: true, value: { devices: [] } });
  expect(asked).toEqual([check]);
});

test('carries a failure with its code and detail', async () => {
  close = await serve(async () => fail('CARD-ABSENT', 'chip'));
  expect(await askConsole(folder, check)).toEqual({
    ok: false,
    failure: { code: 'CARD-ABSENT', detail: 'chip' },
  });
});

test('is for its user alone', async () => {
  close = await serve(async () => ok({}));
  expect(statSync(path.join(folder, 'console.sock')).mode & 0o777).toBe(0o600);
});

test('no kiosk runs: no socket, or one left behind by a kiosk that was killed', async () => {
  expect(await askConsole(folder, check)).toBeUndefined();
  writeFileSync(path.join(folder, 'console.sock'), '');
  expect(await askConsole(folder, check)).toBeUndefined();
});

test('a kiosk that stops before it answers', async () => {
  close = await serve(() => new Promise(() => {}));
  const asked = askConsole(folder, check);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await close();
  close = undefined;
  expect(await asked).toMatchObject({ failure: { code: 'CONSOLE-LOST' } });
});

test.each(['nonsense\n', '{"command":"halt"}\n', `${'x'.repeat(100_000)}`])(
  'refuses %j, and goes on',
  async (sent) => {
    close = await serve(async () => ok({}));
    const socket = net.connect(path.join(folder, 'console.sock'));
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', () => {});
    socket.write(sent);
    await new Promise((resolve) => socket.once('close', resolve));
    if (sent.endsWith('\n'))
      expect(JSON.parse(answer)).toMatchObject({ failure: { code: 'UI-INTENT-INVALID' } });
    expect(await askConsole(folder, check)).toEqual({ ok: true, value: {} });
  },
);

test('a command that breaks off on a bug is told, and the next one works', async () => {
  const bug = new Error('a bug');
  close = await serve(async ({ language }) => {
    if (language === 'id') throw bug;
    return ok({});
  });
  expect(await askConsole(folder, check)).toMatchObject({ failure: { code: 'CONSOLE-LOST' } });
  expect(bugs).toEqual([bug]);
  expect(await askConsole(folder, { ...check, language: 'en' })).toEqual({ ok: true, value: {} });
});
