import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { extract } from '../../src/biometrics/fingerprint/extract.ts';
import { FOREIGN } from '../../src/biometrics/fingerprint/thresholds.ts';
import { matchHolder } from '../../src/flows/finger-check.ts';
import { deskPolicy } from '../../src/flows/settings.ts';
import { drawnPrint } from '../biometrics/prints.ts';
import { type DeskBench, openDeskBench, value } from './fixture.ts';

let bench: DeskBench;
beforeEach(async () => {
  bench = await openDeskBench();
});
afterEach(() => bench.close());

/** A clear print against itself on a chip, whose template may tell its maker. */
async function verdict(thresholds: Record<string, number>, maker?: string) {
  const probe = extract(drawnPrint());
  const { ridges: _, ...record } = probe.template;
  const caseId = bench.parts.caseFiles.open();
  const file = bench.parts.caseFiles.get(caseId)!;
  file.probe = probe;
  file.templates = [{ ...record, position: 2, ...(maker && { maker }) }];
  const policy = deskPolicy.parse({ fingerprint: { thresholds } });
  return value(await matchHolder({ ...bench.parts, policy }, caseId));
}

describe('the threshold of a finger on the chip', () => {
  test('is its maker’s, else that of unknown makers, else the engine’s', async () => {
    const thresholds = { unknown: 90, 'device:0a1': 1e6, 'vendor:001b': 55 };
    expect(await verdict(thresholds, 'device:0a1')).toMatchObject({ threshold: 1e6, match: false });
    expect(await verdict(thresholds, 'vendor:001b')).toMatchObject({ threshold: 55, match: true });
    expect(await verdict(thresholds, 'device:0a2')).toMatchObject({ threshold: 90, match: true });
    expect(await verdict(thresholds)).toMatchObject({ threshold: 90 });
    expect(await verdict({})).toMatchObject({ threshold: FOREIGN.far1in10000, match: true });
  });

  test('a maker that no record can tell, or a threshold that all reach, is no policy', () => {
    for (const thresholds of [{ secugen: 55 }, { 'device:A1': 55 }, { unknown: 0 }])
      expect(deskPolicy.safeParse({ fingerprint: { thresholds } }).success).toBe(false);
  });
});
