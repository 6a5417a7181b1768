/** The resident's screen: its wishes go to the station, as those of whoever stands before it. */
import { fail } from '../../failures/failure.ts';
import type { RecordingPolicy } from '../../flows/recording-policy.ts';
import type { SessionWish } from '../../flows/session-events.ts';
import type { Station } from '../../flows/station.ts';
import { offered, type StationActor } from '../../flows/station-rights.ts';
import { residentIntent } from '../contract/intent.ts';
import { isKey } from './access.ts';
import type { Door, Gallery } from './door.ts';
import type { FeeChannel } from './fee-channel.ts';
import { type Bench, performOnBench } from './perform-on-bench.ts';
import { projectResident, type ResidentPlace } from './project-resident.ts';

export interface ResidentParts {
  readonly key: string;
  readonly station: Pick<Station, 'status' | 'subscribe' | 'send'>;
  readonly policy: RecordingPolicy;
  /** A picture of the session at hand; undefined for any other id. */
  readonly picture: Gallery;
  /** Live pictures of the capture at hand, until the returned function is called. */
  preview(show: (picture: Uint8Array) => void): () => void;
  readonly place: ResidentPlace;
  /** undefined: nobody was named to whom reports of fees are sealed. */
  readonly fees: FeeChannel | undefined;
  readonly bench: Bench | undefined;
}

const RESIDENT: StationActor = { id: 'resident', role: 'resident' };

export function createResidentDoor(parts: ResidentParts): Door {
  const { key, station, policy, place, fees, bench } = parts;
  const draw = () => {
    const status = station.status();
    // At any moment, also while nobody is served.
    const can = [...offered(RESIDENT, status, policy), ...(fees ? ['report-fee'] : [])];
    return projectResident(status, can, place, bench?.status() ?? null);
  };
  return {
    screen: 'resident',
    key,
    enter: () => ({
      draw,
      preview: parts.preview,
      async perform(intent) {
        if (intent.type === 'bench') return performOnBench(bench, intent.command);
        const wish = residentIntent.safeParse(intent).data;
        if (!wish) return fail('UI-NOT-ALLOWED', `${intent.type} on the resident's screen`);
        if (wish.type === 'report-fee') return fees ? fees.report(wish) : fail('OVERSIGHT-UNTOLD');
        return station.send(RESIDENT, wish as SessionWish);
      },
    }),
    subscribe(listener) {
      const endings = [station.subscribe(listener), bench?.subscribe(listener)];
      return () => {
        for (const end of endings) end?.();
      };
    },
    gallery: (token) => (isKey(token, key) ? parts.picture : undefined),
  };
}
