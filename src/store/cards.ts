/** Finished cards: which came, which lie in the safe, which were handed over to whom and by what proof. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { daysBetween } from '../rules/age.ts';
import type { BiodataField } from '../rules/biodata.ts';
import { day } from './audit-fields.ts';
import type { AuditLog } from './audit-log.ts';
import type { Calendar } from './calendar.ts';
import { canonicalJson } from './canonical-json.ts';
import { maskNik } from './masked-nik.ts';
import type { OutboxTable } from './outbox.ts';
import { name, nik } from './person-fields.ts';
import type { HAND_OVER_MEANS, HAND_OVER_OUTCOMES } from './service-events.ts';

export const shipment = z.strictObject({
  id: z.string().min(1).max(64),
  arrivedOn: day,
  cards: z
    .array(
      z.strictObject({
        nik,
        name,
        village: z.string().min(1).max(60),
      }),
    )
    .max(10_000),
});
export type Shipment = z.infer<typeof shipment>;

/** A card in the safe. */
export interface WaitingCard {
  readonly nik: string;
  readonly name: string;
  readonly village: string;
  /** YYYY-MM-DD. */
  readonly arrivedOn: string;
}

export interface HandOver {
  /** UUID in lower case, of this attempt. */
  readonly id: string;
  readonly nik: string;
  /** UID8 of the chip; null: no reader could tell. */
  readonly uid: string | null;
  readonly outcome: (typeof HAND_OVER_OUTCOMES)[number];
  readonly means: (typeof HAND_OVER_MEANS)[number];
  /** The second person, without whom nothing but the index finger counts. */
  readonly approvedBy: string | null;
  /** Fields on which print, chip and record disagree: each opens a correction. */
  readonly disputed: readonly BiodataField[];
  readonly by: string;
}

/** "120 in, 97 handed over, 23 in the safe". */
export interface CardCounts {
  readonly village: string;
  readonly arrived: number;
  readonly handedOver: number;
  readonly inSafe: number;
  /** Of those in the safe: since a week at most, a month at most, longer. */
  readonly ages: { readonly week: number; readonly month: number; readonly longer: number };
}

export interface Dispute {
  readonly handOver: string;
  readonly nik: string;
  readonly fields: HandOver['disputed'];
  readonly by: string;
  readonly at: string;
}

export interface Cards {
  /** The same shipment again is once. Errors: SHIPMENT-INVALID. */
  receive(at: string, shipment: Shipment, by: string): Result;
  /** Of one NIK, or of a village: who is to be told. The oldest first. */
  inSafe(at: string, of: { readonly nik: string } | { readonly village: string }): Result<WaitingCard[]>;
  /** Goes out to the centre, too. The same again is once. Errors: HAND-OVER-UNAPPROVED, HAND-OVER-CONFLICT. */
  handOver(at: string, handOver: HandOver): Result;
  counts(at: string): Result<CardCounts[]>;
  /** The newest first. */
  disputes(at: string): Result<Dispute[]>;
}

