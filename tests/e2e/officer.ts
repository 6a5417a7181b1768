/** A signed-in operator at the staff's socket, for tests that are about another screen than theirs. */
import { once } from 'node:events';
import { BENCH_STAFF } from '../../src/bench-staff.ts';
import type { Intent } from '../../src/ui/contract/intent.ts';
import { message, parse, type Request, socketPath } from '../../src/ui/contract/message.ts';

export interface Officer {
  /** Throws with the code of a refusal. */
  ask(intent: Intent): Promise<void>;
  leave(): void;
}

/** @param address of the staff's screen */
export async function signIn(address: string): Promise<Officer> {
  const { origin, host, hash } = new URL(address);
  const key = new URLSearchParams(hash.slice(1)).get('key') ?? '';
  // Node's WebSocket takes headers, unlike a browser's.
  const socket = new WebSocket(`ws://${host}${socketPath}`, { headers: { origin } } as never);
  const waiting = new Map<number, (code: string | undefined) => void>();
  socket.addEventListener('message', ({ data }) => {
    const told = typeof data === 'string' ? parse(message, data) : undefined;
    if (told?.type === 'answer') waiting.get(told.to)?.(told.failure?.code);
  });
  await once(socket, 'open');
  const send = (request: Request) => socket.send(JSON.stringify(request));
  send({ type: 'hello', key });
  let asked = 0;
  const ask = async (intent: Intent) => {
    asked += 1;
    const answered = new Promise<string | undefined>((resolve) => waiting.set(asked, resolve));
    send({ type: 'intent', id: asked, intent });
    const code = await answered;
    if (code !== undefined) throw new Error(`${intent.type}: ${code}`);
  };
  const operator = BENCH_STAFF.find(({ role }) => role === 'operator');
  if (!operator) throw new Error('the bench has no operator');
  await ask({ type: 'login', id: operator.id, pin: operator.pin });
  return { ask, leave: () => socket.close() };
}
