/**
 * What the thresholds in use are worth: the false accept rates that the tail of strangers' scores tells for them, per
 * comparison and per verification, and what a threshold chosen without a set, or without half of all fingers, is worth
 * there.
 */
import { FOREIGN, OWN, RECORDS } from '../../src/biometrics/fingerprint/thresholds.ts';
import { verificationFalseAccepts } from '../../src/biometrics/guards/false-alarms.ts';
import { type Cases, leaveOneOut } from './leave-one-out.ts';
import { tailOf } from './tail.ts';

/** What was compared: it decides the threshold. */
export type Kind = 'two prints' | 'a print and a record' | 'two records';

const IN_USE: Readonly<Record<Kind, number>> = {
  'two prints': OWN.far1in10000,
  'a print and a record': FOREIGN.far1in10000,
  'two records': RECORDS.far1in10000,
};
/** The share of strangers for which thresholds are chosen here, per comparison. */
const CHOSEN = 1e-4;

/** Half of the fingers that both prints of a pair are of; undefined: one of each. */
export type Half = 'first' | 'second' | undefined;

export interface Scored {
  readonly score: number;
  readonly half: Half;
}

/** The scores of one kind of comparison on one set. */
export interface Scores {
  readonly set: string;
  readonly kind: Kind;
  /** Whose records, where there are any. */
  readonly maker: string;
  readonly genuine: readonly Scored[];
  readonly strangers: readonly Scored[];
}

const numbers = (pairs: readonly Scored[]) => pairs.map(({ score }) => score);

export function printThresholds(all: readonly Scores[]): string {
  const lines = [
    'thresholds, dB, and false accept rates by the tail of strangers’ scores (their highest hundredth)',
  ];
  for (const kind of Object.keys(IN_USE) as Kind[]) {
    const ofKind = all.filter((scores) => scores.kind === kind);
    lines.push(`${kind}: ${IN_USE[kind]} dB in use`, ...ofKind.map(inUse), ...leftOut(ofKind));
  }
  return `${lines.join('\n')}\n`;
}

function inUse({ set, kind, maker, genuine, strangers }: Scores): string {
  const threshold = IN_USE[kind];
  const tail = tailOf(numbers(strangers));
  const far = tail.shareReaching(threshold);
  const verification =
    kind === 'a print and a record' ? `, of a verification ${percent(verificationFalseAccepts(far), 4)}` : '';
  const rejected = numbers(genuine).filter((score) => score < threshold).length / genuine.length;
  const [thousandth, tenThousandth] = [1e-3, 1e-4].map((share) => tail.reachedBy(share).toFixed(1));
  return `  ${`${set}, ${maker}`.padEnd(40)}0.1 % reach ${thousandth}, 0.01 % ${tenThousandth}; in use: FAR ${percent(far, 4)}${verification}, FRR ${percent(rejected, 2)}`;
}

/** Thresholds chosen on the tails of the others, and tried on what was left out. */
function leftOut(ofKind: readonly Scores[]): string[] {
  const sets = [...new Set(ofKind.map(({ set }) => set))];
  const bySet = sets.map((set) =>
    casesOf(
      set,
      ofKind.filter((scores) => scores.set === set),
    ),
  );
  const byFingers = (['first', 'second'] as const).map((half) =>
    casesOf(
      `the ${half} half of all fingers`,
      ofKind.map((scores) => ({
        ...scores,
        genuine: scores.genuine.filter((pair) => pair.half === half),
        strangers: scores.strangers.filter((pair) => pair.half === half),
      })),
    ),
  );
  return [...(bySet.length > 1 ? trials(bySet) : []), ...trials(byFingers)];
}

function casesOf(name: string, scores: readonly Scores[]): Cases {
  return {
    name,
    below: scores.flatMap(({ strangers }) => numbers(strangers)),
    reaching: scores.flatMap(({ genuine }) => numbers(genuine)),
  };
}

function trials(cases: readonly Cases[]): string[] {
  return leaveOneOut(cases, (below) => tailOf(below).reachedBy(CHOSEN)).map(
    ({ name, threshold, wrong, right }, i) => {
      const { below, reaching } = cases[i]!;
      return `  without ${name} 0.01 % reach ${threshold.toFixed(1)}; there ${wrong} of ${below.length} strangers do (${percent(wrong / below.length, 4)}), and ${right} of ${reaching.length} genuine pairs`;
    },
  );
}

function percent(share: number, digits: number): string {
  return `${(100 * share).toFixed(digits)} %`;
}
