/** Keeps a child process running: starts it, ends one whose service is lost, starts the next after a back-off. */
import { backOff } from './back-off.ts';
import { type Helper, startHelper } from './helper.ts';
import { initialLink, type Link, type LinkEvent, stepLink } from './link.ts';

export interface Supervisor {
  /** What is known now. */
  link(): Link;
  /** The child process of now; an earlier one answers every request with `ended`. */
  helper(): Helper;
  /** A card was powered: whatever went wrong before is over. */
  worked(): void;
  /** Resolves to true once the condition on what is known holds, to false when the signal is aborted before. */
  when(condition: (link: Link) => boolean, signal: AbortSignal): Promise<boolean>;
  close(): Promise<void>;
}

export function supervise(
  wanted: { readonly chip: RegExp; readonly sam: RegExp },
  onChange: () => void,
): Supervisor {
  const waiting = new Set<() => void>();
  let link = initialLink;
  let helper = startHelper(dispatch);
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  function dispatch(event: LinkEvent): void {
    if (closed) return;
    const step = stepLink(link, event, wanted);
    link = step.link;
    if (step.effect === 'kill') helper.kill();
    if (step.effect === 'start') helper = startHelper(dispatch);
    if (step.effect === 'wait-then-retry') {
      retry = setTimeout(() => dispatch({ type: 'retry' }), backOff(link.attempt));
    }
    for (const look of [...waiting]) look();
    onChange();
  }

  return {
    link: () => link,
    helper: () => helper,
    worked: () => dispatch({ type: 'worked' }),
    when: (condition, signal) =>
      new Promise((resolve) => {
        const settle = (value: boolean) => {
          waiting.delete(look);
          signal.removeEventListener('abort', giveUp);
          resolve(value);
        };
        const look = () => {
          if (condition(link)) settle(true);
        };
        const giveUp = () => settle(false);
        if (condition(link)) resolve(true);
        else if (signal.aborted) resolve(false);
        else {
          waiting.add(look);
          signal.addEventListener('abort', giveUp);
        }
      }),
    async close() {
      closed = true;
      clearTimeout(retry);
      helper.kill();
      await helper.ended;
    },
  };
}
