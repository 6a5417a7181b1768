/** What a supervisor should look into: counted anew when something was done, written into the audit when it is new. */
import type { Store } from '../store/store.ts';
import { exceptionAlarms } from './exception-rates.ts';
import { localDay } from './opening-hours.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import { KIOSK } from './session-context.ts';
import type { Alarm } from './session-status.ts';

export interface StationAlarms {
  current(): readonly Alarm[];
  /** Counts again; what cannot be counted now is what it was. */
  look(): Promise<void>;
}

const DAY_MS = 86_400_000;

/** @param changed called when they are others than before @param standing what the start found */
export function createStationAlarms(
  {
    store,
    policy,
    now,
  }: {
    readonly store: Pick<Store, 'reports' | 'audit'>;
    readonly policy: RecordingPolicy;
    readonly now: () => Date;
  },
  standing: readonly Alarm[],
  changed: () => void,
): StationAlarms {
  const { exceptions: rule } = policy.alarms;
  let alarms = standing;
  const told = new Set<string>();

  async function tell({ failure: { code }, staff, rate }: Alarm, day: string): Promise<void> {
    const key = `${day} ${code} ${staff}`;
    if (told.has(key)) return;
    told.add(key);
    const { of = 0, among = 0 } = rate ?? {};
    await store.audit.append('alarm-raised', KIOSK, { code, staff, of, among });
  }

  return {
    current: () => alarms,
    async look() {
      const today = localDay(now(), policy);
      const from = localDay(new Date(now().getTime() - (rule.days - 1) * DAY_MS), policy);
      const sessions = await store.reports.sessions(from, today);
      const exceptions = await store.reports.exceptions(from, today);
      if (!sessions.ok || !exceptions.ok) return;
      const found = exceptionAlarms(sessions.value, exceptions.value, rule);
      alarms = [...standing, ...found];
      for (const alarm of found) await tell(alarm, today);
      changed();
    },
  };
}
