/**
 * `npm run bench -- iris [DIR] [--json]`: accuracy and cost of the iris engine on virtual eyes and on the real ones that
 * lie beside the project; or on a folder of `⟨eye⟩_⟨n⟩.png`, taken in near infrared.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { compareAt, compareIris, SAME_EYE } from '../../src/biometrics/iris/compare.ts';
import { extractIris, type IrisExtraction } from '../../src/biometrics/iris/extract.ts';
import { decodeIrisImages } from '../../src/biometrics/records/iris-image.ts';
import { openIrisImage } from '../../src/biometrics/records/iris-image-pixels.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import { growIris } from '../../src/virtual/people/iris.ts';
import { takeView, throwView } from '../../src/virtual/people/iris-view.ts';
import { Random } from '../../src/virtual/people/random.ts';
import { type ErrorRates, errorRates, percentile, type Rate, rankCorrelation } from './error-rates.ts';

const EYES = 100;
const LOOKS = 5;
const RECORDS = '../shared/data/iso-records/19794-6_2011';
/** From this quality an image is kept without another try. */
const KEPT = 60;

interface Look {
  readonly eye: string;
  readonly image: GrayImage;
}

interface Found {
  readonly eye: string;
  readonly extraction: IrisExtraction;
}

interface Report {
  readonly set: string;
  readonly images: number;
  /** Images in which no iris was found; they are in no pair. */
  readonly notFound: number;
  readonly all: ErrorRates;
  /** Of the images that are kept at once, and how many they are. */
  readonly kept: ErrorRates;
  readonly keptImages: number;
  readonly genuineDistance: { readonly p50: number; readonly p99: number };
  readonly impostorDistance: { readonly least: number; readonly p50: number };
  /** Strangers taken for one eye at SAME_EYE: pairs. */
  readonly falseAccepts: number;
  /** By the spread of strangers' distances at one turn. */
  readonly independentBits: number;
  /** Spearman's, of an image's quality and its nearness to the nearest other image of the eye. */
  readonly qualityCorrelation: number;
  readonly extractMs: { readonly p50: number; readonly p95: number };
  readonly compareUs: number;
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (folder !== undefined && !existsSync(folder)) {
    process.stderr.write('usage: npm run bench -- iris [DIR] [--json], DIR with ⟨eye⟩_⟨n⟩.png\n');
    return 2;
  }
  const sets: readonly (readonly [string, AsyncIterable<Look> | Iterable<Look>])[] =
    folder === undefined
      ? [
          [`${EYES} virtual eyes × ${LOOKS}, guided`, virtualLooks(0.5)],
          [`${EYES} virtual eyes × ${LOOKS}, without guidance`, virtualLooks(1)],
        ]
      : [[basename(folder), looksIn(folder)]];
  const reports: Report[] = [];
  for (const [name, looks] of sets) {
    const report = await measure(name, looks);
    reports.push(report);
    if (!values.json) process.stdout.write(print(report));
  }
  const real = folder === undefined && existsSync(RECORDS) ? await realPairs() : [];
  if (values.json) process.stdout.write(`${JSON.stringify({ reports, real })}\n`);
  else for (const line of real) process.stdout.write(`${line}\n`);
  return 0;
}

function* virtualLooks(difficulty: number): Iterable<Look> {
  for (let n = 0; n < EYES; n++) {
    const random = new Random(`bench eye ${n}`);
    const iris = growIris(random.for('iris'));
    for (let look = 0; look < LOOKS; look++) {
      const dice = random.for(`look ${look}`);
      yield { eye: `${n}`, image: takeView(iris, throwView(dice, iris, difficulty), dice) };
    }
  }
}

async function* looksIn(folder: string): AsyncIterable<Look> {
  for (const name of readdirSync(folder).sort()) {
    const found = /^(.+)_[^_]+\.png$/.exec(name);
    if (!found) continue;
    const { data, info } = await sharp(join(folder, name))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    yield {
      eye: found[1]!,
      image: { width: info.width, height: info.height, dpi: 0, data: Uint8Array.from(data) },
    };
  }
}

async function measure(set: string, looks: AsyncIterable<Look> | Iterable<Look>): Promise<Report> {
  const found: Found[] = [];
  const times: number[] = [];
  for await (const { eye, image } of looks) {
    const start = performance.now();
    const extraction = extractIris(image);
    times.push(performance.now() - start);
    if (extraction.ok) found.push({ eye, extraction: extraction.value });
  }
  const start = performance.now();
  const pairs = found.flatMap((a, i) =>
    found.slice(i + 1).map((b) => ({
      a,
      b,
      same: a.eye === b.eye,
      distance: compareIris(a.extraction.template, b.extraction.template).distance,
    })),
  );
  const compareUs = (1000 * (performance.now() - start)) / pairs.length;
  const distances = (same: boolean) =>
    pairs.filter((pair) => pair.same === same).map(({ distance }) => distance);
  const isKept = ({ extraction }: Found) => extraction.quality.score >= KEPT;
  return {
    set,
    images: times.length,
    notFound: times.length - found.length,
    all: ratesOf(pairs),
    kept: ratesOf(pairs.filter(({ a, b }) => isKept(a) && isKept(b))),
    keptImages: found.filter(isKept).length,
    genuineDistance: { p50: percentile(distances(true), 0.5), p99: percentile(distances(true), 0.99) },
    impostorDistance: { least: percentile(distances(false), 0), p50: percentile(distances(false), 0.5) },
    falseAccepts: distances(false).filter((distance) => distance <= SAME_EYE).length,
    independentBits: independentBits(found),
    qualityCorrelation: qualityCorrelation(found, pairs),
    extractMs: { p50: percentile(times, 0.5), p95: percentile(times, 0.95) },
    compareUs,
  };
}

