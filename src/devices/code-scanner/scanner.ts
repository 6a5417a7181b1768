/** What the drivers of both kinds of scanner share: the port around a talker, and how lines fail. */
import { type Failure, fail, type Result } from '../../failures/failure.ts';
import { createListener, type Talker } from '../transport/listening.ts';
import type { CodeScanner } from './port.ts';

export function createScanner(id: string, open: () => Promise<Result<Talker<string>>>): CodeScanner {
  const listener = createListener(open, { lost: 'SCANNER-LOST', busy: 'SCANNER-BUSY' });
  return {
    id,
    scan: listener.listen,
    check: listener.check,
    heartbeat: listener.heartbeat,
    close: listener.close,
  };
}

/** Why a line did not open, in the words of a scanner. */
export function scannerRefused({ code, detail }: Failure): Result<never> {
  return fail(code === 'SERIAL-ABSENT' || code === 'INPUT-ABSENT' ? 'SCANNER-ABSENT' : code, detail);
}

/** A line that ended under way. */
export function scannerLost({ code, detail }: Failure): Result<never> {
  return fail('SCANNER-LOST', `${code} ${detail ?? ''}`.trimEnd());
}
