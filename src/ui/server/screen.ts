/**
 * One screen on its WebSocket: `hello` with the key first, then views out and intents in. Whatever a screen
 * sends, the answer is a coded refusal at most; a screen that floods or does not listen is dropped, and may
 * come back.
 */
import type { Failure } from '../../failures/failure.ts';
import { type Message, parse, request, wrongKeyCloseCode } from '../contract/message.ts';
import { createAllowance } from './allowance.ts';
import type { Broadcast } from './broadcast.ts';
import type { Visit } from './door.ts';
import { failureView } from './project.ts';

/** What is used of a `ws` WebSocket. */
export interface Socket {
  readonly bufferedAmount: number;
  send(data: string | Uint8Array): void;
  close(code: number, reason: string): void;
  terminate(): void;
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown;
  on(event: 'close' | 'error', listener: () => void): unknown;
}

export interface ScreenParts {
  /** The visit that a key opens, and who tells of its changes; undefined for a wrong key. */
  enter(key: string): { readonly visit: Visit; readonly views: Broadcast } | undefined;
  /** Told of every refusal; of a wish where the screen has no right to it, not where it is not the moment. */
  refused(failure: Failure): void;
}

/** Messages at once, and a second after that: more than a person can press, less than hurts. */
const burst = 20;
const perSecond = 10;
/** Refusals in a row after which the screen is dropped: no person and no page of ours causes them. */
const maxRefusals = 100;
const helloMs = 5000;
/** Bytes that a screen may leave unread, some fifty views. */
const maxBacklog = 1_000_000;
/** With so many bytes unread the next live picture is left out: a newer one comes. */
const maxPictureBacklog = 200_000;
const policyViolation = 1008;

export function serveScreen(socket: Socket, { enter, refused }: ScreenParts): void {
  const allowance = createAllowance(burst, perSecond);
  const endings: (() => void)[] = [];
  let visit: Visit | undefined;
  let refusals = 0;

  const send = (message: Message) => socket.send(JSON.stringify(message));
  const refuse = (failure: Failure) => {
    refusals += 1;
    refused(failure);
    if (refusals > maxRefusals) socket.terminate();
    else send({ type: 'refused', failure: failureView(failure) });
  };
  const show = (view: string) => {
    if (socket.bufferedAmount > maxBacklog) socket.terminate();
    else socket.send(view);
  };
  const showPicture = (picture: Uint8Array) => {
    if (socket.bufferedAmount <= maxPictureBacklog) socket.send(picture);
  };
  const hello = (key: string) => {
    clearTimeout(helloTimer);
    if (visit) return;
    const entered = enter(key);
    if (!entered) {
      refuse({ code: 'UI-KEY-WRONG' });
      return socket.close(wrongKeyCloseCode, 'wrong key');
    }
    visit = entered.visit;
    endings.push(entered.views.attach(show, visit.draw));
    if (visit.preview) endings.push(visit.preview(showPicture));
  };

  const helloTimer = setTimeout(() => socket.close(policyViolation, 'no hello'), helloMs);
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearTimeout(helloTimer);
    for (const end of endings.splice(0)) end();
    visit?.leave?.();
  });
  socket.on('message', async (data, isBinary) => {
    if (!allowance.take(performance.now())) return refuse({ code: 'UI-TOO-FAST' });
    const asked = isBinary ? undefined : parse(request, data.toString());
    if (asked === undefined) return refuse({ code: 'UI-INTENT-INVALID' });
    if (asked.type === 'hello') return hello(asked.key);
    if (!visit) return refuse({ code: 'UI-KEY-WRONG' });

    refusals = 0;
    const result = await visit.perform(asked.intent);
    if (!result.ok && result.failure.code === 'UI-NOT-ALLOWED') refused(result.failure);
    send({ type: 'answer', to: asked.id, failure: result.ok ? null : failureView(result.failure) });
  });
}
