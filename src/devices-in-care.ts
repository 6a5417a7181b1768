/**
 * What happens to the devices while the kiosk is up, put where it belongs: uses, failures and tests into the store's
 * counts, losses and power cycles into the audit, and the flight recorder's trace of a device that failed into a file.
 */
import path from 'node:path';
import type { Configuration } from './config.ts';
import type { CardReader, ReaderStatus } from './devices/card-reader/port.ts';
import type { FlightRecorder } from './devices/supervision/flight-recorder.ts';
import type { DeviceNews } from './devices/supervision/health.ts';
import { saveTrace } from './devices/supervision/saved-traces.ts';
import type { Supervisor } from './devices/supervision/supervisor.ts';
import { type Intrusion, startUsbGuard } from './devices/usb-guard/guard.ts';
import type { UsbGuardSettings } from './devices/usb-guard/settings.ts';
import type { Failure } from './failures/failure.ts';
import type { Store } from './store/store.ts';

export interface Care {
  readonly supervisor: Supervisor;
  readonly recorder: FlightRecorder;
  readonly store: Store;
  /** The kiosk's; traces are kept in its folder `traces`. */
  readonly dataDir: string;
  readonly devices: Configuration['devices'];
}

/** Nobody asked for what the supervisor does by itself. */
const KIOSK = 'kiosk';
/** As the store takes it. */
const LONGEST_IDENTITY = 200;

/** Listens until the returned function is called, which resolves when all that was heard has been put away. */
export function keepNews({ supervisor, recorder, store, dataDir, devices }: Care): () => Promise<void> {
  const folder = path.join(dataDir, 'traces');
  /** Those that failed their last test. */
  const lost = new Set<string>();
  /** One thing after the other: the audit tells them in their order. */
  let last: Promise<unknown> = Promise.resolve();

  const keep = async (device: string, failure: Failure) => {
    await store.devices.count({ device, outcome: failure.code });
    const settings = devices.find(({ id }) => id === device);
    const entries = recorder.entries(device);
    if (!settings || entries.length === 0) return;
    await saveTrace(folder, { head: { trace: 1, device, settings, failure }, entries });
  };
  const back = async (device: string) => {
    if (lost.delete(device)) await store.audit.append('device-back', KIOSK, { device });
  };

  async function put(news: DeviceNews): Promise<void> {
    const { device } = news;
    switch (news.type) {
      case 'captured':
        await store.devices.count({ device, outcome: 'captured' });
        return back(device);
      case 'failed':
        return keep(device, news.failure);
      case 'changed':
        if (news.to === 'power-cycling') await store.audit.append('device-power-cycled', KIOSK, { device });
        return;
      case 'tested': {
        if (news.result.ok) {
          const { identity, temperature } = news.result.value;
          await seen(store, device, identity, temperature);
          return back(device);
        }
        // Looked for all night, it is still lost once.
        if (lost.has(device)) return;
        lost.add(device);
        await store.audit.append('device-lost', KIOSK, { device, code: news.result.failure.code });
        return keep(device, news.result.failure);
      }
    }
  }

  const unsubscribe = supervisor.subscribe((news) => {
    // A disk that takes no trace takes no entry of the store either, and that is told by the store.
    last = last.then(() => put(news)).catch(() => {});
  });
  return async () => {
    unsubscribe();
    await last;
  };
}

/** How long a reader may take to say who it is, ms. */
const READER_PATIENCE_MS = 10_000;

/**
 * Notes what each card reader says of itself, when it is first reached and whenever it was found again: another firmware
 * may be in it. Ends when the returned function is called.
 */
export function noteReaders(readers: readonly CardReader[], store: Store): () => void {
  const endings = readers.map((reader) => {
    let known = false;
    const look = async ({ state }: ReaderStatus) => {
      const wasKnown = known;
      known = state === 'ready' || state === 'busy';
      if (!known || wasKnown) return;
      const checked = await reader.check(AbortSignal.timeout(READER_PATIENCE_MS));
      if (checked.ok) await seen(store, reader.id, checked.value.identity);
    };
    void look(reader.status());
    return reader.subscribe((status) => void look(status));
  });
  return () => {
    for (const end of endings) end();
  };
}

function seen(store: Store, device: string, identity: string, temperature: number | null = null) {
  return store.devices.seen({ device, identity: identity.slice(0, LONGEST_IDENTITY), temperature });
}

/**
 * Starts the guard over what is plugged in; each device that nobody allowed goes into the audit. The returned function
 * ends it, when all that it saw is there.
 */
export function guardUsb(settings: UsbGuardSettings, store: Store, sys?: string): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  const put = ({ outcome, place, device, failure }: Intrusion) =>
    outcome === 'refused'
      ? store.audit.append('usb-refused', KIOSK, { place, device })
      : store.audit.append('usb-seen', KIOSK, { place, device, code: failure?.code ?? null });
  const guard = startUsbGuard(
    settings,
    (intrusion) => {
      last = last.then(() => put(intrusion));
    },
    sys,
  );
  return async () => {
    await guard.close();
    await last;
  };
}
