/**
 * `npm run bench -- fingerprint [DIR] [--json] [--against 'CMD {a} {b}']`: accuracy and cost of the fingerprint
 * engine on a folder of `⟨finger⟩_⟨impression⟩.png` at 500 dpi; other makers' records of the same images,
 * `⟨finger⟩_⟨impression⟩.⟨maker⟩.iso`, are compared with them where they lie beside (half a minute). Without DIR: on
 * both sets beside the project, where they are, and on virtual people (two and a half minutes on two idle cores).
 */
import { parseArgs } from 'node:util';
import { printOverlaps, printSet, printVirtual } from './fingerprint-report.ts';
import { impressionsIn, measureSet, type SetReport, USUAL_SETS } from './fingerprint-set.ts';
import { printThresholds, type Scores } from './fingerprint-thresholds.ts';
import { measureVirtual } from './fingerprint-virtual.ts';

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, against: { type: 'string' } },
    allowPositionals: true,
  });
  const print = (text: string) => (values.json ? undefined : process.stdout.write(text));
  const [folder] = positionals;
  if (folder !== undefined) {
    const impressions = impressionsIn(folder);
    if (impressions.length < 2) {
      process.stderr.write(
        'usage: npm run bench -- fingerprint [DIR] [--json] [--against "CMD {a} {b}"], DIR with ⟨finger⟩_⟨impression⟩.png\n',
      );
      return 2;
    }
    const { report, scores } = await measureSet(folder, impressions, values.against);
    process.stdout.write(
      values.json ? `${JSON.stringify(report)}\n` : `${printSet(report)}${printThresholds(scores)}`,
    );
    return 0;
  }
  const sets: SetReport[] = [];
  const scores: Scores[] = [];
  for (const usual of USUAL_SETS) {
    const impressions = impressionsIn(usual);
    if (impressions.length === 0) {
      print(`${usual}: not here, left out\n`);
      continue;
    }
    const measured = await measureSet(usual, impressions, values.against);
    sets.push(measured.report);
    scores.push(...measured.scores);
    print(`${printSet(measured.report)}\n`);
  }
  const { report: virtual, scores: ofVirtual } = await measureVirtual();
  print(
    `${printVirtual(virtual)}${printOverlaps(virtual, sets)}\n${printThresholds([...scores, ...ofVirtual])}`,
  );
  if (values.json) process.stdout.write(`${JSON.stringify({ sets, virtual })}\n`);
  return 0;
}
