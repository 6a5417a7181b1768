/**
 * The bench's people are invited, so that a recording can be tried from its beginning, and their cards have come, so that
 * one can be handed over. Never there on real devices.
 */
import { ok, type Result } from './failures/failure.ts';
import type { Store } from './store/store.ts';
import { invitations } from './virtual/people/invitations.ts';

/** Where no roster came from the centre yet: that one takes its place. Errors: those of the store. */
export async function inviteBenchPeople({ roster }: Pick<Store, 'roster'>): Promise<Result> {
  const current = await roster.current();
  if (!current.ok || current.value) return current.ok ? ok() : current;
  return roster.import({ number: 1, invitations }, 'console');
}

/** The same shipment again is once. Errors: those of the store. */
export function shipBenchCards({ cards }: Pick<Store, 'cards'>): Promise<Result> {
  const finished = invitations.map(({ nik, name, village }) => ({ nik, name, village }));
  return cards.receive({ id: 'UJI-1', arrivedOn: '2026-03-02', cards: finished }, 'console');
}
