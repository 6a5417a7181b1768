/** What came of a card on a reader, counted for the matrix of cards × readers × firmware (`kiosk matrix`). */
import type { FailureCode } from '../failures/catalogue.ts';
import type { Result } from '../failures/failure.ts';
import type { CardOutcome } from '../store/device-log.ts';
import type { Store } from '../store/store.ts';

export type CardKind = Pick<CardOutcome, 'cardType' | 'cardGeneration'>;

export const UNKNOWN_CARD: CardKind = { cardType: null, cardGeneration: null };

/** No card was tried: none came, or it was taken away, or the work was broken off. */
const NOTHING_TRIED: ReadonlySet<FailureCode> = new Set([
  'CARD-ABORTED',
  'CARD-ABSENT',
  'CARD-REMOVED',
  'DESK-CANCELLED',
  'DESK-READER-UNKNOWN',
  'OLD-CANCELLED',
] as const);

/**
 * Counts a try, by what the reader said of itself when it was last tested (`unknown` where nobody has tested it). A
 * count that the store does not take holds nobody up: its failure shows by itself.
 */
export async function countCard(
  { devices }: Store,
  reader: string,
  card: CardKind,
  read: Result<unknown>,
): Promise<void> {
  if (!read.ok && NOTHING_TRIED.has(read.failure.code)) return;
  const seen = await devices.lastSeen();
  const known = seen.ok ? seen.value.find(({ device }) => device === reader) : undefined;
  await devices.countCard({
    reader,
    firmware: known?.identity ?? 'unknown',
    ...card,
    outcome: read.ok ? 'readable' : read.failure.code,
  });
}

/**
 * Chip and SAM proved themselves to each other. Asked before the entry of the read or the activation, so that the end of
 * the day finds one that is missing (flows/day-counts.ts).
 */
export function countAuthentication({ devices }: Store, reader: string): void {
  void devices.count({ device: reader, outcome: 'authenticated' });
}
