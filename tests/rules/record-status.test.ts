import { describe, expect, it } from 'vitest';
import {
  isRecordStatus,
  isStuck,
  mayRecord,
  meaningOf,
  nextStepForAnybody,
  RECORD_STATUSES,
} from '../../src/rules/record-status.ts';

describe('the statuses of a record', () => {
  it.each(RECORD_STATUSES)('%s has a sentence and a next step in both languages', (status) => {
    const { means, nextStep } = meaningOf(status);
    for (const text of [means.id, means.en, nextStep.id, nextStep.en]) expect(text).toMatch(/^[A-Z].*\.$/);
  });

  it('tell of no failure, suspicion or other recording to whoever knows no more than a NIK', () => {
    const quiet = RECORD_STATUSES.filter(
      (status) => nextStepForAnybody(status) !== meaningOf(status).nextStep,
    );
    expect(quiet.toSorted()).toEqual([
      'ADJUDICATE_RECORD',
      'DUPLICATE_RECORD',
      'ENROLL_FAILURE_AT_CENTRAL',
      'ENROLL_FAILURE_AT_REGIONAL',
    ]);
    expect(new Set(quiet.map(nextStepForAnybody)).size).toBe(1);
  });

  it('all come from the first, and each but the last leads on', () => {
    const reached = new Set<string>(['UNREGISTERED']);
    for (const status of reached) {
      if (isRecordStatus(status)) for (const next of meaningOf(status).next) reached.add(next);
    }
    expect([...reached].toSorted()).toEqual(RECORD_STATUSES.toSorted());
    const ends = RECORD_STATUSES.filter((status) => meaningOf(status).next.length === 0);
    expect(ends).toEqual(['CARD_ISSUED']);
  });

  it('allow a recording to who has none, and again to whom the centre asks', () => {
    const byVerdict = Object.groupBy(RECORD_STATUSES, mayRecord);
    expect(byVerdict['may-record']).toEqual(['UNREGISTERED']);
    expect(byVerdict['may-record-again']).toEqual([
      'ENROLL_FAILURE_AT_CENTRAL',
      'ENROLL_FAILURE_AT_REGIONAL',
    ]);
  });

  it('count as stuck a day after their age, and never where nobody waits', () => {
    expect(isStuck('RECEIVED_AT_CENTRAL', 14)).toBe(false);
    expect(isStuck('RECEIVED_AT_CENTRAL', 15)).toBe(true);
    expect(isStuck('CARD_ISSUED', 10_000)).toBe(false);
    expect(isStuck('UNREGISTERED', 10_000)).toBe(false);
  });

  it('are told from other words', () => {
    expect(isRecordStatus('toString')).toBe(false);
    expect(isRecordStatus('SFE')).toBe(false);
  });
});
