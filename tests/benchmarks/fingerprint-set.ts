/** The fingerprint engine on a folder of `⟨finger⟩_⟨impression⟩.png`, with other makers' records beside them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { galleryOf } from '../../src/biometrics/fingerprint/gallery.ts';
import type { FingerTemplate } from '../../src/biometrics/fingerprint/template.ts';
import { decodeFingerMinutiae, encodeFingerMinutiae } from '../../src/biometrics/records/finger-minutiae.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import { compareWithCompetitor } from './competitor.ts';
import { type ErrorRates, errorRates, percentile, rankCorrelation } from './error-rates.ts';
import { MeasuredWorker } from './fingerprint-asking.ts';
import { type Search, search } from './fingerprint-search.ts';
import type { Half, Kind, Scored, Scores } from './fingerprint-thresholds.ts';
import type { Compared, Pair } from './fingerprint-worker.ts';

const BESIDE = '../shared/data/fingerprint';
/** The sets for evaluation, where they lie beside the project; the first is what virtual people are held against. */
export const USUAL_SETS = [`${BESIDE}/fvc2002_db1_b`, `${BESIDE}/fvc2004_db3_b`];

const NAME = /^(.+)_(\d+)\.png$/;
const RECORD = /^.+_\d+\.(\w+)\.iso$/;
/** What ErrorRates of our own records are kept under. */
export const OURS = 'own records';
/** Extractions before the measured ones, so that the compiler has done its work. */
const WARM_UP = 5;

export interface Impression {
  readonly finger: string;
  readonly impression: number;
  readonly path: string;
}

export interface Times {
  readonly p50: number;
  readonly p95: number;
}

export interface SetReport {
  readonly folder: string;
  readonly fingers: number;
  readonly impressions: number;
  /** Impostors: all pairs of different fingers; the bounds refer to these. */
  readonly allPairs: ErrorRates;
  /** Impostors as FVC takes them: first impressions only. */
  readonly firstImpressions: ErrorRates;
  /** Own templates that went through an ISO/IEC 19794-2 record. */
  readonly throughRecord: ErrorRates;
  /**
   * Fresh prints against records, by their maker. A maker whose header tells another size than the image's has stretched
   * the image; under `⟨maker⟩, image size` its minutiae are brought back to the image.
   */
  readonly makers: Readonly<Record<string, ErrorRates>>;
  /** Spearman's rank correlation of the quality with the mean score of an impression's genuine pairs. */
  readonly qualityCorrelation: number;
  /** The engine of `--against`: the same pairs, and milliseconds for one run of its command. */
  readonly competitor?: { readonly rates: ErrorRates; readonly p50Ms: number };
  readonly minutiae: number;
  /** Pixels of the first image. */
  readonly size: readonly [width: number, height: number];
  readonly extractMs: Times;
  /** Of the same images, mirrored beyond their edges until they fill 500 × 500 pixels with ridges. */
  readonly extract500Ms: Times;
  readonly matchMs: Times;
  readonly search: Search;
  /** The most that the measured worker had in use after any of its tasks. */
  readonly workerMegabytes: number;
}

/** @returns the images of a folder by finger and impression; none where there is no such folder */
export function impressionsIn(folder: string): Impression[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => NAME.exec(name))
    .filter((found) => found !== null)
    .map((found) => ({ finger: found[1]!, impression: Number(found[2]), path: join(folder, found[0]) }))
    .sort((a, b) => a.finger.localeCompare(b.finger) || a.impression - b.impression);
}

export interface MeasuredSet {
  readonly report: SetReport;
  /** All pairs of each kind of comparison. */
  readonly scores: readonly Scores[];
}

