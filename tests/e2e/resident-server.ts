/** The real server with a resident's door alone, before whatever station the test has. */
import { pino } from 'pino';
import { ok } from '../../src/failures/failure.ts';
import { createResidentDoor } from '../../src/ui/server/resident-door.ts';
import { startServer, type UiServer } from '../../src/ui/server/server.ts';
import { value } from '../support/bench-kiosk.ts';

type DoorParts = Parameters<typeof createResidentDoor>[0];

/** @param photo what every sample looks like */
export async function serveResident(
  { station, policy, place }: Pick<DoorParts, 'station' | 'policy' | 'place'>,
  photo: Uint8Array,
): Promise<UiServer> {
  const door = createResidentDoor({
    key: 'test-key-of-this-boot',
    station,
    policy,
    place,
    picture: async () => ({ type: 'image/jpeg', bytes: photo }),
    preview: () => () => {},
    fees: { report: async () => ok() },
    bench: undefined,
  });
  const log = pino({ level: 'silent' });
  return value(await startServer({ host: '127.0.0.1', port: 0, log, doors: [door] }));
}
