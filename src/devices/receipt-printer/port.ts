/** The receipt-printer port: what the rest of the kiosk knows of the printer that gives residents their receipts. */
import type { Result } from '../../failures/failure.ts';
import type { Device } from '../device.ts';

export type ReceiptPart =
  /** Large and in the middle. */
  | { readonly type: 'title'; readonly text: string }
  /** Wrapped between words. */
  | { readonly type: 'line'; readonly text: string }
  /** The label at the left, the value at the right edge. */
  | { readonly type: 'row'; readonly label: string; readonly value: string }
  | { readonly type: 'rule' }
  /** Printable ASCII; at most 500 characters, so that phones read it from thermal paper. */
  | { readonly type: 'qr'; readonly data: string }
  /** Feeds the paper out and cuts it, where there is a cutter. */
  | { readonly type: 'cut' };

/** From top to bottom. Characters that the printer does not have come out as question marks. */
export type Receipt = readonly ReceiptPart[];

export interface ReceiptPrinter extends Device {
  /**
   * ok only when the printer has told that everything is on paper and that the paper did not run out. After any
   * failure nothing of this receipt is printed any more; what may already be on paper is to be thrown away.
   * PRINTER-…, and from opening the line SERIAL-FORBIDDEN, SERIAL-BUSY, SERIAL-OPEN-FAILED. Aborting `signal` ends it
   * at once with PRINTER-ABORTED.
   */
  print(receipt: Receipt, signal: AbortSignal): Promise<Result<void>>;
}
