/**
 * A report of a fee on its way to the oversight: sealed as a packet is, to another key. All are of one size, so that
 * nobody tells a long complaint from a short one, and none holds a time.
 */
import type { FeeReport } from '../rules/fee-report.ts';
import type { KeyId } from './key-id.ts';
import type { OversightKey } from './oversight-key.ts';
import { seal } from './sealing.ts';

/** Bytes of a report before it is sealed, filled up with spaces, which JSON ignores. */
const SIZE = 2048;

/**
 * @param kiosk id of this kiosk's key: the oversight must know where money is asked for
 * @throws RangeError for words longer than FEE_WORDS_LENGTH
 */
export function sealFeeReport(
  { stage, amount, asker, words }: FeeReport,
  kiosk: KeyId,
  oversight: OversightKey,
): Promise<Uint8Array> {
  const report = { format: 'anjungan fee report', version: 1, stage, amount, asker, words };
  const content = Buffer.alloc(SIZE, ' ');
  const told = Buffer.from(JSON.stringify(report));
  if (told.length > SIZE) throw new RangeError(`a fee report of ${told.length} bytes`);
  told.copy(content);
  return seal(content, { kiosk, centre: oversight.id }, oversight.sealing, 'feeReport');
}
