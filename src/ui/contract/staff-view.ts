/** The staff's screen: operators, supervisors and technicians, each after a login of their own, each with their part. */
import { z } from 'zod';
import type { DayReport } from '../../rules/day-report.ts';
import { type FingerPosition, isFingerPosition } from '../../rules/finger-position.ts';
import { EXCEPTION_TYPES, EYES } from '../../rules/recording.ts';
import { benchStatus } from './bench.ts';
import { failureView } from './failure-view.ts';
import { residentView } from './resident-view.ts';
import { memberView } from './staff-list.ts';

const position = z.custom<FingerPosition>((code) => typeof code === 'number' && isFingerPosition(code));
const eye = z.enum(EYES);

export const exceptionSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('finger'), position }),
  z.strictObject({ kind: z.literal('iris'), eye }),
  z.strictObject({ kind: z.literal('signature') }),
  z.strictObject({ kind: z.literal('photo-background') }),
]);

const exceptionView = z.strictObject({
  id: z.string(),
  subject: exceptionSubject,
  kind: z.enum(EXCEPTION_TYPES),
  reason: z.string(),
  approved: z.boolean().nullable(),
});

const approvalView = z.discriminatedUnion('of', [
  z.strictObject({
    of: z.literal('exception'),
    exception: exceptionView,
    photo: z.string(),
    by: z.string(),
    /** Whoever is signed in here may decide it: never their own. */
    mine: z.boolean(),
  }),
  z.strictObject({
    of: z.literal('override'),
    rule: z.enum(['recorded-before', 'finger-guard', 'minimum-age']),
    reason: z.string(),
    by: z.string(),
    mine: z.boolean(),
  }),
]);
export type ApprovalView = z.infer<typeof approvalView>;

const role = z.enum(['operator', 'desk', 'supervisor', 'technician']);

const deviceView = z.strictObject({
  id: z.string(),
  kind: z.string(),
  driver: z.string(),
  state: z.enum([
    'connecting',
    'self-testing',
    'ready',
    'busy',
    'degraded',
    'lost',
    'backing-off',
    'power-cycling',
    'disabled',
  ]),
  failure: failureView.nullable(),
  identity: z.string().nullable(),
  temperature: z.number().nullable(),
});

export type DeviceView = z.infer<typeof deviceView>;

/** What the person at the screen sees, and what only the staff may know beside it. */
const staffSession = z.strictObject({
  seen: residentView.shape.session.unwrap(),
  nik: z.string().nullable(),
  onRoster: z.boolean().nullable(),
  operator: z.string().nullable(),
  captured: z.array(
    z.strictObject({
      position: position.nullable(),
      eye: eye.nullable(),
      state: z.enum(['to-do', 'asked', 'kept', 'excepted']),
      quality: z.number().nullable(),
      sample: z.string().nullable(),
    }),
  ),
  exceptions: z.array(exceptionView),
  notes: z.array(failureView),
});
export type StaffSessionView = z.infer<typeof staffSession>;

const foundPerson = z.strictObject({
  nik: z.string(),
  name: z.string(),
  birthDate: z.string(),
  village: z.string(),
});

const count = z.int();
const dayReport: z.ZodType<DayReport> = z.strictObject({
  day: z.string(),
  villages: z.array(
    z.strictObject({
      village: z.string(),
      recorded: count,
      unfinished: count,
      failed: z.array(z.strictObject({ how: z.string().nullable(), sessions: count })),
      reasons: z.array(z.strictObject({ reason: z.string(), recorded: count })),
    }),
  ),
  unidentified: count,
  coverage: z.array(z.strictObject({ village: z.string(), mustHold: count, recorded: count })),
  service: z.strictObject({ medianSeconds: z.number(), p90Seconds: z.number() }).nullable(),
  devices: z.array(
    z.strictObject({
      device: z.string(),
      captured: count,
      faults: z.array(z.strictObject({ code: z.string(), count })),
      judged: z.array(z.strictObject({ subject: z.string(), good: count, poor: count })),
    }),
  ),
  exceptions: z.array(
    z.strictObject({
      recorder: z.string(),
      approver: z.string(),
      kind: z.string(),
      approved: count,
      refused: count,
    }),
  ),
  cards: z.array(z.strictObject({ village: z.string(), arrived: count, handedOver: count, inSafe: count })),
  operators: z.array(
    z.strictObject({
      operator: z.string(),
      sessions: count,
      recorded: count,
      seconds: z.number(),
      excepted: count,
    }),
  ),
  satisfaction: z.number().nullable(),
  fees: z.array(z.strictObject({ month: z.string(), count: count.nullable() })),
  closed: z
    .strictObject({ reviewedBy: z.string(), approvedBy: z.string(), code: z.string().nullable() })
    .nullable(),
});

