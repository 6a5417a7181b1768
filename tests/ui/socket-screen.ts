/** A screen as the server hears it: a socket that writes down what it is told, and bytes that no browser sends. */
import { connect as connectTcp } from 'node:net';
import type { Message } from '../../src/ui/contract/message.ts';

/** A screen that writes down what it is told. */
export class SocketScreen {
  readonly messages: Message[] = [];
  readonly #socket: WebSocket;
  readonly #closed: Promise<number>;
  #wake: () => void = () => {};

  constructor(origin: string, headers: Record<string, string> = { origin }) {
    // Node's WebSocket takes headers, unlike a browser's.
    this.#socket = new WebSocket(`${origin.replace('http', 'ws')}/live`, { headers } as never);
    this.#socket.onmessage = ({ data }) => {
      this.messages.push(JSON.parse(data));
      this.#wake();
    };
    this.#socket.onerror = () => {};
    this.#closed = new Promise((resolve) => {
      this.#socket.onclose = ({ code }) => resolve(code);
    });
  }

  async open(): Promise<this> {
    if (this.#socket.readyState === WebSocket.CONNECTING) {
      await new Promise((resolve) => this.#socket.addEventListener('open', resolve));
    }
    return this;
  }

  /** Opens, says hello and waits for the first view. */
  async greet(key: string): Promise<this> {
    await this.open();
    this.say({ type: 'hello', key });
    await this.until('view');
    return this;
  }

  say(message: unknown): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  sayBytes(bytes: Uint8Array<ArrayBuffer>): void {
    this.#socket.send(bytes);
  }

  /** The next message of this type, which is taken off the list. */
  async until<T extends Message['type']>(type: T): Promise<Extract<Message, { type: T }>> {
    for (;;) {
      const at = this.messages.findIndex((message) => message.type === type);
      if (at >= 0) return this.messages.splice(at, 1)[0] as Extract<Message, { type: T }>;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async ask(intent: unknown, id = 1) {
    this.say({ type: 'intent', id, intent });
    return this.until('answer');
  }

  async refusal(): Promise<string> {
    return (await this.until('refused')).failure.code;
  }

  close(): Promise<number> {
    this.#socket.close();
    return this.#closed;
  }

  get closed(): Promise<number> {
    return this.#closed;
  }
}

/** Any bytes over TCP; answers the status line. */
export function sendRaw(origin: string, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp(Number(new URL(origin).port), '127.0.0.1', () => socket.write(request));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().split('\r\n')[0] ?? '');
    });
    socket.once('error', reject);
  });
}
