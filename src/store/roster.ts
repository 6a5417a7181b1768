/**
 * Who is invited. A roster comes from the centre as a whole and takes the place of the last one in one transaction; what
 * happened to an invitation here (brought, came, another day) is kept beside it and outlives the next roster.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { nameLikeness } from '../rules/names.ts';
import { day } from './audit-fields.ts';
import type { AuditLog } from './audit-log.ts';
import { maskNik } from './masked-nik.ts';
import { name, nik } from './person-fields.ts';
import { INVITATION_STATES } from './service-events.ts';

export const invitation = z.strictObject({
  /** As its QR has it. */
  id: z.string().min(1).max(64),
  nik,
  name,
  birthDate: day,
  village: z.string().min(1).max(60),
  invitedOn: day,
  state: z.enum(INVITATION_STATES),
  /** Who brought it, where somebody did. */
  deliveredBy: name.nullable(),
});
export type Invitation = z.infer<typeof invitation>;
export type InvitationState = Invitation['state'];

/** An invitation as it stands here. */
export interface StandingInvitation extends Invitation {
  /** YYYY-MM-DD; null: they come on the day they were invited for. */
  readonly rescheduledTo: string | null;
}

export interface NewRoster {
  /** Grows with every roster of the centre. */
  readonly number: number;
  readonly invitations: readonly Invitation[];
}

export type RosterQuery =
  | { readonly nik: string }
  | { readonly invitation: string }
  | { readonly name: string; readonly birthDate: string }
  /** Everybody of a village who is expected on that day. */
  | { readonly village: string; readonly day: string };

export interface InvitationChange {
  readonly id: string;
  readonly state: InvitationState;
  readonly deliveredBy?: string;
  /** YYYY-MM-DD. */
  readonly rescheduledTo?: string;
}

export interface VillageCount {
  readonly village: string;
  readonly invited: number;
  readonly delivered: number;
  readonly came: number;
}

export interface Roster {
  /** The same number again is once. Errors: ROSTER-OLDER, ROSTER-INVALID. Until it answers ok the last one stands. */
  import(at: string, roster: NewRoster, by: string): Promise<Result>;
  /** The number of the roster that stands; null: there is none yet. */
  current(at: string): Result<{ readonly number: number; readonly importedAt: string } | null>;
  /** Who looked is recorded. By name: the likest first. */
  lookUp(at: string, query: RosterQuery, by: string): Result<StandingInvitation[]>;
  /** Errors: ROSTER-INVITATION-UNKNOWN. */
  note(at: string, change: InvitationChange, by: string): Result;
  /** By village, in the order of the alphabet. */
  villages(at: string): Result<VillageCount[]>;
}

export interface RosterTable extends Roster {
  /** Marks whoever has this NIK as come, if they are invited. To be called inside a transaction. */
  came(at: string, nik: string): void;
}

/** Rows written in one turn of the event loop, so that nobody else waits for long. */
const PAGE = 200;
/** Of a name's words, how many must agree. */
const LIKELY = 0.5;

