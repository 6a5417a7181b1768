/** The code-scanner port: a reader of QR codes (invitations, receipts) that sends what it saw as text. */
import type { Result } from '../../failures/failure.ts';
import type { Device } from '../device.ts';

export interface CodeScanner extends Device {
  /**
   * Yields each code that is scanned until `signal` aborts; returns ok then, at once, and a failure when the scanner
   * could not be reached or was lost: SCANNER-…, or why its line does not open. A code is 1 to 4,296 printable ASCII
   * characters; whoever takes it checks what it says, since anybody can hold any code before the scanner. One that is
   * longer, torn or holds anything else is passed over. What was scanned before the call is forgotten.
   */
  scan(signal: AbortSignal): AsyncGenerator<string, Result<void>>;
}