const amount = z.int();
/** The end of a day, for whoever may review or approve it. */
const closingView = z.strictObject({
  day: z.string(),
  step: z.enum(['counting', 'uncounted', 'reviewing', 'approving', 'saving', 'closed']),
  counts: z
    .strictObject({
      opened: amount,
      sealed: amount,
      unsealed: amount,
      unfinished: amount,
      exceptions: amount,
      packets: amount,
      samAuthentications: amount,
      handedOver: amount,
      inSafe: amount,
      audited: z.strictObject({
        opened: amount,
        sealed: amount,
        exceptions: amount,
        reads: amount,
        handedOver: amount,
      }),
    })
    .nullable(),
  /** Without the person in them: when they began, and how far they came. */
  leftovers: z.array(
    z.strictObject({ openedAt: z.string(), reached: z.enum(['opened', 'identified', 'proved', 'sealed']) }),
  ),
  failure: failureView.nullable(),
  reviewedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
});
export type ClosingView = z.infer<typeof closingView>;

const alarmView = z.strictObject({
  failure: failureView,
  staff: z.string().nullable(),
  rate: z.strictObject({ of: amount, among: amount }).nullable(),
});
export type AlarmView = z.infer<typeof alarmView>;

export const staffView = z.strictObject({
  screen: z.literal('staff'),
  /** Who signed in at this screen; null: nobody, and then nothing else is told. */
  me: z
    .strictObject({
      id: z.string(),
      name: z.string(),
      role,
      /** Pictures are fetched with it; it ends with the login. */
      ticket: z.string(),
    })
    .nullable(),
  /** Beside the PIN, while it is waited for; “logout” leaves it. null: nothing is. */
  awaited: z
    .discriminatedUnion('factor', [
      z.strictObject({ factor: z.literal('card'), reader: z.string() }),
      z.strictObject({ factor: z.literal('finger'), fingers: z.array(position) }),
    ])
    .nullable(),
  kiosk: z
    .strictObject({
      state: residentView.shape.kiosk.shape.state,
      hours: residentView.shape.kiosk.shape.hours,
      pauseReason: z.string().nullable(),
      faults: z.array(z.strictObject({ device: z.string(), failure: failureView })),
    })
    .nullable(),
  queue: z.strictObject({
    called: z.int().nullable(),
    serving: z.int().nullable(),
    minutesEach: z.number().nullable(),
    waiting: z.array(
      z.strictObject({
        number: z.int(),
        priority: z.string().nullable(),
        waitMinutes: z.int(),
        missed: z.int(),
      }),
    ),
  }),
  session: staffSession.nullable(),
  approvals: z.array(approvalView),
  colleagues: z.array(z.strictObject({ id: z.string(), role, sessions: z.int(), tired: z.boolean() })),
  devices: z.array(deviceView),
  /** Answer to the last look-up at this screen. */
  found: z.array(foundPerson).nullable(),
  /** Answer to the last question for a report at this screen. */
  report: dayReport.nullable(),
  /** The list of staff, for a supervisor who asked to see it. */
  members: z.array(memberView).nullable(),
  /** null: none is reviewed, and today is not closed; also for whom it does not concern. */
  closing: closingView.nullable(),
  /** For supervisors: what they should look into. */
  alarms: z.array(alarmView),
  can: z.array(z.string()),
  bench: benchStatus.nullable(),
});
export type StaffView = z.infer<typeof staffView>;
