/** The report of a day, put together from the store: the supervisor's page and the command line show the same. */
import { ok, type Result } from '../failures/failure.ts';
import type { DayReport, DeviceDay, OperatorDay, VillageDay } from '../rules/day-report.ts';
import { ikmIndex } from '../rules/ikm.ts';
import type { DeviceCount, JudgedCount } from '../store/device-log.ts';
import type { SessionCount } from '../store/reports.ts';
import type { Store } from '../store/store.ts';

export type DaySources = Pick<Store, 'reports' | 'surveys' | 'feeReports' | 'cards' | 'devices' | 'closings'>;

/** @param day YYYY-MM-DD on the kiosk's calendar. Errors: those of the store. */
export async function dayReport(store: DaySources, day: string): Promise<Result<DayReport>> {
  const sessions = await store.reports.sessions(day, day);
  if (!sessions.ok) return sessions;
  const durations = await store.reports.durations(day, day);
  if (!durations.ok) return durations;
  const coverage = await store.reports.coverage(day);
  if (!coverage.ok) return coverage;
  const exceptions = await store.reports.exceptions(day, day);
  if (!exceptions.ok) return exceptions;
  const devices = await store.devices.counts();
  if (!devices.ok) return devices;
  const judged = await store.devices.judgements();
  if (!judged.ok) return judged;
  const answers = await store.surveys.answers(day, day);
  if (!answers.ok) return answers;
  const fees = await store.feeReports.monthly();
  if (!fees.ok) return fees;
  const cards = await store.cards.counts();
  if (!cards.ok) return cards;
  const closed = await store.closings.of(day);
  if (!closed.ok) return closed;
  return ok({
    day,
    villages: villagesOf(sessions.value),
    unidentified: sum(sessions.value.filter(({ village }) => village === null)),
    coverage: coverage.value,
    service: serviceOf(durations.value),
    devices: devicesOf(
      devices.value.filter((one) => one.day === day),
      judged.value.filter((one) => one.day === day),
    ),
    exceptions: exceptions.value,
    cards: cards.value.map(({ village, arrived, handedOver, inSafe }) => ({
      village,
      arrived,
      handedOver,
      inSafe,
    })),
    operators: operatorsOf(sessions.value),
    satisfaction: ikmIndex(answers.value) ?? null,
    fees: fees.value,
    closed: closed.value && {
      reviewedBy: closed.value.reviewedBy,
      approvedBy: closed.value.approvedBy,
      code: closed.value.code,
    },
  });
}

const isSealed = ({ outcome }: SessionCount): boolean => outcome === 'sealed';

function villagesOf(counts: readonly SessionCount[]): VillageDay[] {
  return grouped(counts, ({ village }) => village).map(([village, all]) => {
    const sealed = all.filter(isSealed);
    const others = all.filter((one) => !isSealed(one));
    return {
      village,
      recorded: sum(sealed),
      unfinished: sum(others),
      failed: [...Map.groupBy(others, ({ outcome }) => outcome)].map(([how, some]) => ({
        how,
        sessions: sum(some),
      })),
      reasons: grouped(sealed, ({ reason }) => reason).map(([reason, some]) => ({
        reason,
        recorded: sum(some),
      })),
    };
  });
}

function operatorsOf(counts: readonly SessionCount[]): OperatorDay[] {
  return grouped(counts, ({ operator }) => operator).map(([operator, all]) => ({
    operator,
    sessions: sum(all),
    recorded: sum(all.filter(isSealed)),
    seconds: all.reduce((total, { seconds }) => total + seconds, 0),
    excepted: all.reduce((total, { excepted }) => total + excepted, 0),
  }));
}

function devicesOf(counts: readonly DeviceCount[], judged: readonly JudgedCount[]): DeviceDay[] {
  return grouped(counts, ({ device }) => device).map(([device, all]) => ({
    device,
    captured: all.find(({ outcome }) => outcome === 'captured')?.count ?? 0,
    faults: all
      .filter(({ outcome }) => outcome !== 'captured' && outcome !== 'authenticated')
      .map(({ outcome, count }) => ({ code: outcome, count })),
    judged: judged
      .filter((one) => one.device === device)
      .map(({ subject, good, poor }) => ({ subject, good, poor })),
  }));
}

/** @param seconds in their order, the shortest first */
function serviceOf(seconds: readonly number[]): DayReport['service'] {
  const at = (share: number) => seconds[Math.ceil(share * seconds.length) - 1];
  const [medianSeconds, p90Seconds] = [at(0.5), at(0.9)];
  return medianSeconds === undefined || p90Seconds === undefined ? null : { medianSeconds, p90Seconds };
}

/** By what `of` tells, in the order of the alphabet; those of which it tells nothing are left out. */
function grouped<T>(all: readonly T[], of: (one: T) => string | null): [string, T[]][] {
  const groups = [...Map.groupBy(all, of)].flatMap(([name, some]): [string, T[]][] =>
    name === null ? [] : [[name, some]],
  );
  return groups.sort(([one], [other]) => one.localeCompare(other));
}

function sum(counts: readonly SessionCount[]): number {
  return counts.reduce((total, { sessions }) => total + sessions, 0);
}
