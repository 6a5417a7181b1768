/** The timetable: whether it says open at a moment, in the place's own time. */
import type { RecordingPolicy } from './recording-policy.ts';

export interface Hours {
  /** `HH:MM`, local. */
  readonly from: string;
  readonly to: string;
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** Of the day of `now`; null: closed all day. */
export function hoursOn(now: Date, { hours, timeZone }: RecordingPolicy): Hours | null {
  const weekday = new Intl.DateTimeFormat('en', { timeZone, weekday: 'long' }).format(now).toLowerCase();
  return hours[DAYS.find((day) => day === weekday) ?? 'sunday'];
}

/** From the first minute of the hours up to the last. */
export function isOpenAt(now: Date, policy: RecordingPolicy): boolean {
  const today = hoursOn(now, policy);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: policy.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  }).format(now);
  return today !== null && time >= today.from && time < today.to;
}

/** `YYYY-MM-DD`, local. */
export function localDay(now: Date, { timeZone }: Pick<RecordingPolicy, 'timeZone'>): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
}
