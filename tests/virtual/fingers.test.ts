import { describe, expect, test } from 'vitest';
import { extract } from '../../src/biometrics/fingerprint/extract.ts';
import { match, prepare } from '../../src/biometrics/fingerprint/match.ts';
import { GOOD } from '../../src/biometrics/fingerprint/quality.ts';
import { OWN } from '../../src/biometrics/fingerprint/thresholds.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import { Fingers } from '../../src/virtual/fingers.ts';
import type { Mishap } from '../../src/virtual/people/mishaps.ts';
import type { Person } from '../../src/virtual/people/people.ts';

/** Without the fingers on a chip, which take longer to make. */
const endah = { id: 'endah', fingers: [] as Person['fingers'] } as Person;
const fingers = new Fingers([endah]);

async function touch(id: string, impression: number): Promise<GrayImage> {
  const image = await fingers.image(id, impression);
  if (!image.ok) throw new Error(image.failure.detail);
  return image.value;
}
const shown = (print: GrayImage, mishap?: Mishap) => {
  const seen = fingers.seen(print, mishap);
  if (!seen.ok) throw new Error(seen.failure.detail);
  return extract(seen.value);
};
const score = (a: GrayImage, b: GrayImage) =>
  match(prepare(extract(a).template), prepare(extract(b).template));

test('any finger, pressed as often as one likes: its touches are alike, other fingers are not', async () => {
  const [first, second, other] = [
    await touch('endah-3', 1),
    await touch('endah-3', 2),
    await touch('endah-4', 1),
  ];
  expect(await touch('endah-3', 1)).toBe(first);
  expect(score(first, second)).toBeGreaterThan(OWN.far1in10000);
  expect(score(first, other)).toBeLessThan(OWN.far1in1000);
  for (const id of ['endah-11', 'endah-0', 'endah', 'nobody-2'])
    expect(await fingers.image(id, 1)).toMatchObject({ failure: { code: 'BENCH-COMMAND-INVALID' } });
});

describe('what goes wrong', () => {
  test('needs a print of before where it is about that', async () => {
    const fresh = new Fingers([endah]);
    expect(fresh.seen(await touch('endah-3', 1), 'left-behind')).toMatchObject({ ok: false });
  });

  test('is seen for what it is', async () => {
    const [print, other] = [await touch('endah-3', 1), await touch('endah-4', 1)];
    expect(shown(other).template.quality).toBeGreaterThanOrEqual(GOOD);
    expect(shown(print, 'left-behind').reasons).toContain('FINGER-GLASS-DIRTY');
    expect(shown(print, 'moved').reasons).toContain('FINGER-MOVED');
    // A faint print under a clear one darkens it, and does not spoil it.
    const both = fingers.seen(print, 'dirty-glass');
    if (!both.ok) throw new Error(both.failure.detail);
    const darkness = ({ data }: GrayImage) => data.reduce((sum, grey) => sum + 255 - grey, 0);
    expect(darkness(both.value)).toBeGreaterThan(darkness(print) * 1.05);
    expect(extract(both.value).template.quality).toBeGreaterThanOrEqual(GOOD);
  });
});