export function roster(database: Database.Database, audit: AuditLog): RosterTable {
  const currentRow = database.prepare<[], { number: number; importedAt: string }>(
    'SELECT number, imported_at AS importedAt FROM roster',
  );
  const insert = database.prepare(
    `INSERT INTO invitations (roster, id, nik, name, birth_date, village, invited_on, state, delivered_by)
     VALUES (@roster, @id, @nik, @name, @birthDate, @village, @invitedOn, @state, @deliveredBy)`,
  );
  const deleteOthers = database.prepare(
    `DELETE FROM invitations WHERE (roster, id) IN (
       SELECT roster, id FROM invitations WHERE roster <> ifnull((SELECT number FROM roster), 0) LIMIT ${PAGE})`,
  );
  const replace = database.prepare(
    'INSERT OR REPLACE INTO roster (one, number, imported_at) VALUES (1, ?, ?)',
  );
  const forgetStates = database.prepare(
    `DELETE FROM invitation_states WHERE invitation NOT IN (
       SELECT id FROM invitations WHERE roster = (SELECT number FROM roster))`,
  );
  // Who has come has come, whatever the next roster says; else what was noted here is newer than what was printed there.
  const standing = `SELECT id, nik, name, birth_date AS birthDate, village, invited_on AS invitedOn,
      iif(i.state = 'came', 'came', ifnull(s.state, i.state)) AS state,
      ifnull(s.delivered_by, i.delivered_by) AS deliveredBy, rescheduled_to AS rescheduledTo
    FROM invitations i LEFT JOIN invitation_states s ON s.invitation = i.id
    WHERE i.roster = (SELECT number FROM roster)`;
  const byNik = database.prepare<[string], StandingInvitation>(`${standing} AND nik = ?`);
  const byId = database.prepare<[string], StandingInvitation>(`${standing} AND id = ?`);
  const byBirthDate = database.prepare<[string], StandingInvitation>(`${standing} AND birth_date = ?`);
  const byVillage = database.prepare<[string, string], StandingInvitation>(
    `${standing} AND village = ? AND ifnull(rescheduled_to, invited_on) = ? ORDER BY name`,
  );
  const note = database.prepare(
    `INSERT INTO invitation_states (invitation, state, delivered_by, rescheduled_to, at)
     VALUES (@id, @state, @deliveredBy, @rescheduledTo, @at)
     ON CONFLICT (invitation) DO UPDATE SET state = @state, at = @at,
       delivered_by = ifnull(@deliveredBy, delivered_by), rescheduled_to = ifnull(@rescheduledTo, rescheduled_to)`,
  );
  const countVillages = database.prepare<[], VillageCount>(
    `SELECT village, count(*) AS invited, sum(state = 'came') AS came,
            sum(state = 'came' OR deliveredBy IS NOT NULL OR state = 'delivered') AS delivered
     FROM (${standing}) GROUP BY village ORDER BY village`,
  );

  let importing: Promise<unknown> = Promise.resolve();

  /** What an import that was cut off left, and what the last one replaced: a page a turn. */
  async function sweep(): Promise<void> {
    while (database.open && deleteOthers.run().changes > 0) await nextTurn();
  }

  const insertPage = database.transaction((number: number, rows: readonly Invitation[]) => {
    for (const row of rows) insert.run({ ...row, roster: number });
  });

  async function importRoster(at: string, { number, invitations }: NewRoster, by: string): Promise<Result> {
    if (!database.open) return fail('STORE-STOPPED');
    const last = currentRow.get()?.number ?? 0;
    if (number === last) return ok();
    if (number < last) return fail('ROSTER-OLDER', `${number} after ${last}`);
    const wrong = invitations.findIndex((row) => !invitation.safeParse(row).success);
    if (wrong >= 0) return fail('ROSTER-INVALID', `invitation ${wrong}`);
    if (new Set(invitations.map(({ id }) => id)).size < invitations.length) {
      return fail('ROSTER-INVALID', 'an invitation twice');
    }
    await sweep();
    for (let from = 0; from < invitations.length; from += PAGE) {
      if (!database.open) return fail('STORE-STOPPED');
      insertPage(number, invitations.slice(from, from + PAGE));
      await nextTurn();
    }
    if (!database.open) return fail('STORE-STOPPED');
    const data = { roster: number, invitations: invitations.length };
    const replaced = audit.record(at, { event: 'roster-imported', by, data }, () => {
      replace.run(number, at);
      forgetStates.run();
    });
    if (replaced.ok) await sweep();
    return replaced;
  }

  function find(query: RosterQuery): StandingInvitation[] {
    if ('nik' in query) return byNik.all(query.nik);
    if ('invitation' in query) return byId.all(query.invitation);
    if ('village' in query) return byVillage.all(query.village, query.day);
    return byBirthDate
      .all(query.birthDate)
      .map((row) => ({ row, likeness: nameLikeness(query.name, row.name) }))
      .filter(({ likeness }) => likeness >= LIKELY)
      .toSorted((a, b) => b.likeness - a.likeness)
      .map(({ row }) => row);
  }

  return {
    import: (at, fresh, by) => {
      // One after the other: each sweeps away what is of no roster yet.
      const run = () => importRoster(at, fresh, by);
      const imported = importing.then(run, run);
      importing = imported;
      return imported;
    },
    current: () => ok(currentRow.get() ?? null),
    lookUp: (at, query, by) => {
      const found = find(query);
      const how = (['nik', 'invitation', 'village', 'name'] as const).find((key) => key in query)!;
      const data = { how, found: found.length };
      return audit.record(at, { event: 'roster-looked-up', by, data }, () => found);
    },
    note: (at, { id, state, deliveredBy = null, rescheduledTo = null }, by) => {
      const known = byId.get(id);
      if (known === undefined) return fail('ROSTER-INVITATION-UNKNOWN');
      const data = { nik: maskNik(known.nik), state };
      return audit.record(at, { event: 'invitation-noted', by, data }, () => {
        note.run({ id, state, deliveredBy, rescheduledTo, at });
      });
    },
    villages: () => ok(countVillages.all()),
    came: (at, nik) => {
      for (const { id } of byNik.all(nik)) {
        note.run({ id, state: 'came', deliveredBy: null, rescheduledTo: null, at });
      }
    },
  };
}