export async function measureSet(
  folder: string,
  impressions: readonly Impression[],
  against: string | undefined,
): Promise<MeasuredSet> {
  const worker = new MeasuredWorker();
  try {
    const templates: FingerTemplate[] = [];
    const extractTimes: number[] = [];
    const extract500Times: number[] = [];
    const images = await Promise.all(impressions.map(({ path }) => load(path)));
    for (const image of images.slice(0, WARM_UP)) await worker.ask({ task: 'extract', image });
    for (const image of images) {
      const { extraction, ms } = await worker.ask({ task: 'extract', image });
      templates.push(extraction.template);
      extractTimes.push(ms);
      const large = await worker.ask({ task: 'extract', image: mirrored(image, 500) });
      extract500Times.push(large.ms);
    }
    const all = pairs(impressions.length, (i, j) => j > i);
    const compare = (references: readonly FingerTemplate[], probes = templates, which = all) =>
      worker.ask({ task: 'compare', probes, references, pairs: which });
    const own = await compare(templates);
    const stored = templates.map(throughRecord);
    const records = await compare(stored, stored);
    const set = folder.split('/').at(-1)!;
    const halves = halvesOf(impressions);
    const scoresOf = (kind: Kind, maker: string, compared: Compared, which: readonly Pair[]): Scores => ({
      set,
      kind,
      maker,
      ...split(compared, which, impressions, halves),
    });
    const scores = [scoresOf('two prints', 'ours', own, all), scoresOf('two records', OURS, records, all)];
    const others = pairs(impressions.length, (i, j) => j !== i);
    const makers: Record<string, ErrorRates> = {};
    for (const { label, references } of [
      { label: OURS, references: stored },
      ...foreign(folder, impressions, templates),
    ]) {
      const compared = await compare(references, templates, others);
      scores.push(scoresOf('a print and a record', label, compared, others));
      makers[label] = rates(compared, others, impressions);
    }
    // What a search gives each worker at a time: here for its memory, below for its time.
    const batch = Array.from({ length: 250 }, (_, k) => stored[k % stored.length]!);
    await worker.ask({ task: 'identify', probe: templates[0]!, gallery: galleryOf(batch) });
    const paths = impressions.map(({ path }) => path);
    const rival = against === undefined ? undefined : await compareWithCompetitor(against, paths, all);
    const report: SetReport = {
      folder,
      fingers: new Set(impressions.map(({ finger }) => finger)).size,
      impressions: impressions.length,
      allPairs: rates(own, all, impressions),
      firstImpressions: rates(own, all, impressions, (a, b) => a.impression === 1 && b.impression === 1),
      throughRecord: rates(records, all, impressions),
      makers,
      ...(rival && {
        competitor: { rates: rates(rival, all, impressions), p50Ms: percentile(rival.times, 0.5) },
      }),
      qualityCorrelation: qualityCorrelation(own, all, impressions, templates),
      minutiae: percentile(
        templates.map(({ minutiae }) => minutiae.length),
        0.5,
      ),
      size: [images[0]!.width, images[0]!.height],
      extractMs: timesOf(extractTimes),
      extract500Ms: timesOf(extract500Times),
      matchMs: timesOf(own.times),
      search: await search(templates[0]!, stored),
      workerMegabytes: worker.mostBytes / 2 ** 20,
    };
    return { report, scores };
  } finally {
    await worker.end();
  }
}

function pairs(count: number, wanted: (i: number, j: number) => boolean): Pair[] {
  const places = Array.from({ length: count }, (_, i) => i);
  return places.flatMap((i) => places.filter((j) => wanted(i, j)).map((j): Pair => [i, j]));
}

export async function load(path: string): Promise<GrayImage> {
  const { data, info } = await sharp(path).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, dpi: 500, data: Uint8Array.from(data) };
}

/** Square, `side` pixels wide; what lies beyond an edge is the image in a mirror. */
function mirrored({ width, height, dpi, data }: GrayImage, side: number): GrayImage {
  const inside = (at: number, length: number) => {
    const folded = at % (2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  };
  const square = new Uint8Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) square[y * side + x] = data[inside(y, height) * width + inside(x, width)]!;
  return { width: side, height: side, dpi, data: square };
}

const timesOf = (times: readonly number[] | Float64Array): Times => ({
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
});

export function throughRecord(template: FingerTemplate): FingerTemplate {
  return decoded(encodeFingerMinutiae([template]));
}

