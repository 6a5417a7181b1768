/** The fingerprint bench in words and columns. */
import type { ErrorRates, Rate } from './error-rates.ts';
import { OURS, type SetReport } from './fingerprint-set.ts';
import type { VirtualReport } from './fingerprint-virtual.ts';

function percent({ rate, low, high }: Rate): string {
  const [r, l, h] = [rate, low, high].map((share) => (100 * share).toFixed(2));
  return `${r} % (${l}–${h})`.padEnd(22);
}

const HEADER = `${'impostors'.padEnd(48)}${'pairs'.padEnd(14)}${[
  'EER',
  'FRR at FAR 0.1 %',
  'FRR at FAR 0.01 %',
]
  .map((title) => title.padEnd(22))
  .join('')}thresholds`;

function row(label: string, rates: ErrorRates): string {
  const pairs = `${rates.genuinePairs} / ${rates.impostorPairs}`;
  return `${label.padEnd(48)}${pairs.padEnd(14)}${percent(rates.eer)}${percent(rates.frrAtFar1in1000)}${percent(
    rates.frrAtFar1in10000,
  )}${rates.above1in1000.toFixed(2)} / ${rates.above1in10000.toFixed(2)}`;
}

export function printSet(report: SetReport): string {
  const milliseconds = ({ p50, p95 }: SetReport['matchMs']) =>
    `p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`;
  const { seconds, secondsOnTwo, processorSeconds, processorSecondsOnTwo, load } = report.search;
  return `${[
    `${report.folder}: ${report.fingers} fingers, ${report.impressions} impressions; 95 % intervals (Wilson)`,
    HEADER,
    row('all pairs of different fingers', report.allPairs),
    row('first impressions (FVC)', report.firstImpressions),
    row('all pairs, both through ISO 19794-2', report.throughRecord),
    ...Object.entries(report.makers).map(([maker, rates]) =>
      row(`all pairs, a print against ${maker}`, rates),
    ),
    ...(report.competitor
      ? [
          row('all pairs, the other engine', report.competitor.rates),
          `the other engine: p50 ${report.competitor.p50Ms.toFixed(1)} ms a run of its command`,
        ]
      : []),
    ...nextTarget(report),
    `extraction (${report.size.join(' × ')}): ${milliseconds(report.extractMs)}; ${report.minutiae} minutiae (median)`,
    `extraction (mirrored to 500 × 500): ${milliseconds(report.extract500Ms)}`,
    `match: ${milliseconds(report.matchMs)}`,
    `one finger against 10,000: ${seconds.toFixed(2)} s on one worker (${processorSeconds.toFixed(2)} s of processor), ${secondsOnTwo.toFixed(2)} s on two (${processorSecondsOnTwo.toFixed(2)}): ${(seconds / secondsOnTwo).toFixed(2)} × the rate; load ${load.toFixed(1)}`,
    `quality against the mean genuine score: rank correlation ${report.qualityCorrelation.toFixed(2)}`,
    `memory of the worker: ${report.workerMegabytes.toFixed(0)} MiB at most`,
  ].join('\n')}\n`;
}

/** NIST MINEX III's two levels; ours are for one finger, theirs of level 2 for two. */
function nextTarget({ allPairs, makers }: SetReport): string[] {
  const foreign = Object.entries(makers)
    .filter(([maker]) => maker !== OURS)
    .map(([maker, { frrAtFar1in100 }]) => `${(100 * frrAtFar1in100.rate).toFixed(2)} % (${maker})`);
  return [
    `next target, MINEX III level 1 (own template, one finger, FAR 0.01 %): FRR ≤ 2 %; here ${(100 * allPairs.frrAtFar1in10000.rate).toFixed(2)} %`,
    ...(foreign.length === 0
      ? []
      : [
          `next target, MINEX III level 2 (foreign templates, two fingers, FAR 1 %): FRR ≤ 1 %; here, one finger, ${foreign.join(', ')}`,
        ]),
  ];
}

export function printVirtual({ fingers, touches, rates }: VirtualReport): string {
  return `${[
    `virtual people: ${fingers} fingers, ${touches} impressions each; 95 % intervals (Wilson)`,
    HEADER,
    row('same impression of different fingers', rates),
  ].join('\n')}\n`;
}

/** Whether virtual impressions are as hard as the real ones of the first set. */
export function printOverlaps(virtual: VirtualReport, [real]: readonly SetReport[]): string {
  const line = (label: string, { overlap, dPrime, eer }: ErrorRates) =>
    `  ${label.padEnd(48)}${(100 * overlap).toFixed(2)} % (d′ ${dPrime.toFixed(2)}, EER ${(100 * eer.rate).toFixed(2)} %)\n`;
  const ofVirtual = line('virtual people', virtual.rates);
  const title = 'overlap of genuine and impostor scores (least FAR + FRR)';
  if (!real) return `${title}\n${ofVirtual}`;
  const verdict = virtual.rates.overlap >= real.allPairs.overlap ? 'no less than' : 'LESS THAN';
  return `${title}: of virtual people ${verdict} of ${real.folder}\n${ofVirtual}${line(real.folder, real.allPairs)}`;
}
