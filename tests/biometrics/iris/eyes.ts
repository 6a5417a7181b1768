/** Virtual eyes for tests: a careful look into the camera, and what a test changes of it. */
import { existsSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { extractIris, type IrisExtraction } from '../../../src/biometrics/iris/extract.ts';
import { decodeIrisImages } from '../../../src/biometrics/records/iris-image.ts';
import { openIrisImage } from '../../../src/biometrics/records/iris-image-pixels.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import { growIris, type Iris } from '../../../src/virtual/people/iris.ts';
import { takeView, throwView, type View } from '../../../src/virtual/people/iris-view.ts';
import { Random } from '../../../src/virtual/people/random.ts';

export interface Eye {
  readonly image: GrayImage;
  readonly view: View;
  readonly iris: Iris;
}

/** @param look the same eye and number give the same image */
export function eye(name: string, look: number, changes: Partial<View> = {}): Eye {
  const random = new Random(name);
  const iris = growIris(random.for('iris'));
  const dice = random.for(`look ${look}`);
  const view = { ...throwView(dice, iris, 0.15), ...changes };
  return { image: takeView(iris, view, dice), view, iris };
}

export function extracted(image: GrayImage): IrisExtraction {
  const extraction = extractIris(image);
  if (!extraction.ok) throw new Error(`${extraction.failure.code}: ${extraction.failure.detail}`);
  return extraction.value;
}

const RECORDS = '../shared/data/iso-records/19794-6_2011';
const PICTURE = '../shared/data/iris/open/worldcoin_anonymized.png';
export const hasRealEyes = existsSync(RECORDS) && existsSync(PICTURE);

/** @param name e.g. `reg_Left` */
export async function mosipEye(name: string): Promise<GrayImage> {
  const record = decodeIrisImages(readFileSync(`${RECORDS}/mosip_${name}_Iris.iso`));
  if (!record.ok) throw new Error(record.failure.detail);
  const opened = await openIrisImage(record.value[0]!);
  if (!opened.ok) throw new Error(opened.failure.detail);
  return opened.value;
}

export async function worldcoinEye(): Promise<GrayImage> {
  const { data, info } = await sharp(PICTURE).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, dpi: 0, data: Uint8Array.from(data) };
}
