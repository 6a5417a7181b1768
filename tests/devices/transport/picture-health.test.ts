import { describe, expect, test } from 'vitest';
import { complaintAbout, isFlat, pictureHealth } from '../../../src/devices/transport/picture-health.ts';
import { drawScene, PLAIN_SCENE, type Scene } from '../../../src/virtual/people/photo-scene.ts';
import { Random } from '../../../src/virtual/people/random.ts';
import { residents } from '../../../src/virtual/people/residents.ts';

const scene: Scene = {
  ...PLAIN_SCENE,
  width: 640,
  height: 480,
  looks: residents[0]!.looks,
  background: '#2456a6',
};
const complaint = async (change: Partial<Scene>) =>
  complaintAbout(pictureHealth(await drawScene({ ...scene, ...change })))?.code;

describe("a camera's picture", () => {
  test('golden figures: a flat picture, and one bright pair of columns', () => {
    const flat = { width: 8, height: 8, data: new Uint8Array(64).fill(100) };
    expect(pictureHealth(flat)).toEqual({ brightness: 100, contrast: 0, sharpness: 0 });
    // Halved: 4 × 4 with its second column at 80. Laplacians of the inner four: −160 twice, 80 twice.
    const line = {
      width: 8,
      height: 8,
      data: Uint8Array.from({ length: 64 }, (_, i) => ((i % 8) >> 1 === 1 ? 80 : 0)),
    };
    const { brightness, contrast, sharpness } = pictureHealth(line);
    expect(brightness).toBe(20);
    expect(contrast).toBeCloseTo(Math.sqrt(1_200), 9);
    expect(sharpness).toBe(14_400);
  });

  test('of colours the green is looked at', () => {
    const data = Uint8Array.from({ length: 48 }, (_, i) => [10, 20, 30][i % 3]!);
    expect(pictureHealth({ width: 4, height: 4, data }).brightness).toBe(20);
  });

  test.each(residents.map(({ id, looks }) => [id, looks] as const))(
    'nothing to complain with %s before it',
    async (_id, looks) => {
      expect(complaintAbout(pictureHealth(await drawScene({ ...scene, looks })))).toBeUndefined();
    },
  );

  test('darkness, blinding light and a lens out of focus are told apart', async () => {
    expect(await complaint({ light: 0.05 })).toBe('CAMERA-DARK');
    expect(await complaint({ light: 5, background: '#ffffff', looks: null })).toBe('CAMERA-BLINDED');
    expect(await complaint({ blur: 8 })).toBe('CAMERA-UNSHARP');
    expect(await complaint({ blur: 1 })).toBeUndefined();
  });

  test("the sensor's noise does not pass for sharpness", async () => {
    const blurred = await drawScene({ ...scene, background: '#c4272e', blur: 8 });
    const noisy = (seed: string) => {
      const random = new Random(seed);
      return { ...blurred, data: blurred.data.map((level) => level + Math.round(3 * random.normal())) };
    };
    const [first, second] = [noisy('first'), noisy('second')];
    expect(complaintAbout(pictureHealth(first))).toBeUndefined();
    expect(complaintAbout(pictureHealth(first, second))?.code).toBe('CAMERA-UNSHARP');
  });

  test('a bare wall tells nothing of the focus', async () => {
    expect(await complaint({ looks: null, blur: 8 })).toBeUndefined();
  });

  test('only what is flat may repeat itself', async () => {
    expect(isFlat(pictureHealth(await drawScene({ ...scene, light: 0.02 })))).toBe(true);
    expect(isFlat(pictureHealth(await drawScene(scene)))).toBe(false);
  });
});
