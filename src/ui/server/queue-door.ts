/** The screen on the wall: whoever stands in the room may read it, so it has numbers and nothing else. */
import { fail } from '../../failures/failure.ts';
import type { Station } from '../../flows/station.ts';
import type { Door } from './door.ts';

/** Numbers shown beside the one that is called. */
const NEXT = 6;

export function createQueueDoor(key: string, station: Pick<Station, 'status' | 'subscribe'>): Door {
  return {
    screen: 'queue',
    key,
    enter: () => ({
      draw() {
        const { kiosk, queue } = station.status();
        return {
          screen: 'queue',
          open: kiosk.state === 'open',
          called: queue.called,
          serving: queue.serving,
          next: queue.waiting.slice(0, NEXT).map(({ number }) => number),
          minutesEach: queue.minutesEach,
        };
      },
      perform: async ({ type }) => fail('UI-NOT-ALLOWED', `${type} on the wall`),
    }),
    subscribe: station.subscribe,
    gallery: () => undefined,
  };
}
