/**
 * What is due by the day, whoever is there: samples whose retention is over are erased, and the fee reports of the days
 * that are over get their commitment. Looked for at the start and every hour: what is done already is not done twice.
 */
import type { ActorOptions, AnyActorLogic } from 'xstate';
import type { Failure } from '../failures/failure.ts';
import type { Store } from '../store/store.ts';

export interface DailyRound {
  readonly store: Pick<Store, 'samples' | 'feeReports'>;
  /** From the centre's receipt on. */
  readonly retentionDays: number;
  readonly onFailure: (failure: Failure) => void;
  /** Of the flows; tests give a simulated one. */
  readonly clock?: NonNullable<ActorOptions<AnyActorLogic>['clock']> | undefined;
}

const HOUR_MS = 3_600_000;

/** The returned function ends it; it resolves when what was under way is done. */
export function startDailyRound({
  store,
  retentionDays,
  onFailure,
  clock = { setTimeout, clearTimeout },
}: DailyRound): () => Promise<void> {
  let timer: unknown;
  let ended = false;

  async function go(): Promise<void> {
    const erased = await store.samples.eraseReceived(retentionDays);
    if (!erased.ok) onFailure(erased.failure);
    const committed = await store.feeReports.commit();
    if (!committed.ok) onFailure(committed.failure);
    if (!ended) timer = clock.setTimeout(again, HOUR_MS);
  }

  let round = go();
  function again(): void {
    round = go();
  }
  return async () => {
    ended = true;
    clock.clearTimeout(timer as never);
    await round;
  };
}
