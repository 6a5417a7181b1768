/** `matrix`: which cards which readers could read, by firmware, counted since the data folder began. */
import type { CardCount } from '../store/device-log.ts';

const COLUMNS = ['reader', 'firmware', 'cardType', 'cardGeneration', 'outcome', 'count'] as const;

/** RFC 4180, with a line of names; what no reader could tell is empty. */
export function matrixCsv(cards: readonly CardCount[]): string {
  const lines = cards.map((card) => COLUMNS.map((column) => field(card[column])));
  return [COLUMNS, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

/** Always quoted where it is text: what a device says of itself may hold anything. */
function field(value: string | number | null): string {
  if (value === null) return '';
  return typeof value === 'number' ? String(value) : `"${value.replaceAll('"', '""')}"`;
}
