/**
 * `npm run bench -- fingerprint DIR [--json] [--against 'CMD {a} {b}']`: accuracy and cost of the fingerprint engine on a folder of
 * `⟨finger⟩_⟨impression⟩.png` at 500 dpi; `*.fjfx.iso` and `*.secugen.iso` beside them are compared across makers.
 */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import type { FingerTemplate } from '../../src/biometrics/fingerprint/template.ts';
import { decodeFingerMinutiae, encodeFingerMinutiae } from '../../src/biometrics/records/finger-minutiae.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import { compareWithCompetitor } from './competitor.ts';
import { type ErrorRates, errorRates, percentile, rankCorrelation } from './error-rates.ts';
import { printReport } from './fingerprint-report.ts';
import type { Answers, Compared, Request } from './fingerprint-worker.ts';

const MAKERS = ['fjfx', 'secugen'] as const;
const NAME = /^(.+)_(\d+)\.png$/;
/** Extractions before the measured ones, so that the compiler has done its work. */
const WARM_UP = 5;
const GALLERY = 10_000;

interface Impression {
  readonly finger: string;
  readonly impression: number;
  readonly path: string;
}

export interface Report {
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
   * Own templates against another maker's. A maker whose header tells another size than the image's has stretched
   * the image; under `⟨maker⟩, image size` its minutiae are brought back to the image.
   */
  readonly makers: Readonly<Record<string, ErrorRates>>;
  /** Spearman's rank correlation of the quality with the mean score of an impression's genuine pairs. */
  readonly qualityCorrelation: number;
  /** The engine of `--against`: the same pairs, and milliseconds for one run of its command. */
  readonly competitor?: { readonly rates: ErrorRates; readonly p50Ms: number };
  readonly minutiae: number;
  readonly extractMs: { readonly p50: number; readonly p95: number };
  readonly matchMs: { readonly p50: number; readonly p95: number };
  /** Seconds for one print against 10,000 templates, on one worker. */
  readonly identifySeconds: number;
  readonly workerMegabytes: number;
}

/** Beside the project, where the sets for evaluation are. */
const USUAL_SET = '../shared/data/fingerprint/fvc2002_db1_b';

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, against: { type: 'string' } },
    allowPositionals: true,
  });
  const [folder = USUAL_SET] = positionals;
  const impressions = existsSync(folder) ? list(folder) : [];
  if (impressions.length < 2) {
    process.stderr.write(
      'usage: npm run bench -- fingerprint [DIR] [--json] [--against "CMD {a} {b}"], DIR with ⟨finger⟩_⟨impression⟩.png\n',
    );
    return 2;
  }
  const report = await measure(folder, impressions, values.against);
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : printReport(report));
  return 0;
}

function list(folder: string): Impression[] {
  return readdirSync(folder)
    .map((name) => NAME.exec(name))
    .filter((found) => found !== null)
    .map((found) => ({ finger: found[1]!, impression: Number(found[2]), path: join(folder, found[0]) }))
    .sort((a, b) => a.finger.localeCompare(b.finger) || a.impression - b.impression);
}

