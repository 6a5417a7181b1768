import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { match, type Prepared, prepare } from '../../../src/biometrics/fingerprint/match.ts';
import { OWN } from '../../../src/biometrics/fingerprint/thresholds.ts';
import { decodeFingerMinutiae } from '../../../src/biometrics/records/finger-minutiae.ts';
import { type Person, people, writeImpressions } from '../../../src/virtual/people/people.ts';

let folder: string;
let everybody: readonly Person[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'people-'));
  everybody = await people({ cacheDir: join(folder, 'kept') });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('what is on the chip', () => {
  it('has a NIK that agrees with birth date and sex', () => {
    for (const { biodata } of everybody) {
      const [day, month, year] = biodata.tanggalLahir.split('-');
      const nikDay = Number(day) + (biodata.jenisKelamin === 'PEREMPUAN' ? 40 : 0);
      expect(biodata.nik).toMatch(/^\d{16}$/);
      expect(biodata.nik.slice(6, 12)).toBe(`${String(nikDay).padStart(2, '0')}${month}${year!.slice(2)}`);
    }
    expect(new Set(everybody.map((p) => p.biodata.nik)).size).toBe(everybody.length);
    expect(everybody.some((p) => p.biodata.nik.startsWith('160712'))).toBe(true);
  });

  it('has the texts that break careless parsers', () => {
    expect(everybody.map((p) => p.biodata.nama)).toContain('SRI "ENDAH" WAHYUNI');
    expect(everybody.some((p) => p.biodata.alamat.includes(','))).toBe(true);
  });

  it('has a photo of the right background colour that fits', async () => {
    for (const person of everybody) {
      expect(person.photo.length).toBeLessThanOrEqual(3500);
      const image = sharp(person.photo);
      expect(await image.metadata()).toMatchObject({ format: 'jpeg', width: 150, height: 200 });
      const corner = await image.extract({ left: 2, top: 2, width: 4, height: 4 }).stats();
      const [red, , blue] = corner.channels.map((c) => c.mean);
      const oddYear = Number(person.biodata.tanggalLahir.slice(-1)) % 2 === 1;
      expect(red! > blue!).toBe(oddYear);
    }
  });

  it('has a signature of 168 × 44 bits with some ink', () => {
    for (const { signature } of everybody) {
      expect(signature.length).toBeLessThanOrEqual(400);
      const bits = inflateRawSync(signature);
      expect(bits.length).toBe((168 / 8) * 44);
      const ink = bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
      expect(ink).toBeGreaterThan(300);
      expect(ink).toBeLessThan(2500);
    }
  });

  it('has a minutiae record for each index finger, right first', () => {
    for (const { fingers } of everybody) {
      expect(fingers.map((f) => f.position)).toEqual([2, 7]);
      for (const { record, position } of fingers) {
        const decoded = decodeFingerMinutiae(record);
        expect(decoded.ok && decoded.value.map((t) => t.position)).toEqual([position]);
      }
    }
  });
});

describe('fingers', () => {
  it('match themselves in every touch, and nobody else in any', () => {
    const prints: { finger: string; prepared: Prepared }[] = everybody.flatMap((person) =>
      person.fingers.flatMap(({ position, impressions }) =>
        impressions.map((image) => ({
          finger: `${person.id} ${position}`,
          prepared: prepare(extract(image).template),
        })),
      ),
    );
    const genuine: number[] = [];
    const impostor: number[] = [];
    for (const [i, a] of prints.entries()) {
      for (const b of prints.slice(i + 1)) {
        (a.finger === b.finger ? genuine : impostor).push(match(a.prepared, b.prepared));
      }
    }
    expect(genuine.length).toBe(30);
    expect(Math.min(...genuine)).toBeGreaterThan(3 * OWN.far1in10000);
    expect(Math.max(...impostor)).toBeLessThan(OWN.far1in10000);
  });

  it('match the record on the chip', () => {
    for (const { fingers } of everybody) {
      for (const { record, impressions } of fingers) {
        const decoded = decodeFingerMinutiae(record);
        if (!decoded.ok) throw new Error(decoded.failure.code);
        const enrolled = prepare(decoded.value[0]!);
        const others = everybody.flatMap((p) => p.fingers).filter((f) => f.record !== record);
        const own = match(prepare(extract(impressions[1]!).template), enrolled);
        const foreign = match(prepare(extract(others[0]!.impressions[1]!).template), enrolled);
        expect(own).toBeGreaterThan(foreign + 5);
      }
    }
  });
});

/** The test runner's own equality of some megabytes of pictures takes seconds; a hash does not. */
function digest(persons: readonly Person[]): string {
  const hash = createHash('sha256');
  for (const { fingers } of persons) {
    for (const { impressions, record } of fingers) {
      hash.update(record);
      for (const { data } of impressions) hash.update(data);
    }
  }
  return hash.digest('hex');
}

describe('the folder that keeps them', () => {
  it('gives the same people again', async () => {
    const again = await people({ cacheDir: join(folder, 'kept') });
    expect(digest(again)).toBe(digest(everybody));
  });

  it('is made anew, and equal, when its file is torn', async () => {
    const [file] = await readdir(join(folder, 'kept'));
    await writeFile(join(folder, 'kept', file!), 'torn');
    const anew = await people({ cacheDir: join(folder, 'kept') });
    expect(digest(anew)).toBe(digest(everybody));
  });

  it('writes a grey picture of every touch', async () => {
    await writeImpressions(join(folder, 'png'), everybody);
    expect((await readdir(join(folder, 'png'))).length).toBe(30);
    const file = sharp(join(folder, 'png', 'karto-left-index_3.png'));
    expect(await file.metadata()).toMatchObject({ width: 320, height: 400, channels: 1 });
    const pixels = await file.toColourspace('b-w').raw().toBuffer();
    expect(pixels.equals(everybody[1]!.fingers[1]!.impressions[2]!.data)).toBe(true);
  });
});
