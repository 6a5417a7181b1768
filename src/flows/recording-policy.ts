/**
 * The policy of the recording: qualities, tries, patience, hours, rights and retention. The figures are this project's
 * proposals where domain.md or biometrics.md name none; a deployer changes them in the configuration.
 */
import { z } from 'zod';
import type { FingerPosition } from '../rules/finger-position.ts';
import { QUEUE_PRIORITIES } from './queue-status.ts';
import { OVERRIDABLE_RULES } from './session-status.ts';

const seconds = z.number().positive().max(3600);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');
const hours = z
  .strictObject({ from: time, to: time })
  .refine(({ from, to }) => from < to, 'from before to')
  .nullable();
const staffRole = z.enum(['operator', 'supervisor']);

/** The fingers of a hand, as the policy names them whichever hand it is. */
const fingerOfHand = z.enum(['thumb', 'middle', 'ring', 'little']);
type FingerOfHand = z.infer<typeof fingerOfHand>;

/** How long a person is waited for before the best so far is taken, or nothing, s; and how often. */
const patient = (most: number, rounds: number) =>
  z
    .strictObject({ patience: seconds.default(most), rounds: z.int().min(1).max(10).default(rounds) })
    .prefault({});

export const recordingPolicy = z
  .strictObject({
    /** Of the notice's text; a resident acknowledges this one. */
    noticeVersion: z.int().min(1).default(1),
    age: z
      .strictObject({
        /** Recorded from this age on; the card comes at 17. Somebody married is recorded at any age. */
        least: z.int().min(0).max(17).default(16),
        /** Below it a guardian signs (UU PDP 27/2022 art. 25). */
        guardian: z.int().min(0).max(21).default(18),
      })
      .prefault({}),
    /** Qualities and tries within a round are the capture room's (capture/settings.ts). */
    capture: z
      .strictObject({
        photo: patient(60, 2),
        signature: patient(90, 3),
        finger: patient(30, 2),
        iris: patient(45, 2),
        document: patient(60, 3),
        /** The patient mode: so many times the patience. */
        patientFactor: z.number().min(1).max(5).default(2),
      })
      .prefault({}),
    /** Which finger stands in on the chip for a missing index finger of the same hand, in this order. */
    chipSubstitutes: z.array(fingerOfHand).max(4).default(['thumb', 'middle', 'ring']),
    guards: z
      .strictObject({
        /** Sessions before this one whose fingers are compared. */
        recentSessions: z.int().min(0).max(50).default(20),
        /** Tries of the operator's own finger. */
        operatorTries: z.int().min(1).max(5).default(3),
      })
      .prefault({}),
    patience: z
      .strictObject({
        /** Nobody touches anything before the warning, s. WCAG 2.2.1 and VVSG: 2–5 minutes. */
        idle: z.number().min(20).max(3600).default(150),
        /** From the warning to the end of the session, s. */
        warning: z.number().min(10).max(120).default(30),
        /** How old an unfinished session may be and still be resumed after a restart, s. Else it is wiped. */
        resume: z.number().min(0).max(86_400).default(900),
        /** So many times in a row, without anything new in it, a session is taken up after a crash; then it is wiped. */
        resumes: z.int().min(1).max(20).default(3),
        /** The receipt stays on the screen, s. */
        receipt: seconds.default(60),
        /** What a card or a record was found to be stays on the screen, s. */
        answer: seconds.default(60),
        /** An unanswered survey, s. */
        survey: seconds.default(30),
      })
      .prefault({}),
    hours: z
      .strictObject({
        monday: hours,
        tuesday: hours,
        wednesday: hours,
        thursday: hours,
        friday: hours,
        saturday: hours,
        sunday: hours,
      })
      .default({
        monday: { from: '07:30', to: '17:00' },
        tuesday: { from: '07:30', to: '17:00' },
        wednesday: { from: '07:30', to: '17:00' },
        thursday: { from: '07:30', to: '17:00' },
        friday: { from: '07:30', to: '17:00' },
        saturday: { from: '07:30', to: '17:00' },
        sunday: null,
      }),
    /** IANA name of the place's time zone: opening hours and days are local. */
    timeZone: z.string().default('Asia/Jakarta'),
    overrides: z
      .strictObject({
        /** Rules that may be lifted for a session at all. */
        rules: z.array(z.enum(OVERRIDABLE_RULES)).default([...OVERRIDABLE_RULES]),
        /** Who may approve what somebody else recorded or asked for. */
        approvers: z.array(staffRole).min(1).default(['supervisor']),
      })
      .prefault({}),
    queue: z
      .strictObject({
        /** Who goes before the others. */
        priorities: z.array(z.enum(QUEUE_PRIORITIES)).default([...QUEUE_PRIORITIES]),
        /** Of a priority in a row before somebody else is called, so that nobody waits for ever. */
        inARow: z.int().min(1).max(10).default(2),
        /** Until the first session of a day tells better, minutes. */
        minutesEach: z.number().positive().max(60).default(5),
        /** Called and not there, so many times, then the number is void. */
        missedMost: z.int().min(1).max(5).default(2),
      })
      .prefault({}),
    /** When a pause is suggested to somebody (flows/fatigue.ts). */
    fatigue: z
      .strictObject({
        /** Sessions at the beginning and at the end of the work that are compared. */
        window: z.int().min(2).max(20).default(5),
        /** So many times as long as at the beginning, in the middle of the window. */
        lengthening: z.number().min(1).max(5).default(1.6),
        /** Share of captures that is thrown away: as least that, and so many times that of the beginning. */
        errors: z
          .strictObject({
            least: z.number().min(0).max(1).default(0.3),
            growth: z.number().min(1).max(10).default(2),
          })
          .prefault({}),
      })
      .prefault({}),
    alarms: z
      .strictObject({
        exceptions: z
          .strictObject({
            /** Days that are looked at, today among them. */
            days: z.int().min(1).max(31).default(7),
            /** Fewer exceptions than that say nothing. */
            least: z.int().min(1).max(1000).default(5),
            /** Exceptions a session, above which it is told. */
            rate: z.number().min(0).max(10).default(0.1),
          })
          .prefault({}),
      })
      .prefault({}),
    /** Days that samples stay after the centre's receipt. */
    retentionDays: z.int().min(0).max(90).default(7),
  })
  .prefault({});

export type RecordingPolicy = z.infer<typeof recordingPolicy>;

const places: Readonly<Record<FingerOfHand, readonly [right: FingerPosition, left: FingerPosition]>> = {
  thumb: [1, 6],
  middle: [3, 8],
  ring: [4, 9],
  little: [5, 10],
};

/** The substitutes of a hand, in the order of the policy. */
export function substitutesOf(policy: RecordingPolicy, hand: 'right' | 'left'): readonly FingerPosition[] {
  return policy.chipSubstitutes.map((finger) => places[finger][hand === 'right' ? 0 : 1]);
}
