/** What a supervisor reads at the end of a day. */
import { ok, type Result } from '../../failures/failure.ts';
import { ikmIndex } from '../../rules/ikm.ts';
import type { SessionCount } from '../../store/reports.ts';
import type { Store } from '../../store/store.ts';
import type { DayReportView } from '../contract/staff-view.ts';

type Sources = Pick<Store, 'reports' | 'surveys' | 'feeReports' | 'cards'>;

/** @param day YYYY-MM-DD on the kiosk's calendar */
export async function dayReport(store: Sources, day: string): Promise<Result<DayReportView>> {
  const sessions = await store.reports.sessions(day, day);
  if (!sessions.ok) return sessions;
  const exceptions = await store.reports.exceptions(day, day);
  if (!exceptions.ok) return exceptions;
  const answers = await store.surveys.answers(day, day);
  if (!answers.ok) return answers;
  const fees = await store.feeReports.monthly();
  if (!fees.ok) return fees;
  const cards = await store.cards.counts();
  if (!cards.ok) return cards;
  return ok({
    day,
    villages: villagesOf(sessions.value),
    operators: totals(sessions.value, ({ operator }) => operator).map(([operator, count]) => ({
      operator,
      sessions: count,
    })),
    exceptions: exceptions.value.map(({ recorder, approver, approved, refused }) => ({
      recorder,
      approver,
      approved,
      refused,
    })),
    cards: cards.value.map(({ village, arrived, handedOver, inSafe }) => ({
      village,
      arrived,
      handedOver,
      inSafe,
    })),
    satisfaction: ikmIndex(answers.value) ?? null,
    fees: [...fees.value],
  });
}

/** Recorded: sealed. Everything else of somebody who was identified is unfinished. */
function villagesOf(counts: readonly SessionCount[]): DayReportView['villages'] {
  const sealed = counts.filter(({ outcome }) => outcome === 'sealed');
  const recorded = new Map(totals(sealed, ({ village }) => village));
  return totals(counts, ({ village }) => village).map(([village, all]) => {
    const done = recorded.get(village) ?? 0;
    return { village, recorded: done, unfinished: all - done };
  });
}

/** Sessions by what `of` tells of them, in the order of the alphabet; those of which it tells nothing are left out. */
function totals(
  counts: readonly SessionCount[],
  of: (count: SessionCount) => string | null,
): [string, number][] {
  const sums = new Map<string, number>();
  for (const count of counts) {
    const name = of(count);
    if (name !== null) sums.set(name, (sums.get(name) ?? 0) + count.sessions);
  }
  return [...sums].sort(([one], [other]) => one.localeCompare(other));
}
