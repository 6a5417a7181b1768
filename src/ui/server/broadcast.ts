/** The view of every screen that looks at the same thing, drawn anew once a turn of the event loop at most. */
import type { Message } from '../contract/message.ts';
import type { View } from '../contract/view.ts';

type Show = (message: string) => void;

export interface Broadcast {
  /** Something that the views show has changed. */
  changed(): void;
  /** Shows the current view at once and every new one, until the returned function is called. */
  attach(show: Show, draw: () => View): () => void;
}

export function createBroadcast(): Broadcast {
  const screens = new Map<Show, () => View>();
  let seq = 1;
  let isDue = false;

  const message = (draw: () => View) => JSON.stringify({ type: 'view', seq, view: draw() } satisfies Message);

  return {
    changed() {
      if (isDue) return;
      isDue = true;
      setImmediate(() => {
        isDue = false;
        seq += 1;
        for (const [show, draw] of screens) show(message(draw));
      });
    },
    attach(show, draw) {
      screens.set(show, draw);
      show(message(draw));
      return () => screens.delete(show);
    },
  };
}
