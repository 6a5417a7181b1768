/** A measured worker as seen from the main thread. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Answers, Request } from './fingerprint-worker.ts';

export class MeasuredWorker {
  readonly #worker = new Worker(new URL('./fingerprint-worker.ts', import.meta.url));
  /** The most that it had in use after any task, bytes. */
  mostBytes = 0;

  async ask<R extends Request>(request: R): Promise<Answers[R['task']]> {
    const answer = await this.#send(request);
    const { bytes } = await this.#send({ task: 'memory' });
    this.mostBytes = Math.max(this.mostBytes, bytes);
    return answer;
  }

  end(): Promise<number> {
    return this.#worker.terminate();
  }

  async #send<R extends Request>(request: R): Promise<Answers[R['task']]> {
    this.#worker.postMessage(request);
    const [answer] = await once(this.#worker, 'message');
    return answer;
  }
}
