import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { OWN } from '../../../src/biometrics/fingerprint/thresholds.ts';
import { assessPhoto } from '../../../src/biometrics/photo/assess.ts';
import { keepFinger, readFingerRecord } from '../../../src/biometrics/samples/finger-sample.ts';
import { keepIris, readIrisRecord } from '../../../src/biometrics/samples/iris-sample.ts';
import { keepPhoto, keepPicture, readFaceRecord } from '../../../src/biometrics/samples/photo-sample.ts';
import { pictureOfSample } from '../../../src/biometrics/samples/pictures.ts';
import { proveSample, type ToProve } from '../../../src/biometrics/samples/prove.ts';
import { keepSignature } from '../../../src/biometrics/samples/signature-sample.ts';
import { CLOTHS, drawScene, PLAIN_SCENE } from '../../../src/virtual/people/photo-scene.ts';
import { residents } from '../../../src/virtual/people/residents.ts';
import { extracted, eye } from '../iris/eyes.ts';
import { dislocations, drawnPrint } from '../prints.ts';

const FACES = '../shared/data/iso-records/19794-5_2011';
const at = new Date('2026-11-24T08:05:59.250Z');
const hashed = (sample: Omit<ToProve, 'sha256'>): ToProve => ({
  ...sample,
  sha256: createHash('sha256').update(sample.record).digest('hex'),
});
const codeOf = async (sample: ToProve) => {
  const proof = await proveSample(sample);
  return proof.ok ? proof.value.ok : proof.failure.code;
};

describe('a finger', () => {
  const image = drawnPrint();
  const extraction = extract(image);
  let finger: ToProve;
  beforeAll(async () => {
    finger = hashed({
      kind: 'finger',
      position: 7,
      ...(await keepFinger(image, extraction.template, 7, at)),
    });
  });

  test('is read as it was kept', async () => {
    const read = await readFingerRecord(finger.record);
    if (!read.ok) throw new Error(read.failure.detail);
    expect(read.value.position).toBe(7);
    expect(read.value.image.dpi).toBe(500);
    expect(Buffer.compare(read.value.image.data, image.data)).toBe(0);
    expect(read.value.template).toEqual(finger.template);
  });

  test('is proved', async () => {
    const proof = await proveSample(finger);
    expect(proof).toMatchObject({ ok: true, value: { ok: true } });
    expect(proof.ok && proof.value.score).toBeGreaterThan(OWN.far1in10000);
  });

  test('a print with hardly a minutia is proved by its template, which comes out the same', async () => {
    const faint = drawnPrint({ halfWidth: 45, halfHeight: 45, dislocations: [] });
    const { template } = extract(faint);
    const kept = await keepFinger(faint, template, 7, at);
    const proof = await proveSample(hashed({ kind: 'finger', position: 7, ...kept }));
    expect(proof).toEqual({ ok: true, value: { score: 0, ok: true } });
  });

  test("another finger's template is found out, and a template that is none", async () => {
    const other = extract(drawnPrint({ dislocations: dislocations(9) })).template;
    const { template } = await keepFinger(image, other, 7, at);
    expect(await codeOf({ ...finger, template })).toBe(false);
    expect(await codeOf({ ...finger, template: template.slice(0, 40) })).toBe('SAMPLE-UNREADABLE');
    const { template: _, ...without } = finger;
    expect(await codeOf(without)).toBe('SAMPLE-UNREADABLE');
  });

  test('one altered byte anywhere, or another finger, is told', async () => {
    for (const place of [0, 20, 500, finger.record.length - 1]) {
      const record = finger.record.slice();
      record[place]! ^= 1;
      expect(await codeOf({ ...finger, record })).toBe('SAMPLE-ALTERED');
    }
    expect(await codeOf({ ...finger, position: 2 })).toBe('CAPTURE-RECORD-OTHER');
    expect(await codeOf(hashed({ ...finger, record: finger.record.slice(0, 900) }))).toBe(
      'SAMPLE-UNREADABLE',
    );
    expect(await codeOf({ ...finger, kind: 'iris', eye: 'left' })).toBe('SAMPLE-UNREADABLE');
  });
});

