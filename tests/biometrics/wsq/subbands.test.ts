import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CODED_SUBBANDS, LEAST_SIDE, subbandTree } from '../../../src/biometrics/wsq/subbands.ts';
import { analyse, FILTER_BANK, synthesise } from '../../../src/biometrics/wsq/wavelet.ts';

const side = fc.integer({ min: LEAST_SIDE, max: 150 });

test('60 subbands lie side by side and leave out only the corner of highest frequencies', () => {
  fc.assert(
    fc.property(side, side, (width, height) => {
      const { splits, subbands } = subbandTree(width, height);
      expect(splits).toHaveLength(20);
      expect(subbands).toHaveLength(CODED_SUBBANDS);
      const covered = new Uint8Array(width * height);
      for (const band of subbands) {
        expect(Math.min(band.width, band.height)).toBeGreaterThan(0);
        for (let y = band.y; y < band.y + band.height; y++)
          for (let x = band.x; x < band.x + band.width; x++) covered[y * width + x]!++;
      }
      const corner = (x: number, y: number) => x >= (width + 1) >> 1 && y >= (height + 1) >> 1;
      covered.forEach((times, at) => {
        if (times !== (corner(at % width, Math.floor(at / width)) ? 0 : 1))
          throw new Error(`sample ${at} lies in ${times} subbands`);
      });
    }),
    { numRuns: 40 },
  );
});

test('an image of 256 × 256: the first sixteenths, the turned halves, the big quarters', () => {
  const { subbands } = subbandTree(256, 256);
  const shape = (band: number) => {
    const { x, y, width, height } = subbands[band]!;
    return [x, y, width, height];
  };
  expect(shape(0)).toEqual([0, 0, 8, 8]);
  expect(shape(3)).toEqual([8, 8, 8, 8]);
  expect(shape(4)).toEqual([16, 0, 16, 16]);
  expect(shape(7)).toEqual([32, 0, 16, 16]);
  expect(shape(19)).toEqual([64, 0, 16, 16]);
  expect(shape(35)).toEqual([0, 64, 16, 16]);
  expect(shape(51)).toEqual([64, 64, 64, 64]);
  expect(shape(52)).toEqual([128, 0, 64, 64]);
  expect(shape(59)).toEqual([64, 192, 64, 64]);
});

test('what was analysed is synthesised again, at odd and even sizes', () => {
  fc.assert(
    fc.property(side, side, fc.noShrink(fc.integer()), (width, height, seed) => {
      const data = Float32Array.from({ length: width * height }, (_, n) => 128 * Math.sin(seed + n * n));
      const plane = data.slice();
      const { splits } = subbandTree(width, height);
      analyse(plane, width, splits, FILTER_BANK);
      synthesise(plane, width, splits, FILTER_BANK);
      for (let n = 0; n < data.length; n++)
        if (Math.abs(plane[n]! - data[n]!) > 0.01) throw new Error(`${plane[n]} was ${data[n]} at ${n}`);
    }),
    { numRuns: 30 },
  );
});

test('frequencies rise to the right and downwards', () => {
  const size = 256;
  const { splits, subbands } = subbandTree(size, size);
  // Waves along x, each in the middle of one of the sixteen columns of subbands of the second level.
  for (const column of [1, 2, 3, 5, 6]) {
    const frequency = (Math.PI * (column + 0.5)) / 16;
    const data = Float32Array.from({ length: size * size }, (_, n) => Math.cos(frequency * (n % size)));
    analyse(data, size, splits, FILTER_BANK);
    const energies = subbands.map(({ x, y, width, height }) => {
      let energy = 0;
      for (let row = y; row < y + height; row++)
        for (let at = row * size + x; at < row * size + x + width; at++) energy += data[at]! ** 2;
      return energy;
    });
    const strongest = subbands[energies.indexOf(Math.max(...energies))]!;
    expect(strongest).toMatchObject({ x: (column * size) / 16, y: 0 });
  }
});
