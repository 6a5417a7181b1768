/** Pictures of the session at hand, for the screens of its station: what is kept, and what a running capture sees. */
import type { Biometrics } from '../../biometrics/pool.ts';
import type { CaptureRoom } from '../../capture/room.ts';
import type { Station } from '../../flows/station.ts';
import type { Store } from '../../store/store.ts';
import type { Picture } from './door.ts';

export interface PictureSources {
  readonly station: Pick<Station, 'status' | 'subscribe'>;
  readonly captureRoom: Pick<CaptureRoom, 'subscribePreview'>;
  readonly store: Pick<Store, 'samples'>;
  readonly biometrics: Pick<Biometrics, 'pictureOfSample'>;
}

export function sessionPictures({ station, captureRoom, store, biometrics }: PictureSources) {
  return {
    /** Of a sample of the session at hand; undefined for any other id. Who looked is in the audit. */
    async picture(id: string, by: string): Promise<Picture | undefined> {
      const sessionId = station.status().session?.sessionId;
      if (!sessionId) return undefined;
      const sample = await store.samples.read(sessionId, id, by, 'review');
      if (!sample.ok) return undefined;
      const made = await biometrics.pictureOfSample(sample.value);
      return made.ok ? { type: made.value.mime, bytes: made.value.bytes } : undefined;
    },
    /** Live pictures of whichever capture runs, until the returned function is called. */
    preview(show: (picture: Uint8Array) => void): () => void {
      let watched: string | null = null;
      let stop = () => {};
      const look = () => {
        const stage = station.status().session?.stage;
        const running = stage?.at === 'capture' ? stage.preview : null;
        if (running === watched) return;
        watched = running;
        stop();
        stop =
          running === null ? () => {} : captureRoom.subscribePreview(running, ({ bytes }) => show(bytes));
      };
      const unsubscribe = station.subscribe(look);
      look();
      return () => {
        unsubscribe();
        stop();
      };
    },
  };
}
