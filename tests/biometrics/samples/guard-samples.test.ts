import { describe, expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { keepFinger } from '../../../src/biometrics/samples/finger-sample.ts';
import {
  irisHints,
  refuseOtherPeoplesSamples,
  refuseRepeatedSamples,
  refuseReplayedSample,
  refuseSwappedSamples,
} from '../../../src/biometrics/samples/guard-samples.ts';
import type { FingerPosition } from '../../../src/rules/finger-position.ts';
import { dislocations, drawnPrint } from '../prints.ts';

async function finger(position: FingerPosition, seed: number, turn = 0) {
  const image = drawnPrint({ dislocations: dislocations(seed), turn });
  return { position, ...(await keepFinger(image, extract(image).template, position, new Date())) };
}
const [index, thumb, indexAgain] = await Promise.all([finger(2, 1), finger(1, 3), finger(7, 1, 0.1)]);
const failure = (code: string) => ({ ok: false, failure: { code } });

describe('the guards over kept samples', () => {
  test('tell what they tell of prints', async () => {
    expect(refuseRepeatedSamples([index, thumb])).toMatchObject({ ok: true });
    expect(refuseRepeatedSamples([index, thumb, indexAgain])).toMatchObject(failure('GUARD-FINGER-REPEATED'));
    const known = { ...indexAgain, position: 2 as const };
    expect(refuseSwappedSamples([index], [known])).toEqual({ ok: true, value: 'as given' });
    expect(refuseSwappedSamples([indexAgain], [known])).toMatchObject(failure('GUARD-HANDS-SWAPPED'));
    const people = [
      { role: 'recent', fingers: [thumb] },
      { role: 'operator', fingers: [indexAgain] },
    ] as const;
    expect(refuseOtherPeoplesSamples([index], people)).toMatchObject(failure('GUARD-OPERATOR-FINGER'));
    expect(refuseOtherPeoplesSamples([index], people.slice(0, 1))).toMatchObject({ ok: true });
  });

  test('tell a stored image from another touch', async () => {
    expect(await refuseReplayedSample(index.record, [thumb.record, index.record])).toMatchObject(
      failure('GUARD-REPLAY'),
    );
    expect(await refuseReplayedSample(index.record, [thumb.record])).toMatchObject({ ok: true });
  });

  test('pass on what cannot be read', async () => {
    const torn = { ...index, template: index.template.slice(0, 20) };
    const unreadable = failure('FINGER-RECORD-INVALID');
    expect(refuseRepeatedSamples([index, torn])).toMatchObject(unreadable);
    expect(refuseSwappedSamples([torn], [index])).toMatchObject(unreadable);
    expect(refuseSwappedSamples([index], [torn])).toMatchObject(unreadable);
    expect(refuseOtherPeoplesSamples([index], [{ role: 'recent', fingers: [torn] }])).toMatchObject(
      unreadable,
    );
    const record = index.record.slice(0, 50);
    expect(await refuseReplayedSample(index.record, [record])).toMatchObject(
      failure('FINGER-IMAGE-RECORD-INVALID'),
    );
    expect(irisHints(new Uint8Array(3), [])).toMatchObject(failure('IRIS-CODE-INVALID'));
  });
});