function decoded(record: Uint8Array): FingerTemplate {
  const views = decodeFingerMinutiae(record);
  if (!views.ok) throw new Error(`${views.failure.code}: ${views.failure.detail}`);
  return views.value[0]!;
}

/** Other makers' templates of the same images, as far as there are any, as they are and at the image's size. */
function foreign(folder: string, impressions: readonly Impression[], templates: readonly FingerTemplate[]) {
  const found: { readonly label: string; readonly references: readonly FingerTemplate[] }[] = [];
  const makers = new Set(readdirSync(folder).flatMap((name) => RECORD.exec(name)?.[1] ?? []));
  for (const maker of [...makers].sort()) {
    const paths = impressions.map(({ path }) => path.replace(/png$/, `${maker}.iso`));
    if (!paths.every(existsSync)) continue;
    const references = paths.map((path) => decoded(readFileSync(path)));
    found.push({ label: maker, references });
    const atSize = references.map((reference, i) => atSizeOf(templates[i]!, reference));
    if (references.some(({ width, height }, i) => width !== atSize[i]!.width || height !== atSize[i]!.height))
      found.push({ label: `${maker}, image size`, references: atSize });
  }
  return found;
}

/** The minutiae of a template that was made of a stretched copy of the image. */
function atSizeOf(image: FingerTemplate, { minutiae, ...template }: FingerTemplate): FingerTemplate {
  const stretchX = image.width / template.width;
  const stretchY = image.height / template.height;
  return {
    ...template,
    width: image.width,
    height: image.height,
    minutiae: minutiae.map((minutia) => {
      const angle = Math.atan2(Math.sin(minutia.angle) * stretchY, Math.cos(minutia.angle) * stretchX);
      return {
        ...minutia,
        x: minutia.x * stretchX,
        y: minutia.y * stretchY,
        angle: (angle + 2 * Math.PI) % (2 * Math.PI),
      };
    }),
  };
}

function qualityCorrelation(
  { scores }: Compared,
  pairs: readonly Pair[],
  impressions: readonly Impression[],
  templates: readonly FingerTemplate[],
): number {
  const genuine: number[][] = impressions.map(() => []);
  for (const [n, [i, j]] of pairs.entries())
    if (impressions[i]!.finger === impressions[j]!.finger) {
      genuine[i]!.push(scores[n]!);
      genuine[j]!.push(scores[n]!);
    }
  return rankCorrelation(
    templates.map(({ quality }) => quality),
    genuine.map((own) => own.reduce((sum, score) => sum + score, 0) / Math.max(1, own.length)),
  );
}

/** The first or the second half of the fingers, in the order of their names. */
function halvesOf(impressions: readonly Impression[]): (finger: string) => Half {
  const fingers = [...new Set(impressions.map(({ finger }) => finger))];
  return (finger) => (fingers.indexOf(finger) < fingers.length / 2 ? 'first' : 'second');
}

function split(
  { scores }: Compared,
  pairs: readonly Pair[],
  impressions: readonly Impression[],
  halfOf: (finger: string) => Half,
): Pick<Scores, 'genuine' | 'strangers'> {
  const genuine: Scored[] = [];
  const strangers: Scored[] = [];
  for (const [n, [i, j]] of pairs.entries()) {
    const [a, b] = [impressions[i]!.finger, impressions[j]!.finger];
    const half = halfOf(a) === halfOf(b) ? halfOf(a) : undefined;
    (a === b ? genuine : strangers).push({ score: scores[n]!, half });
  }
  return { genuine, strangers };
}

function rates(
  { scores }: Compared,
  pairs: readonly Pair[],
  impressions: readonly Impression[],
  impostor: (a: Impression, b: Impression) => boolean = () => true,
): ErrorRates {
  const genuineScores: number[] = [];
  const impostorScores: number[] = [];
  for (const [n, [i, j]] of pairs.entries()) {
    const [a, b] = [impressions[i]!, impressions[j]!];
    if (a.finger === b.finger) genuineScores.push(scores[n]!);
    else if (impostor(a, b)) impostorScores.push(scores[n]!);
  }
  return errorRates(Float64Array.from(genuineScores), Float64Array.from(impostorScores));
}
