/** `check`: every device tested as a technician would want it; green, or a code with its cause and remedy. */
import type { Kiosk } from '../compose.ts';
import { catalogue } from '../failures/catalogue.ts';
import type { Language } from '../failures/entry.ts';
import { type Failure, ok, type Result } from '../failures/failure.ts';

export interface DeviceLine {
  readonly id: string;
  readonly kind: 'card-reader' | 'finger-sensor' | 'store';
  readonly driver: string;
  readonly state: 'ready' | 'busy' | 'degraded' | 'lost';
  /** What the device says it is. */
  readonly identity?: string;
  readonly code?: string;
  readonly cause?: string;
  readonly remedy?: string;
  readonly detail?: string;
}

/** One device's test, s. All run side by side, so `check` as a whole stays well under 45 s. */
const PATIENCE = 20;

export async function check(kiosk: Kiosk, language: Language): Promise<Result<{ devices: DeviceLine[] }>> {
  const { parts, configuration } = kiosk;
  const readers = parts.readers.map(async (reader): Promise<DeviceLine> => {
    const driver = configuration.readers.find(({ id }) => id === reader.id)?.driver ?? '';
    const line = { id: reader.id, kind: 'card-reader', driver } as const;
    const checked = await reader.check(AbortSignal.timeout(PATIENCE * 1000));
    const { state, sam, failure } = reader.status();
    if (!checked.ok) return { ...line, state: 'lost', ...explain(checked.failure, language) };
    const found = { ...line, identity: checked.value.identity };
    if (sam === false)
      return { ...found, state: 'degraded', ...explain({ code: 'CARD-SAM-ABSENT' }, language) };
    if (failure) return { ...found, state: 'degraded', ...explain(failure, language) };
    return { ...found, state: state === 'busy' ? 'busy' : 'ready' };
  });
  const sensors = [parts.sensor].filter((sensor) => sensor !== undefined);
  const fingers = sensors.map(async (sensor): Promise<DeviceLine> => {
    const driver = configuration.devices.find(({ id }) => id === sensor.id)?.driver ?? '';
    const line = { id: sensor.id, kind: 'finger-sensor', driver } as const;
    const checked = await sensor.check(AbortSignal.timeout(PATIENCE * 1000));
    return checked.ok
      ? { ...line, state: 'ready', identity: checked.value.identity }
      : { ...line, state: 'lost', ...explain(checked.failure, language) };
  });
  const store = async (): Promise<DeviceLine> => {
    const line = { id: 'store', kind: 'store', driver: 'sqlcipher' } as const;
    const verified = await parts.store.audit.verify();
    if (!verified.ok) return { ...line, state: 'lost', ...explain(verified.failure, language) };
    if (verified.value.ok)
      return { ...line, state: 'ready', identity: `${verified.value.entries} audit entries` };
    return { ...line, state: 'degraded', ...explain({ code: 'CONSOLE-AUDIT-BROKEN' }, language) };
  };
  return ok({ devices: await Promise.all([...readers, ...fingers, store()]) });
}

export function explain(
  { code, detail }: Failure,
  language: Language,
): Pick<DeviceLine, 'code' | 'cause' | 'remedy' | 'detail'> {
  const { cause, staff } = catalogue[code];
  return {
    code,
    cause: cause[language],
    remedy: staff[language],
    ...(detail === undefined ? {} : { detail }),
  };
}
