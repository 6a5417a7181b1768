/** What operators, supervisors and technicians may ask for; flows/session-events.ts tells what each means. */
import { z } from 'zod';
import { EXCEPTION_TYPES } from '../../rules/recording.ts';
import { biodataView } from './desk-view.ts';
import { staffListIntents } from './staff-list.ts';
import { exceptionSubject } from './staff-view.ts';

const bare = <T extends string>(type: T) => z.strictObject({ type: z.literal(type) });
const rule = z.enum(['recorded-before', 'finger-guard', 'minimum-age']);
const reason = z.string().min(3).max(200);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const staffId = z.string().min(1).max(64);
const pin = z.string().min(4).max(12);
const deviceId = z.string().min(1).max(64);

/** Of the screen itself. */
export const screenIntents = [
  z.strictObject({ type: z.literal('login'), id: staffId, pin }),
  bare('logout'),
  z.strictObject({
    type: z.literal('look-up'),
    name: z.string().min(2).max(60),
    birthDate: day,
  }),
  z.strictObject({ type: z.literal('report'), day }),
  z.strictObject({ type: z.literal('restart-device'), device: deviceId }),
  z.strictObject({ type: z.literal('disable-device'), device: deviceId }),
  z.strictObject({ type: z.literal('enable-device'), device: deviceId }),
  ...staffListIntents,
] as const;

/** For the station. */
export const stationIntents = [
  bare('take-over'),
  bare('hand-back'),
  z.strictObject({ type: z.literal('identify'), nik: z.string().regex(/^\d{16}$/) }),
  bare('ask-guardian'),
  z.strictObject({ type: z.literal('enter-biodata'), biodata: biodataView }),
  z.strictObject({
    type: z.literal('correct-biodata'),
    field: biodataView.keyof(),
    value: z.string().max(120),
  }),
  z.strictObject({
    type: z.literal('record-exception'),
    subject: exceptionSubject,
    kind: z.enum(EXCEPTION_TYPES),
    reason,
  }),
  z.strictObject({ type: z.literal('ask-override'), rule, reason }),
  z.strictObject({ type: z.literal('check-identity'), means: z.enum(['family-card', 'itap', 'witness']) }),
  bare('scan-more'),
  bare('scans-complete'),
  bare('confirm-correction'),
  bare('refuse'),
  bare('call-next'),
  z.strictObject({ type: z.literal('call-number'), number: z.int().min(1) }),
  z.strictObject({ type: z.literal('mark-missed'), number: z.int().min(1) }),
  z.strictObject({
    type: z.literal('give-number'),
    priority: z.enum(['elderly', 'disabled', 'pregnant', 'nursing']).nullable(),
  }),
  bare('open-kiosk'),
  bare('close-kiosk'),
  z.strictObject({ type: z.literal('pause-kiosk'), reason }),
  bare('resume-kiosk'),
  bare('self-test'),
  z.strictObject({ type: z.literal('settle-exception'), exception: z.string(), approved: z.boolean() }),
  z.strictObject({ type: z.literal('settle-override'), rule }),
  z.strictObject({ type: z.literal('refuse-override'), rule }),
  z.strictObject({ type: z.literal('confirm-date'), date: day }),
  bare('reset-tamper'),
  z.strictObject({ type: z.literal('begin-closing'), day }),
  bare('review-day'),
  bare('approve-day'),
  bare('cancel-closing'),
] as const;

export const screenIntent = z.discriminatedUnion('type', [...screenIntents]);
export type ScreenIntent = z.infer<typeof screenIntent>;
