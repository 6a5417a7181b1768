/** Waiting for a card, and noticing that it left. */
import type { CardReader, ReaderStatus } from '../devices/card-reader/port.ts';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';

/** Resolves when a card lies on the reader; a reader that cannot tell counts as holding one. */
export function awaitCard(reader: CardReader, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve) => {
    const settle = (result: Result) => {
      unsubscribe();
      signal.removeEventListener('abort', aborted);
      resolve(result);
    };
    const aborted = () => settle(fail('DESK-CANCELLED'));
    const look = (status: ReaderStatus) => {
      if (status.state === 'lost')
        settle({ ok: false, failure: status.failure ?? { code: 'CARD-READER-LOST' } });
      else if (status.state !== 'connecting' && status.card !== false) settle(ok());
    };
    let unsubscribe = () => {};
    if (signal.aborted) return resolve(fail('DESK-CANCELLED'));
    signal.addEventListener('abort', aborted);
    unsubscribe = reader.subscribe(look);
    look(reader.status());
  });
}

/** Resolves when the reader can tell whether a card lies on it: at a start it needs a moment. Or when `signal` ends it. */
export function awaitReady(reader: CardReader, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = ({ state }: ReaderStatus) => {
      if (state === 'connecting' || state === 'lost') return;
      end();
    };
    const end = () => {
      unsubscribe();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const unsubscribe = reader.subscribe(look);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    else look(reader.status());
  });
}

/** Calls `gone` once when the card leaves the reader or the reader is lost. Returns the function that ends it. */
export function watchCard(reader: CardReader, gone: (failure: Failure) => void): () => void {
  let told = false;
  const look = (status: ReaderStatus) => {
    if (told) return;
    if (status.state === 'lost') gone(status.failure ?? { code: 'CARD-READER-LOST' });
    else if (status.card === false) gone({ code: 'CARD-REMOVED' });
    else return;
    told = true;
  };
  const unsubscribe = reader.subscribe(look);
  look(reader.status());
  return unsubscribe;
}

/** Resolves after so many ms, or at once when `signal` ends it. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