describe('an eye', () => {
  const { image } = eye('prove', 1);
  const extraction = extracted(image);
  let iris: ToProve;
  beforeAll(async () => {
    iris = hashed({ kind: 'iris', eye: 'left', ...(await keepIris(image, extraction, 'left', at)) });
  });

  test('is read as it was kept', async () => {
    const read = await readIrisRecord(iris.record);
    if (!read.ok) throw new Error(read.failure.detail);
    expect(read.value.eye).toBe('left');
    expect(Buffer.compare(read.value.image.data, image.data)).toBe(0);
    expect(read.value.template).toEqual(iris.template);
  });

  test('is proved; another eye is not', async () => {
    expect(await proveSample(iris)).toEqual({ ok: true, value: { score: 100, ok: true } });
    expect(await codeOf({ ...iris, eye: 'right' })).toBe('CAPTURE-RECORD-OTHER');
    const stranger = eye('prove, another', 1);
    const { template } = await keepIris(stranger.image, extracted(stranger.image), 'left', at);
    expect(await codeOf({ ...iris, template })).toBe(false);
    expect(await codeOf({ ...iris, template: template.slice(1) })).toBe('SAMPLE-UNREADABLE');
  });
});

describe('a photo, papers, a signature', () => {
  const looks = residents[0]!.looks;
  const scene = { ...PLAIN_SCENE, width: 960, height: 540, looks, background: CLOTHS.red };

  test('the photo is cut out, and proved; its record is as good as the picture was', async () => {
    const image = await drawScene(scene);
    const { region, score } = assessPhoto(image, 'red');
    const record = await keepPhoto(image, region!, score, at);
    if (!record.ok) throw new Error(record.failure.detail);
    expect(record.value.length).toBeLessThan(41_000);
    const photo = hashed({ kind: 'photo', record: record.value });
    expect(await codeOf(photo)).toBe(true);
    const read = await readFaceRecord(record.value, 'red');
    expect(read).toMatchObject({ ok: true, value: { image: { width: 480, height: 640 } } });
    expect(await pictureOfSample(photo)).toMatchObject({ ok: true, value: { mime: 'image/jpeg' } });
  });

  test.skipIf(!existsSync(FACES))(
    "another maker's faces, in JPEG 2000, are opened (skipped where ../shared/data is absent)",
    async () => {
      for (const name of readdirSync(FACES)) {
        const record = readFileSync(`${FACES}/${name}`);
        const read = await readFaceRecord(record, null);
        expect(read, name).toMatchObject({ ok: true });
        expect(await codeOf(hashed({ kind: 'photo', record })), name).toBe(true);
      }
    },
  );

  test('papers are proved by opening the picture', async () => {
    const paper = hashed({ kind: 'document', record: await keepPicture(await drawScene(scene)) });
    expect(await codeOf(paper)).toBe(true);
    expect(await codeOf(hashed({ ...paper, record: paper.record.slice(0, 2_000) }))).toBe(
      'SAMPLE-UNREADABLE',
    );
  });

  test('a signature is proved by its ink', async () => {
    const scale = { x: { max: 10_000, perMm: 100 }, y: { max: 5_000, perMm: 100 }, maxPressure: null };
    const points = Array.from({ length: 9 }, (_, n) => ({
      x: n,
      y: 2,
      pressure: 1,
      time: 8 * n,
      down: true,
    }));
    const kept = (down: boolean) =>
      hashed({
        kind: 'signature',
        record: keepSignature(
          points.map((point) => ({ ...point, down })),
          scale,
          at,
        ),
      });
    expect(await codeOf(kept(true))).toBe(true);
    expect(await codeOf(kept(false))).toBe('SAMPLE-UNREADABLE');
    const picture = await pictureOfSample(kept(true));
    expect(picture.ok && Buffer.from(picture.value.bytes).toString()).toContain('points="0,2 1,2 2,2');
  });
});
