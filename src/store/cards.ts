/** Finished cards: which came, which lie in the safe, which were handed over to whom and by what proof. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { daysBetween } from '../rules/age.ts';
import type { BiodataField } from '../rules/biodata.ts';
import type { DisputeDecision, DisputeReason } from '../rules/hand-over.ts';
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
  /** Why it is not to be handed over until a supervisor has decided; null: it may be. */
  readonly setAside: DisputeReason | null;
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
  /** Why the card was set aside; null: it was not. */
  readonly reason: DisputeReason | null;
  /** Whether the holder was asked if somebody took money. What they said is in no record of the hand-over. */
  readonly feesAsked: boolean;
  readonly by: string;
}

/** "120 in, 97 handed over, 23 in the safe". */
export interface CardCounts {
  readonly village: string;
  readonly arrived: number;
  readonly handedOver: number;
  /** After a dispute, for a correction. */
  readonly returned: number;
  readonly inSafe: number;
  /** Of those in the safe: since a week at most, a month at most, longer. */
  readonly ages: { readonly week: number; readonly month: number; readonly longer: number };
}

export interface Dispute {
  readonly handOver: string;
  readonly nik: string;
  readonly fields: HandOver['disputed'];
  readonly reason: DisputeReason;
  /** null: nobody has decided yet. */
  readonly decision: DisputeDecision | null;
  readonly by: string;
  readonly at: string;
}

export interface Cards {
  /** The same shipment again is once. Errors: SHIPMENT-INVALID. */
  receive(at: string, shipment: Shipment, by: string): Result;
  /** Of one NIK, or of a village: who is to be told. The oldest first. Who looked is recorded. */
  inSafe(
    at: string,
    of: { readonly nik: string } | { readonly village: string },
    by: string,
  ): Result<WaitingCard[]>;
  /**
   * Goes out to the centre, too. The same again is once.
   * Errors: HAND-OVER-UNAPPROVED, HAND-OVER-CONFLICT, CARD-SET-ASIDE.
   */
  handOver(at: string, handOver: HandOver): Result;
  /**
   * @param id of the hand-over that set the card aside
   * @param by a supervisor, which the caller sees to
   * Errors: DISPUTE-UNKNOWN, HAND-OVER-UNAPPROVED for whoever recorded it.
   */
  settleDispute(at: string, id: string, decision: DisputeDecision, by: string): Result;
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
  const open = `SELECT reason FROM hand_overs h
    WHERE h.nik = cards.nik AND reason IS NOT NULL AND decision IS NULL ORDER BY at DESC LIMIT 1`;
  const waiting = `SELECT nik, name, village, arrived_on AS arrivedOn, (${open}) AS setAside
    FROM cards JOIN shipments ON shipments.id = shipment WHERE hand_over IS NULL AND returned IS NULL`;
  const byNik = database.prepare<[string], WaitingCard>(`${waiting} AND nik = ? ORDER BY arrived_on`);
  const byVillage = database.prepare<[string], WaitingCard>(
    `${waiting} AND village = ? ORDER BY arrived_on, name`,
  );
  const everyCard = database.prepare<
    [],
    { village: string; arrivedOn: string; handOver: string | null; returned: string | null }
  >(
    `SELECT village, arrived_on AS arrivedOn, hand_over AS handOver, returned
     FROM cards JOIN shipments ON shipments.id = shipment ORDER BY village`,
  );
  const there = 'nik = ? AND hand_over IS NULL AND returned IS NULL';
  const mark = database.prepare(`UPDATE cards SET hand_over = ? WHERE ${there}`);
  const sendBack = database.prepare(`UPDATE cards SET returned = ? WHERE ${there}`);
  const isSetAside = database
    .prepare<[string], number>(
      'SELECT 1 FROM hand_overs WHERE nik = ? AND reason IS NOT NULL AND decision IS NULL',
    )
    .pluck();
  const find = database.prepare<[string], { nik: string; outcome: string }>(
    'SELECT nik, outcome FROM hand_overs WHERE id = ?',
  );
  const insert = database.prepare(
    `INSERT INTO hand_overs (id, nik, uid, outcome, disputed, reason, by, at)
     VALUES (@id, @nik, @uid, @outcome, @fields, @reason, @by, @at)`,
  );
  const disputed = database.prepare<[], Omit<Dispute, 'fields'> & { fields: string }>(
    `SELECT id AS handOver, nik, disputed AS fields, reason, decision, by, at
     FROM hand_overs WHERE reason IS NOT NULL ORDER BY at DESC`,
  );
  const openDispute = database.prepare<[string], { nik: string; by: string }>(
    'SELECT nik, by FROM hand_overs WHERE id = ? AND reason IS NOT NULL AND decision IS NULL',
  );
  const decide = database.prepare('UPDATE hand_overs SET decision = ?, decided_by = ? WHERE id = ?');

