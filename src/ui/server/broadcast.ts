/** One view for all screens: drawn once a change, however many changes one turn of the event loop brings. */
import type { Message } from '../contract/message.ts';
import type { View } from '../contract/view.ts';

type Show = (message: string) => void;

export interface Broadcast {
  /** Something that the view shows has changed. */
  changed(): void;
  /** Shows the current view at once and every new one, until the returned function is called. */
  attach(show: Show): () => void;
}

export function createBroadcast(draw: () => View): Broadcast {
  const screens = new Set<Show>();
  let seq = 1;
  let isDue = false;

  const message = () => JSON.stringify({ type: 'view', seq, view: draw() } satisfies Message);

  return {
    changed() {
      if (isDue) return;
      isDue = true;
      setImmediate(() => {
        isDue = false;
        seq += 1;
        const drawn = message();
        for (const show of screens) show(drawn);
      });
    },
    attach(show) {
      screens.add(show);
      show(message());
      return () => screens.delete(show);
    },
  };
}
