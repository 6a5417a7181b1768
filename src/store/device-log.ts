/**
 * What the kiosk has seen of its devices: uses and failures counted by day, when each last passed its test, and which
 * cards which readers could read. Counts, not acts: no audit entry goes with them.
 */
import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { IDENTIFIER } from '../rules/identifier.ts';
import type { Calendar } from './calendar.ts';

const word = z.string().regex(IDENTIFIER);
/** `captured`; `authenticated`, of a chip and the SAM; or the code of a failure. */
const outcome = z.string().regex(/^(captured|authenticated|[A-Z][A-Z0-9-]{2,63})$/);
const identity = z.string().max(200);

export const deviceUse = z.strictObject({ device: word, outcome });
export type DeviceUse = z.infer<typeof deviceUse>;

export interface DeviceCount extends DeviceUse {
  /** YYYY-MM-DD, on the kiosk's calendar. */
  readonly day: string;
  readonly count: number;
}

export const deviceSeen = z.strictObject({
  device: word,
  identity,
  /** Degrees Celsius. */
  temperature: z.number().min(-100).max(300).nullable(),
});
export type DeviceSeen = z.infer<typeof deviceSeen>;

export const cardOutcome = z.strictObject({
  reader: word,
  /** What the reader says it is, with its firmware. */
  firmware: identity,
  /** null: no reader could tell. */
  cardType: z.enum(['A', 'B']).nullable(),
  cardGeneration: z.enum(['old', 'new']).nullable(),
  /** `readable`, or the code of why not. */
  outcome: z.string().regex(/^(readable|[A-Z][A-Z0-9-]{2,63})$/),
});
export type CardOutcome = z.infer<typeof cardOutcome>;
export type CardCount = CardOutcome & { readonly count: number };

/** Of one capture: `finger-2`, `iris-left`, `photo`; good enough to be kept, or not. */
export const captureJudged = z.strictObject({ device: word, subject: word, good: z.boolean() });
export type CaptureJudged = z.infer<typeof captureJudged>;

export interface JudgedCount {
  /** YYYY-MM-DD, on the kiosk's calendar. */
  readonly day: string;
  readonly device: string;
  readonly subject: string;
  readonly good: number;
  readonly poor: number;
}

export interface DeviceLog {
  /** Errors, here and below: STORE-ENTRY-REFUSED. */
  count(at: string, use: DeviceUse): Result;
  counts(): Result<DeviceCount[]>;
  judge(at: string, judged: CaptureJudged): Result;
  /** By day, device and what was captured: one finger that is often poor is a person's, all of them are the sensor's. */
  judgements(): Result<JudgedCount[]>;
  /** It passed its test. */
  seen(at: string, seen: DeviceSeen): Result;
  lastSeen(): Result<(DeviceSeen & { readonly at: string })[]>;
  countCard(card: CardOutcome): Result;
  /** Cards × readers × firmware. */
  cards(): Result<CardCount[]>;
}

export function deviceLog(database: Database.Database, dayOf: Calendar): DeviceLog {
  const addUse = database.prepare(
    `INSERT INTO device_uses (day, device, outcome, count) VALUES (?, ?, ?, 1)
     ON CONFLICT (day, device, outcome) DO UPDATE SET count = count + 1`,
  );
  const listUses = database.prepare<[], DeviceCount>(
    'SELECT day, device, outcome, count FROM device_uses ORDER BY day, device, outcome',
  );
  const addJudged = database.prepare(
    `INSERT INTO capture_counts (day, device, subject, kept, discarded) VALUES (@day, @device, @subject, @good, @poor)
     ON CONFLICT (day, device, subject) DO UPDATE SET kept = kept + @good, discarded = discarded + @poor`,
  );
  const listJudged = database.prepare<[], JudgedCount>(
    `SELECT day, device, subject, kept AS good, discarded AS poor FROM capture_counts ORDER BY day, device, subject`,
  );
  const upsertSeen = database.prepare(
    `INSERT INTO devices_seen (device, identity, temperature, at) VALUES (@device, @identity, @temperature, @at)
     ON CONFLICT (device) DO UPDATE SET identity = @identity, temperature = @temperature, at = @at`,
  );
  const listSeen = database.prepare<[], DeviceSeen & { at: string }>(
    'SELECT device, identity, temperature, at FROM devices_seen ORDER BY device',
  );
  // What no reader could tell is kept as an empty text: NULLs would never meet each other in a key.
  const addCard = database.prepare(
    `INSERT INTO card_outcomes (reader, firmware, card_type, card_generation, outcome, count)
     VALUES (@reader, @firmware, ifnull(@cardType, ''), ifnull(@cardGeneration, ''), @outcome, 1)
     ON CONFLICT DO UPDATE SET count = count + 1`,
  );
  const listCards = database.prepare<[], CardCount>(
    `SELECT reader, firmware, nullif(card_type, '') AS cardType, nullif(card_generation, '') AS cardGeneration,
            outcome, count
     FROM card_outcomes ORDER BY reader, firmware, card_type, card_generation, outcome`,
  );
  const checked = <T>(schema: z.ZodType<T>, what: string, value: T, write: () => unknown): Result => {
    if (!schema.safeParse(value).success) return fail('STORE-ENTRY-REFUSED', what);
    write();
    return ok();
  };

  return {
    count: (at, use) =>
      checked(deviceUse, 'device use', use, () => addUse.run(dayOf(at), use.device, use.outcome)),
    counts: () => ok(listUses.all()),
    judge: (at, judged) =>
      checked(captureJudged, 'capture judged', judged, () => {
        const { device, subject, good } = judged;
        addJudged.run({ day: dayOf(at), device, subject, good: good ? 1 : 0, poor: good ? 0 : 1 });
      }),
    judgements: () => ok(listJudged.all()),
    seen: (at, seen) => checked(deviceSeen, 'device seen', seen, () => upsertSeen.run({ ...seen, at })),
    lastSeen: () => ok(listSeen.all()),
    countCard: (card) => checked(cardOutcome, 'card outcome', card, () => addCard.run(card)),
    cards: () => ok(listCards.all()),
  };
}
