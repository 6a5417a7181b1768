/** The way of a report of a fee from a screen to where it is sealed and kept. What it says is seen by nobody here. */
import { fail, type Result } from '../../failures/failure.ts';
import type { FeeReport } from '../../rules/fee-report.ts';
import type { ReportFee } from '../contract/fee-report.ts';
import { createAllowance } from './allowance.ts';

export interface FeeChannel {
  /** Fails with UI-TOO-FAST when there are more than people can have, and with what `keep` says. */
  report(wish: ReportFee): Promise<Result>;
}

/** So many at once, of all screens together, and then one a minute: nobody fills the disk, or the oversight's desk. */
const BURST = 20;
const PER_SECOND = 1 / 60;

/**
 * @param keep seals and stores it (packet/fee-report.ts)
 * @param now monotonic, ms
 */
export function createFeeChannel(
  keep: (report: FeeReport) => Promise<Result>,
  now: () => number = () => performance.now(),
): FeeChannel {
  const allowance = createAllowance(BURST, PER_SECOND);
  return {
    report({ type: _, ...report }) {
      return allowance.take(now()) ? keep(report) : Promise.resolve(fail('UI-TOO-FAST'));
    },
  };
}
