/**
 * The page's line to the kiosk: hello, views in, intents out, and again from the start whenever the line drops.
 * The key comes from the address's fragment and stays in this closure.
 */

import type { FailureView } from '../contract/failure-view.ts';
import type { Intent } from '../contract/intent.ts';
import {
  message,
  parse,
  photoPath,
  type Request,
  socketPath,
  wrongKeyCloseCode,
} from '../contract/message.ts';
import type { View } from '../contract/view.ts';

export interface Line {
  /** `refused`: the key is of another boot; only a new address helps. */
  readonly state: 'connecting' | 'open' | 'lost' | 'refused';
  /** The last view, also while the line is lost. */
  readonly view: View | null;
}

export interface Connection {
  /** Answers null when the wish was passed on, else why not; undefined when the line broke before an answer. */
  ask(intent: Intent): Promise<FailureView | null | undefined>;
  /** A picture of the case at hand, or null when it is gone. `ticket`: of a login, where the key is not enough. */
  picture(id: string, signal: AbortSignal, ticket?: string): Promise<Blob | null>;
  /** Calls the listener with every live picture of the capture at hand; returns what ends that. */
  preview(listener: (picture: Blob) => void): () => void;
}

/** Waits before a new attempt, ms; the last one stays. */
const pauses = [250, 500, 1000, 2000];

export function connect(key: string, onChange: (line: Line) => void): Connection {
  const waiting = new Map<number, (answer: FailureView | null | undefined) => void>();
  const watching = new Set<(picture: Blob) => void>();
  let line: Line = { state: 'connecting', view: null };
  let socket: WebSocket;
  let attempts = 0;
  let asked = 0;
  open();

  function become(change: Partial<Line>): void {
    line = { ...line, ...change };
    onChange(line);
  }

  function send(request: Request): void {
    socket.send(JSON.stringify(request));
  }

  function open(): void {
    let seq = 0;
    socket = new WebSocket(new URL(socketPath, location.href));
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => send({ type: 'hello', key });
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) {
        const picture = pictureOf(data);
        for (const watch of watching) watch(picture);
        return;
      }
      const received = parse(message, data);
      if (received?.type === 'answer') settle(received.to, received.failure);
      if (received?.type !== 'view' || received.seq < seq) return;
      seq = received.seq;
      attempts = 0;
      become({ state: 'open', view: received.view });
    };
    socket.onclose = ({ code }) => {
      for (const id of waiting.keys()) settle(id, undefined);
      if (code === wrongKeyCloseCode) return become({ state: 'refused', view: null });
      become({ state: line.view ? 'lost' : 'connecting' });
      setTimeout(open, pauses[Math.min(attempts, pauses.length - 1)]);
      attempts += 1;
    };
  }

  function settle(id: number, answer: FailureView | null | undefined): void {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  }

  return {
    ask(intent) {
      if (line.state !== 'open') return Promise.resolve(undefined);
      asked += 1;
      const id = asked;
      send({ type: 'intent', id, intent });
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    preview(listener) {
      watching.add(listener);
      return () => watching.delete(listener);
    },
    async picture(id, signal, ticket = key) {
      const response = await fetch(photoPath(id), { headers: { authorization: `Bearer ${ticket}` }, signal });
      return response.ok ? response.blob() : null;
    },
  };
}

/** A capture's live picture is a JPEG, but for a signature, which is drawn. */
function pictureOf(data: ArrayBuffer): Blob {
  const isDrawn = new Uint8Array(data)[0] === '<'.charCodeAt(0);
  return new Blob([data], { type: isDrawn ? 'image/svg+xml' : 'image/jpeg' });
}