  function handOver(at: string, act: HandOver): Result {
    const { id, nik, uid, outcome, means, approvedBy, reason, feesAsked, by } = act;
    const stored = find.get(id);
    if (stored !== undefined) {
      return stored.nik === nik && stored.outcome === outcome ? ok() : fail('HAND-OVER-CONFLICT', id);
    }
    if (outcome === 'berhasil' && means !== 'index-finger' && (approvedBy === null || approvedBy === by)) {
      return fail('HAND-OVER-UNAPPROVED', means);
    }
    if (outcome === 'berhasil' && isSetAside.get(nik) !== undefined) return fail('CARD-SET-ASIDE');
    const fields = [...act.disputed];
    const told = { uid, outcome, means, approvedBy, disputed: fields, reason, feesAsked };
    const data = { handOver: id, nik: maskNik(nik), ...told };
    return audit.record(at, { event: 'card-handed-over', by, data }, ({ seq, hash }) => {
      insert.run({ id, nik, uid, outcome, fields: canonicalJson(fields), reason, by, at });
      if (outcome === 'berhasil') mark.run(id, nik);
      outbox.add(at, { kind: 'hand-over', id }, { nik, ...told, by, at, audit: { seq, hash } });
    });
  }

  function settleDispute(at: string, id: string, decision: DisputeDecision, by: string): Result {
    const dispute = openDispute.get(id);
    if (!dispute) return fail('DISPUTE-UNKNOWN', id);
    if (dispute.by === by) return fail('HAND-OVER-UNAPPROVED', 'their own');
    const data = { handOver: id, nik: maskNik(dispute.nik), decision };
    return audit.record(at, { event: 'dispute-settled', by, data }, () => {
      decide.run(decision, by, id);
      if (decision === 'return') sendBack.run(id, dispute.nik);
    });
  }

  function counts(at: string): CardCounts[] {
    const today = dayOf(at);
    return [...Map.groupBy(everyCard.all(), ({ village }) => village)].map(([village, all]) => {
      const returned = all.filter((card) => card.returned !== null).length;
      const days = all
        .filter((card) => card.handOver === null && card.returned === null)
        .map(({ arrivedOn }) => daysBetween(arrivedOn, today));
      const ages = {
        week: days.filter((age) => age <= 7).length,
        month: days.filter((age) => age > 7 && age <= 30).length,
        longer: days.filter((age) => age > 30).length,
      };
      return {
        village,
        arrived: all.length,
        handedOver: all.length - returned - days.length,
        returned,
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
    inSafe: (at, of, by) => {
      const found = 'nik' in of ? byNik.all(of.nik) : byVillage.all(of.village);
      const how = 'nik' in of ? 'nik' : 'village';
      return audit.record(
        at,
        { event: 'cards-looked-up', by, data: { how, found: found.length } },
        () => found,
      );
    },
    handOver,
    settleDispute,
    counts: (at) => ok(counts(at)),
    disputes: () =>
      ok(disputed.all().map((row) => ({ ...row, fields: JSON.parse(row.fields) as Dispute['fields'] }))),
  };
}
