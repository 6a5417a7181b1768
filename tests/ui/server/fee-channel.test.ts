import { expect, it } from 'vitest';
import { ok } from '../../../src/failures/failure.ts';
import type { FeeReport } from '../../../src/rules/fee-report.ts';
import { createFeeChannel } from '../../../src/ui/server/fee-channel.ts';

const wish = {
  type: 'report-fee',
  stage: 'collection',
  amount: 'up-to-20',
  asker: 'officer',
  words: '',
} as const;

it('passes on what was told, and nothing of a wish', async () => {
  const kept: FeeReport[] = [];
  const channel = createFeeChannel(async (report) => {
    kept.push(report);
    return ok();
  });
  expect(await channel.report(wish)).toEqual({ ok: true });
  const { type: _, ...told } = wish;
  expect(kept).toEqual([told]);
});

it('is no way to fill the disk: twenty at once, then one a minute', async () => {
  let now = 0;
  let kept = 0;
  const channel = createFeeChannel(
    async () => {
      kept += 1;
      return ok();
    },
    () => now,
  );
  for (let sent = 0; sent < 100; sent += 1) await channel.report(wish);
  expect(kept).toBe(20);
  expect(await channel.report(wish)).toMatchObject({ failure: { code: 'UI-TOO-FAST' } });
  now += 61_000;
  await channel.report(wish);
  await channel.report(wish);
  expect(kept).toBe(21);
});
