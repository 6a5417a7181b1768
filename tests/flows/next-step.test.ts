import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chipFingers, nextStep, type Step } from '../../src/flows/next-step.ts';
import { recordingPolicy } from '../../src/flows/recording-policy.ts';
import { isExcepted } from '../../src/flows/session-view.ts';
import type { FingerPosition } from '../../src/rules/finger-position.ts';
import type { ExceptionSubject } from '../../src/rules/recording.ts';
import type { SessionFact } from '../../src/store/session-facts.ts';
import { Story } from './session-story.ts';

const policy = recordingPolicy.parse({});
const finger = (position: FingerPosition): ExceptionSubject => ({ kind: 'finger', position });
const ALL: readonly FingerPosition[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const sampleOf = () => ({ sample: randomUUID(), quality: 70 });
const minor = { nik: '1607121708090003', tanggalLahir: '17-08-2009', statusPerkawinan: 'BELUM KAWIN' };
const child = { nik: '1607121708150003', tanggalLahir: '17-08-2015', statusPerkawinan: 'BELUM KAWIN' };

/** The names of all steps until the session has ended. */
function walk(story: Story, person = {}): string[] {
  const names: string[] = [];
  for (let n = 0; n < 60; n++) {
    const step = story.advance(policy, person);
    if (step.do === 'nothing') return names;
    names.push(step.do === 'capture' ? step.step : step.do);
  }
  throw new Error(`no end: ${names.join(' ')}`);
}

describe('the order of work', () => {
  test('of somebody with all fingers', () => {
    expect(walk(new Story())).toEqual([
      'open',
      'identify',
      'acknowledge-notice',
      'look-up',
      'take-biodata',
      'confirm-biodata',
      'photo',
      'signature',
      'right-four',
      'left-four',
      'thumbs',
      'irises',
      'chip-fingers',
      'review',
      'check-identity',
      'prove',
      'issue-receipt',
      'seal',
      'end',
    ]);
  });

  test('a guardian signs for somebody under 18, also when only the biodata tells', () => {
    expect(walk(new Story(), minor)).toContain('sign-guardian');
    expect(walk(new Story(), { tanggalLahir: minor.tanggalLahir })).toContain('sign-guardian');
  });

  test('nobody under 16 is recorded, unless a second person allows it or they are married', () => {
    expect(new Story().until('stop', policy, child).step(policy)).toEqual({
      do: 'stop',
      rule: 'minimum-age',
    });
    expect(walk(new Story(), { ...child, statusPerkawinan: 'KAWIN' })).not.toContain('stop');
  });

  test('somebody recorded before is stopped, somebody whose enrolment failed is not', () => {
    const looked = (verdict: 'recorded' | 'may-record-again') =>
      new Story()
        .until('look-up', policy)
        .tell({ type: 'record-looked-up', sources: ['centre'], verdict, status: null })
        .step(policy);
    expect(looked('recorded')).toEqual({ do: 'stop', rule: 'recorded-before' });
    expect(looked('may-record-again')).toEqual({ do: 'take-biodata' });
  });

  test('a new text of the notice is acknowledged anew', () => {
    const story = new Story().until('review', policy);
    expect(story.step({ ...policy, noticeVersion: 2 })).toEqual({ do: 'acknowledge-notice' });
  });

  test('a correction is confirmed by the resident, and in the end by the finger of the operator', () => {
    const story = new Story().until('review', policy);
    story.tell({ type: 'biodata-corrected', field: 'pekerjaan', value: 'GURU' }, 'operator.a');
    expect(walk(story).slice(0, 4)).toEqual([
      'confirm-biodata',
      'review',
      'confirm-correction',
      'check-identity',
    ]);
  });

  test('biodata that was seen before its correction is not confirmed', () => {
    const story = new Story().until('confirm-biodata', policy);
    const { biodataSha256 } = story.view();
    story.tell({ type: 'biodata-corrected', field: 'pekerjaan', value: 'GURU' }, 'operator.a');
    story.tell({ type: 'biodata-confirmed', sha256: biodataSha256 ?? '' });
    expect(story.step(policy)).toEqual({ do: 'confirm-biodata' });
  });

  test('what was captured anew is reviewed and proved anew', () => {
    const story = new Story().until('seal', policy);
    const photo = story.view().kept.find(({ step }) => step === 'photo')?.sample ?? '';
    story.tell({ type: 'samples-dropped', samples: [photo], code: 'GUARD-REPLAY' });
    expect(walk(story).slice(0, 3)).toEqual(['photo', 'review', 'prove']);
  });

  test('a training session ends before the proof', () => {
    const story = new Story().tell({
      type: 'opened',
      reason: 'new',
      channel: 'assisted',
      training: true,
    });
    expect(walk(story).slice(-2)).toEqual(['check-identity', 'end']);
  });

  test('a capture whose device is lost waits for the others', () => {
    const story = new Story().until('capture', policy);
    expect(story.step(policy)).toMatchObject({ step: 'photo' });
    const lost = new Set(['photo', 'right-four', 'left-four', 'thumbs', 'chip-fingers'] as const);
    const step = () => nextStep(story.facts, policy, lost);
    expect(step()).toMatchObject({ step: 'signature' });
    story.tell({ type: 'samples-kept', step: 'signature', samples: [sampleOf()], tries: 1, discarded: 0 });
    expect(step()).toMatchObject({ step: 'irises' });
    const eyes = (['right', 'left'] as const).map((eye) => ({ ...sampleOf(), eye }));
    story.tell({ type: 'samples-kept', step: 'irises', samples: eyes, tries: 1, discarded: 0 });
    expect(step()).toMatchObject({ step: 'photo' });
  });
});

describe('exceptions', () => {
  test('a missing finger is not asked for, and its exception is settled before the review', () => {
    const story = new Story().until('capture', policy);
    const exception = story.except(finger(4));
    const names = walk(story);
    expect(names.slice(names.indexOf('chip-fingers'))).toContain('await-approval');
    expect(story.view().kept.filter(({ position }) => position === 4)).toEqual([]);
    expect(story.view().exceptions).toMatchObject([{ id: exception, approved: true }]);
  });

  test('a refused exception leaves the finger to be captured', () => {
    const story = new Story().until('capture', policy);
    story.settle(story.except(finger(4)), false);
    walk(story);
    expect(story.view().kept.filter(({ position }) => position === 4)).toHaveLength(1);
  });

  test('a missing index finger is replaced on the chip by the next of the policy', () => {
    const story = new Story().until('capture', policy);
    story.except(finger(2));
    expect(chipFingers(story.view(), policy)).toEqual([1, 7]);
    story.except(finger(1));
    expect(chipFingers(story.view(), policy)).toEqual([3, 7]);
    const lastFirst = recordingPolicy.parse({ chipSubstitutes: ['little'] });
    expect(chipFingers(story.view(), lastFirst)).toEqual([5, 7]);
  });

  test('a thumb print stands in for a signature that cannot be written', () => {
    const story = new Story().until('capture', policy);
    story.except({ kind: 'signature' }, 'cannot-sign');
    story.except(finger(1));
    story.advance(policy);
    expect(story.step(policy)).toEqual({ do: 'capture', step: 'signature', fingers: [6], eyes: [] });
  });

  test('a resident without fingers comes through to the packet', () => {
    const story = new Story().until('capture', policy);
    for (const position of ALL) story.except(finger(position));
    story.except({ kind: 'signature' }, 'cannot-sign');
    const names = walk(story);
    expect(names).not.toContain('right-four');
    expect(names.slice(-2)).toEqual(['seal', 'end']);
  });
});

type Twist = (story: Story) => void;
const position = fc.integer({ min: 1, max: 10 }) as fc.Arbitrary<FingerPosition>;
const subject: fc.Arbitrary<ExceptionSubject> = fc.oneof(
  position.map(finger),
  fc.constantFrom('left', 'right').map((eye): ExceptionSubject => ({ kind: 'iris', eye })),
  fc.constant<ExceptionSubject>({ kind: 'signature' }),
  fc.constant<ExceptionSubject>({ kind: 'photo-background' }),
);
/** What may happen at any moment, beside the step that is due. */
const twist: fc.Arbitrary<Twist> = fc.oneof(
  subject.map(
    (one): Twist =>
      (story) =>
        void story.except(one),
  ),
  fc.boolean().map(
    (approved): Twist =>
      (story) => {
        const open = story.view().exceptions.find((one) => one.approved === null);
        if (open) story.settle(open.id, approved);
      },
  ),
  fc.nat(20).map(
    (index): Twist =>
      (story) => {
        const dropped = story.view().kept[index];
        if (dropped)
          story.tell({ type: 'samples-dropped', samples: [dropped.sample], code: 'GUARD-FINGER-REPEATED' });
      },
  ),
  fc.constant<Twist>((story) => {
    if (story.view().biodata)
      story.tell({ type: 'biodata-corrected', field: 'pekerjaan', value: 'GURU' }, 'operator.a');
  }),
  // One subject of a step alone, as a single-finger sensor gives them.
  fc.nat(3).map(
    (index): Twist =>
      (story) => {
        const step = story.step(policy);
        const wanted = step.do === 'capture' ? step.fingers[index] : undefined;
        if (step.do !== 'capture' || wanted === undefined) return;
        const samples = [{ ...sampleOf(), position: wanted }];
        story.tell({ type: 'samples-kept', step: step.step, samples, tries: 1, discarded: 0 });
      },
  ),
);

describe('whatever happens', () => {
  test('nothing is sealed that is not complete, proved and of a person who was seen', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(25), fc.array(twist, { maxLength: 6 })), { maxLength: 5 }),
        (chapters) => {
          const story = new Story();
          for (const [steps, twists] of chapters) {
            for (let n = 0; n < steps && !['seal', 'end', 'nothing'].includes(story.step(policy).do); n++) {
              checkAsked(story, story.advance(policy));
            }
            if (!story.view().sealed) for (const happens of twists) happens(story);
          }
          story.until('seal', policy);
          const view = story.view();
          expect(view).toMatchObject({ reviewed: true, biodataConfirmed: true });
          expect(view.proof && view.identity && view.receipt).toBeTruthy();
          expect(view.exceptions.every(({ approved }) => approved !== null)).toBe(true);
          const hands = view.kept.filter(({ step }) => ['right-four', 'left-four', 'thumbs'].includes(step));
          for (const one of ALL) {
            const kept = hands.filter(({ position: of }) => of === one).length;
            expect(kept).toBeLessThanOrEqual(1);
            expect(kept === 1 || isExcepted(view, finger(one))).toBe(true);
          }
          expect(new Set(view.kept.map(({ sample }) => sample)).size).toBe(view.kept.length);
          expect(story.facts.filter(({ type }) => type === 'identified')).toHaveLength(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('any facts in any order have a next step, and the same one each time', () => {
    const facts = new Story().until('nothing', policy).facts;
    fc.assert(
      fc.property(fc.shuffledSubarray(facts), (some) => {
        const story = new Story();
        for (const { seq: _, at: __, by, ...fact } of some) story.tell(fact as SessionFact, by);
        expect(story.step(policy)).toEqual(story.step(policy));
      }),
    );
  });
});

/** Nobody is asked for a finger or an eye that an exception stands for, or that is there already. */
function checkAsked(story: Story, step: Step): void {
  if (step.do !== 'capture') return;
  const before = new Story();
  before.facts.push(...story.facts.slice(0, -1));
  for (const one of step.fingers) {
    expect(isExcepted(before.view(), finger(one))).toBe(false);
    expect(before.view().kept.some((kept) => kept.step === step.step && kept.position === one)).toBe(false);
  }
}
