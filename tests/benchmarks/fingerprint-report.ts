/** The fingerprint bench in words and columns. */
import type { ErrorRates, Rate } from './error-rates.ts';
import type { Report } from './fingerprint.ts';

function percent({ rate, low, high }: Rate): string {
  const [r, l, h] = [rate, low, high].map((share) => (100 * share).toFixed(2));
  return `${r} % (${l}–${h})`.padEnd(22);
}

function row(label: string, rates: ErrorRates): string {
  const pairs = `${rates.genuinePairs} / ${rates.impostorPairs}`;
  return `${label.padEnd(40)}${pairs.padEnd(14)}${percent(rates.eer)}${percent(rates.frrAtFar1in1000)}${percent(
    rates.frrAtFar1in10000,
  )}${rates.above1in1000.toFixed(2)} / ${rates.above1in10000.toFixed(2)}`;
}

export function printReport(report: Report): string {
  const milliseconds = ({ p50, p95 }: Report['matchMs']) =>
    `p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`;
  const header = ['EER', 'FRR at FAR 0.1 %', 'FRR at FAR 0.01 %'].map((title) => title.padEnd(22)).join('');
  return `${[
    `${report.folder}: ${report.fingers} fingers, ${report.impressions} impressions; 95 % intervals (Wilson)`,
    `${'impostors'.padEnd(40)}${'pairs'.padEnd(14)}${header}thresholds`,
    row('all pairs of different fingers', report.allPairs),
    row('first impressions (FVC)', report.firstImpressions),
    row('all pairs, through ISO 19794-2', report.throughRecord),
    ...Object.entries(report.makers).map(([maker, rates]) => row(`all pairs, against ${maker}`, rates)),
    ...(report.competitor
      ? [
          row('all pairs, the other engine', report.competitor.rates),
          `the other engine: p50 ${report.competitor.p50Ms.toFixed(1)} ms a run of its command`,
        ]
      : []),
    `extraction: ${milliseconds(report.extractMs)}; ${report.minutiae} minutiae (median)`,
    `match: ${milliseconds(report.matchMs)}; one against 10,000: ${report.identifySeconds.toFixed(2)} s on one worker`,
    `quality against the mean genuine score: rank correlation ${report.qualityCorrelation.toFixed(2)}`,
    `memory of the worker: ${report.workerMegabytes.toFixed(0)} MiB`,
  ].join('\n')}\n`;
}