interface Pair {
  readonly a: Found;
  readonly b: Found;
  readonly same: boolean;
  readonly distance: number;
}

function ratesOf(pairs: readonly Pair[]): ErrorRates {
  const scores = (same: boolean) =>
    Float64Array.from(
      pairs.filter((pair) => pair.same === same),
      ({ distance }) => 0.5 - distance,
    );
  return errorRates(scores(true), scores(false));
}

/** p (1 − p) / variance (Daugman 2003), of strangers side by side in the set, at no turn. */
function independentBits(found: readonly Found[]): number {
  const shares = found.flatMap((a, i) =>
    found
      .slice(i + 1, i + 40)
      .filter((b) => b.eye !== a.eye)
      .map((b) => compareAt(a.extraction.template, b.extraction.template, 0))
      .filter(({ bits }) => bits > 1000)
      .map(({ differing, bits }) => differing / bits),
  );
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length;
  return (mean * (1 - mean)) / variance;
}

function qualityCorrelation(found: readonly Found[], pairs: readonly Pair[]): number {
  const nearest = new Map<Found, number>();
  for (const { a, b, same, distance } of pairs) {
    if (!same) continue;
    for (const image of [a, b]) nearest.set(image, Math.min(distance, nearest.get(image) ?? 1));
  }
  const told = found.filter((image) => nearest.has(image));
  return rankCorrelation(
    told.map(({ extraction }) => extraction.quality.score),
    told.map((image) => -nearest.get(image)!),
  );
}

/** The eyes of MOSIP's mock person, once for registration and once, sides swapped, for authentication. */
async function realPairs(): Promise<string[]> {
  const names = ['reg_Left', 'reg_Right', 'auth_Left', 'auth_Right'];
  const eyes = await Promise.all(
    names.map(async (name) => {
      const record = decodeIrisImages(readFileSync(`${RECORDS}/mosip_${name}_Iris.iso`));
      const image = record.ok ? await openIrisImage(record.value[0]!) : record;
      const extraction = image.ok ? extractIris(image.value) : image;
      if (!extraction.ok) throw new Error(`${name}: ${extraction.failure.code}`);
      return { name, ...extraction.value };
    }),
  );
  return eyes.flatMap((a, i) =>
    eyes.slice(i + 1).map((b) => {
      const { distance, bits } = compareIris(a.template, b.template);
      return `MOSIP ${a.name} (quality ${a.quality.score}) and ${b.name} (${b.quality.score}): ${distance.toFixed(3)} over ${bits} bits`;
    }),
  );
}

function print(report: Report): string {
  const percent = ({ rate, low, high }: Rate) =>
    `${(100 * rate).toFixed(2)} % (${(100 * low).toFixed(2)}–${(100 * high).toFixed(2)})`;
  const rates = (label: string, { genuinePairs, impostorPairs, eer, ...rest }: ErrorRates) =>
    `  ${label}: ${genuinePairs} genuine, ${impostorPairs} impostor pairs; EER ${percent(eer)}; ` +
    `FRR at FAR 0.1 % ${percent(rest.frrAtFar1in1000)}, at 0.01 % ${percent(rest.frrAtFar1in10000)}\n`;
  const { genuineDistance, impostorDistance } = report;
  return [
    `${report.set}: no iris found in ${report.notFound} of ${report.images} images\n`,
    rates('all', report.all),
    rates(`kept at once (quality ≥ ${KEPT}, ${report.keptImages} images)`, report.kept),
    `  distance: genuine p50 ${genuineDistance.p50.toFixed(3)}, p99 ${genuineDistance.p99.toFixed(3)}; ` +
      `impostors p50 ${impostorDistance.p50.toFixed(3)}, least ${impostorDistance.least.toFixed(3)}; ` +
      `${report.falseAccepts} of them at or below ${SAME_EYE}\n`,
    `  independent bits ${report.independentBits.toFixed(0)}; rank correlation of quality and nearness ${report.qualityCorrelation.toFixed(2)}\n`,
    `  extraction p50 ${report.extractMs.p50.toFixed(0)} ms, p95 ${report.extractMs.p95.toFixed(0)} ms; comparison ${report.compareUs.toFixed(0)} µs\n`,
  ].join('');
}