async function measure(
  folder: string,
  impressions: readonly Impression[],
  against: string | undefined,
): Promise<Report> {
  const worker = new Worker(new URL('./fingerprint-worker.ts', import.meta.url));
  const ask = async <R extends Request>(request: R): Promise<Answers[R['task']]> => {
    worker.postMessage(request);
    const [answer] = await once(worker, 'message');
    return answer;
  };
  try {
    const templates: FingerTemplate[] = [];
    const extractTimes: number[] = [];
    for (const { path } of impressions.slice(0, WARM_UP))
      await ask({ task: 'extract', image: await load(path) });
    for (const { path } of impressions) {
      const { extraction, ms } = await ask({ task: 'extract', image: await load(path) });
      templates.push(extraction.template);
      extractTimes.push(ms);
    }
    const own = await ask({ task: 'compare', probes: templates, references: templates, pairs: 'above' });
    const { bytes } = await ask({ task: 'memory' });
    const stored = templates.map(throughRecord);
    const records = await ask({ task: 'compare', probes: stored, references: stored, pairs: 'above' });
    const makers: Record<string, ErrorRates> = {};
    for (const maker of MAKERS) {
      const references = foreign(impressions, maker);
      if (!references) continue;
      const compareWith = async (label: string, foreigners: readonly FingerTemplate[]) => {
        const request = {
          task: 'compare',
          probes: templates,
          references: foreigners,
          pairs: 'others',
        } as const;
        makers[label] = rates(await ask(request), impressions);
      };
      await compareWith(maker, references);
      const stretched = references.some(
        ({ width, height }, i) => width !== templates[i]!.width || height !== templates[i]!.height,
      );
      if (stretched)
        await compareWith(
          `${maker}, image size`,
          references.map((reference, i) => atSizeOf(templates[i]!, reference)),
        );
    }
    const rival =
      against === undefined
        ? undefined
        : await compareWithCompetitor(
            against,
            impressions.map(({ path }) => path),
          );
    const gallery = Array.from({ length: GALLERY }, (_, k) => stored[k % stored.length]!);
    const identified = await ask({ task: 'identify', probe: templates[0]!, gallery });
    return {
      folder,
      fingers: new Set(impressions.map(({ finger }) => finger)).size,
      impressions: impressions.length,
      allPairs: rates(own, impressions),
      firstImpressions: rates(own, impressions, (a, b) => a.impression === 1 && b.impression === 1),
      throughRecord: rates(records, impressions),
      makers,
      ...(rival && { competitor: { rates: rates(rival, impressions), p50Ms: percentile(rival.times, 0.5) } }),
      qualityCorrelation: qualityCorrelation(own, impressions, templates),
      minutiae: percentile(
        templates.map(({ minutiae }) => minutiae.length),
        0.5,
      ),
      extractMs: { p50: percentile(extractTimes, 0.5), p95: percentile(extractTimes, 0.95) },
      matchMs: { p50: percentile(own.times, 0.5), p95: percentile(own.times, 0.95) },
      identifySeconds: identified.ms / 1000,
      workerMegabytes: bytes / 2 ** 20,
    };
  } finally {
    await worker.terminate();
  }
}

async function load(path: string): Promise<GrayImage> {
  const { data, info } = await sharp(path).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, dpi: 500, data: Uint8Array.from(data) };
}

function throughRecord(template: FingerTemplate): FingerTemplate {
  return decoded(encodeFingerMinutiae([template]));
}

function decoded(record: Uint8Array): FingerTemplate {
  const views = decodeFingerMinutiae(record);
  if (!views.ok) throw new Error(`${views.failure.code}: ${views.failure.detail}`);
  return views.value[0]!;
}

/** The other maker's templates of the same images, or nothing when some are missing. */
function foreign(impressions: readonly Impression[], maker: string): FingerTemplate[] | undefined {
  const paths = impressions.map(({ path }) => path.replace(/png$/, `${maker}.iso`));
  return paths.every(existsSync) ? paths.map((path) => decoded(readFileSync(path))) : undefined;
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
  impressions: readonly Impression[],
  templates: readonly FingerTemplate[],
): number {
  const genuine = impressions.map(({ finger }, i) => {
    const own = impressions
      .map((other, j) => ({ other, score: scores[Math.min(i, j) * impressions.length + Math.max(i, j)]!, j }))
      .filter(({ other, j }) => other.finger === finger && j !== i);
    return own.reduce((sum, { score }) => sum + score, 0) / Math.max(1, own.length);
  });
  return rankCorrelation(
    templates.map(({ quality }) => quality),
    genuine,
  );
}

function rates(
  { scores }: Compared,
  impressions: readonly Impression[],
  impostor: (a: Impression, b: Impression) => boolean = () => true,
): ErrorRates {
  const genuineScores: number[] = [];
  const impostorScores: number[] = [];
  impressions.forEach((a, i) => {
    impressions.forEach((b, j) => {
      const score = scores[i * impressions.length + j]!;
      if (Number.isNaN(score)) return;
      if (a.finger === b.finger) genuineScores.push(score);
      else if (impostor(a, b)) impostorScores.push(score);
    });
  });
  return errorRates(Float64Array.from(genuineScores), Float64Array.from(impostorScores));
}