export function cards(
  database: Database.Database,
  audit: AuditLog,
  outbox: OutboxTable,
  dayOf: Calendar,
): Cards {
  const isKnown = database.prepare<[string], number>('SELECT 1 FROM shipments WHERE id = ?').pluck();
  const insertShipment = database.prepare('INSERT INTO shipments (id, arrived_on) VALUES (?, ?)');
  const insertCard = database.prepare('INSERT INTO cards (shipment, nik, name, village) VALUES (?, ?, ?, ?)');
  const waiting = `SELECT nik, name, village, arrived_on AS arrivedOn
    FROM cards JOIN shipments ON shipments.id = shipment WHERE hand_over IS NULL`;
  const byNik = database.prepare<[string], WaitingCard>(`${waiting} AND nik = ? ORDER BY arrived_on`);
  const byVillage = database.prepare<[string], WaitingCard>(
    `${waiting} AND village = ? ORDER BY arrived_on, name`,
  );
  const everyCard = database.prepare<[], { village: string; arrivedOn: string; handOver: string | null }>(
    `SELECT village, arrived_on AS arrivedOn, hand_over AS handOver
     FROM cards JOIN shipments ON shipments.id = shipment ORDER BY village`,
  );
  const mark = database.prepare('UPDATE cards SET hand_over = ? WHERE nik = ? AND hand_over IS NULL');
  const find = database.prepare<[string], { nik: string; outcome: string }>(
    'SELECT nik, outcome FROM hand_overs WHERE id = ?',
  );
  const insert = database.prepare(
    `INSERT INTO hand_overs (id, nik, uid, outcome, disputed, by, at)
     VALUES (@id, @nik, @uid, @outcome, @fields, @by, @at)`,
  );
  const disputed = database.prepare<[], Omit<Dispute, 'fields'> & { fields: string }>(
    `SELECT id AS handOver, nik, disputed AS fields, by, at FROM hand_overs WHERE disputed <> '[]' ORDER BY at DESC`,
  );

  function handOver(at: string, act: HandOver): Result {
    const { id, nik, uid, outcome, means, approvedBy, by } = act;
    const stored = find.get(id);
    if (stored !== undefined) {
      return stored.nik === nik && stored.outcome === outcome ? ok() : fail('HAND-OVER-CONFLICT', id);
    }
    if (outcome === 'berhasil' && means !== 'index-finger' && (approvedBy === null || approvedBy === by)) {
      return fail('HAND-OVER-UNAPPROVED', means);
    }
    const fields = [...act.disputed];
    const data = { handOver: id, nik: maskNik(nik), uid, outcome, means, approvedBy, disputed: fields };
    return audit.record(at, { event: 'card-handed-over', by, data }, ({ seq, hash }) => {
      insert.run({ id, nik, uid, outcome, fields: canonicalJson(fields), by, at });
      if (outcome === 'berhasil') mark.run(id, nik);
      const payload = {
        nik,
        uid,
        outcome,
        means,
        approvedBy,
        disputed: fields,
        by,
        at,
        audit: { seq, hash },
      };
      outbox.add(at, { kind: 'hand-over', id }, payload);
    });
  }

  function counts(at: string): CardCounts[] {
    const today = dayOf(at);
    return [...Map.groupBy(everyCard.all(), ({ village }) => village)].map(([village, all]) => {
      const days = all
        .filter((card) => card.handOver === null)
        .map(({ arrivedOn }) => daysBetween(arrivedOn, today));
      const ages = {
        week: days.filter((age) => age <= 7).length,
        month: days.filter((age) => age > 7 && age <= 30).length,
        longer: days.filter((age) => age > 30).length,
      };
      return {
        village,
        arrived: all.length,
        handedOver: all.length - days.length,
        inSafe: days.length,
        ages,
      };
    });
  }

  return {
    receive: (at, arrived, by) => {
      if (!shipment.safeParse(arrived).success) return fail('SHIPMENT-INVALID');
      if (new Set(arrived.cards.map(({ nik }) => nik)).size < arrived.cards.length) {
        return fail('SHIPMENT-INVALID', 'a card twice');
      }
      if (isKnown.get(arrived.id) !== undefined) return ok();
      const data = { cards: arrived.cards.length };
      return audit.record(at, { event: 'shipment-received', by, data }, () => {
        insertShipment.run(arrived.id, arrived.arrivedOn);
        for (const { nik, name, village } of arrived.cards) insertCard.run(arrived.id, nik, name, village);
      });
    },
    inSafe: (_, of) => ok('nik' in of ? byNik.all(of.nik) : byVillage.all(of.village)),
    handOver,
    counts: (at) => ok(counts(at)),
    disputes: () =>
      ok(disputed.all().map((row) => ({ ...row, fields: JSON.parse(row.fields) as Dispute['fields'] }))),
  };
}
