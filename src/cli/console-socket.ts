/**
 * The console: a unix socket in the data folder, mode 0600, on which the running kiosk takes commands. Whoever may
 * open it may run every one of them, at any hour. One JSON line asks, one answers.
 */
import { chmodSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fail, type Result } from '../failures/failure.ts';
import { type Request, request } from './commands.ts';

/** A request is a few hundred bytes. */
const MAX_LINE = 64 * 1024;

function socketPath(dataDir: string): string {
  return path.join(dataDir, 'console.sock');
}

/** Listens until the returned function is called. The caller owns the data folder, so a socket left behind is stale. */
export async function serveConsole(
  dataDir: string,
  run: (asked: Request) => Promise<Result<object>>,
  onBug: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const file = socketPath(dataDir);
  rmSync(file, { force: true });
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that goes away in the middle takes its answer with it.
    socket.on('error', () => socket.destroy());
    answerLine(socket, run).catch((error) => {
      onBug(error);
      socket.destroy();
    });
  });
  const mask = process.umask(0o177);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(file, resolve);
  });
  process.umask(mask);
  chmodSync(file, 0o600);
  return async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
}

/** Resolves when the line was answered, or when the client went away or sent too much. */
async function answerLine(
  socket: net.Socket,
  run: (asked: Request) => Promise<Result<object>>,
): Promise<void> {
  const line = await firstLine(socket);
  if (line === undefined) return;
  const asked = request.safeParse(parse(line));
  const result: Result<object> = asked.success ? await run(asked.data) : fail('UI-INTENT-INVALID');
  socket.end(`${JSON.stringify(result)}\n`);
}

function firstLine(socket: net.Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      received += text;
      const end = received.indexOf('\n');
      if (end >= 0) resolve(received.slice(0, end));
      else if (received.length > MAX_LINE) socket.destroy();
    });
    socket.once('close', () => resolve(undefined));
  });
}

/** Asks the kiosk that runs on this data folder; `undefined` when none runs. */
export function askConsole(dataDir: string, asked: Request): Promise<Result<object> | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath(dataDir));
    let connected = false;
    socket.once('connect', () => {
      connected = true;
      socket.write(`${JSON.stringify(asked)}\n`);
    });
    socket.once('error', () => resolve(connected ? fail('CONSOLE-LOST') : undefined));
    const lines = createInterface({ input: socket });
    lines.once('line', (line) => resolve(parse(line) as Result<object>));
    lines.once('close', () => resolve(connected ? fail('CONSOLE-LOST') : undefined));
    lines.on('error', () => {});
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
