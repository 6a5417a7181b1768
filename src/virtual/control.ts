/**
 * The bench's one control socket (unix, 0600). A line is a JSON object: `{id, command}` in, `{id, result}` out; and
 * `{status}` to everybody at the start and at every change, before the answer of the command that caused it.
 */
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type BenchStatus, benchCommand } from './commands.ts';
import { LineSplitter } from './line-splitter.ts';
import type { World } from './world.ts';

const request = z.strictObject({ id: z.int(), command: benchCommand });

/** What the bench says. */
export type Message =
  | { readonly status: BenchStatus }
  | { readonly id: number; readonly result: Result<unknown> };

export interface Control {
  close(): void;
}

/** Fails when another bench listens there. */
export async function serveControl(path: string, world: World): Promise<Result<Control>> {
  if (await isServed(path)) return fail('BENCH-RUNNING', path);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  let stale = false;

  /** Several changes at once are told once. */
  function tellStatus(): void {
    if (!stale) return;
    stale = false;
    const line = encode({ status: world.status() });
    for (const socket of sockets) socket.write(line);
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.write(encode({ status: world.status() }));
    const lines = new LineSplitter();
    socket.on('data', async (bytes) => {
      for (const line of lines.push(bytes)) {
        const message = await answer(world, line);
        tellStatus();
        socket.write(encode(message));
      }
    });
  });
  world.onChange(() => {
    stale = true;
    setImmediate(tellStatus);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return ok({
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
}

async function answer(world: World, line: string): Promise<Message> {
  let found: unknown;
  try {
    found = JSON.parse(line);
  } catch {
    return { id: -1, result: fail('BENCH-COMMAND-INVALID', 'not JSON') };
  }
  const checked = request.safeParse(found);
  if (checked.success) return { id: checked.data.id, result: await world.execute(checked.data.command) };
  const { id } = z
    .looseObject({ id: z.int().catch(-1) })
    .catch({ id: -1 })
    .parse(found);
  return { id, result: fail('BENCH-COMMAND-INVALID', z.prettifyError(checked.error)) };
}

function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function encode(message: Message): string {
  return `${JSON.stringify(message)}\n`;
}
