/** What a supervisor should look into: counted anew when something was done, written into the audit when it is new. */
import type { Store } from '../store/store.ts';
import { exceptionAlarms } from './exception-rates.ts';
import { localDay } from './opening-hours.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import { KIOSK } from './session-context.ts';
import type { Alarm } from './station-status.ts';

export interface StationAlarms {
  current(): readonly Alarm[];
  /** It stays until the next start. */
  raise(alarm: Alarm): void;
  /** Counts again; what cannot be counted now is what it was. */
  look(): Promise<void>;
}

const DAY_MS = 86_400_000;

/** @param changed called when they are others than before */
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
  changed: () => void,
): StationAlarms {
  const { exceptions: rule } = policy.alarms;
  let raised: readonly Alarm[] = [];
  let counted: readonly Alarm[] = [];
  const told = new Set<string>();

  async function tell(alarm: Alarm, day: string): Promise<void> {
    const { failure, staff } = alarm;
    const key = `${day} ${failure.code} ${staff}`;
    if (told.has(key)) return;
    told.add(key);
    await note(alarm);
  }

  async function note({ failure: { code }, staff, rate }: Alarm): Promise<void> {
    const { of = 0, among = 0 } = rate ?? {};
    await store.audit.append('alarm-raised', KIOSK, { code, staff, of, among });
  }

  return {
    current: () => [...raised, ...counted],
    raise(alarm) {
      raised = [...raised, alarm];
      void note(alarm);
      changed();
    },
    async look() {
      const today = localDay(now(), policy);
      const from = localDay(new Date(now().getTime() - (rule.days - 1) * DAY_MS), policy);
      const sessions = await store.reports.sessions(from, today);
      const exceptions = await store.reports.exceptions(from, today);
      if (!sessions.ok || !exceptions.ok) return;
      const found = exceptionAlarms(sessions.value, exceptions.value, rule);
      counted = found;
      for (const alarm of found) await tell(alarm, today);
      changed();
    },
  };
}
