/** The rows of staff. */
import type Database from 'better-sqlite3-multiple-ciphers';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { StaffFinger, StaffRole } from './staff.ts';

export interface StaffRow {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly pin: string | null;
  readonly duressPin: string | null;
  readonly cardUid: string | null;
  readonly appointment: string;
  readonly appointedUntil: string;
  readonly trainedUntil: string;
  readonly failed: number;
  readonly lockedUntil: string | null;
  readonly retiredAt: string | null;
  /** How many are enrolled. */
  readonly fingers: number;
}

export type NewStaffRow = Omit<StaffRow, 'failed' | 'lockedUntil' | 'retiredAt' | 'fingers'>;

export function staffRows(database: Database.Database) {
  const columns = `id, name, role, pin, duress_pin AS duressPin, card_uid AS cardUid, appointment,
    appointed_until AS appointedUntil, trained_until AS trainedUntil, failed, locked_until AS lockedUntil,
    retired_at AS retiredAt, (SELECT count(*) FROM staff_fingers WHERE staff = staff.id) AS fingers`;
  const find = database.prepare<[string], StaffRow>(`SELECT ${columns} FROM staff WHERE id = ?`);
  const list = database.prepare<[], StaffRow>(`SELECT ${columns} FROM staff ORDER BY id`);
  const insert = database.prepare(
    `INSERT INTO staff (id, name, role, pin, duress_pin, card_uid, appointment, appointed_until, trained_until,
       enrolled_at)
     VALUES (@id, @name, @role, @pin, @duressPin, @cardUid, @appointment, @appointedUntil, @trainedUntil, @at)`,
  );
  const insertFinger = database.prepare(
    'INSERT INTO staff_fingers (staff, position, template) VALUES (?, ?, ?)',
  );
  const selectFingers = database.prepare<[string], { position: FingerPosition; template: Buffer }>(
    'SELECT position, template FROM staff_fingers WHERE staff = ? ORDER BY position',
  );
  const removeFingers = database.prepare('DELETE FROM staff_fingers WHERE staff = ?');
  const tried = database.prepare('UPDATE staff SET failed = failed + 1 WHERE id = ?');
  const setTries = database.prepare('UPDATE staff SET failed = ?, locked_until = ? WHERE id = ?');
  const setPin = database.prepare('UPDATE staff SET pin = ? WHERE id = ?');
  const setDuressPin = database.prepare('UPDATE staff SET duress_pin = ? WHERE id = ?');
  const renew = database.prepare(
    `UPDATE staff SET appointment = @appointment, appointed_until = @appointedUntil, trained_until = @trainedUntil
     WHERE id = @id`,
  );
  const retire = database.prepare(
    `UPDATE staff SET pin = NULL, duress_pin = NULL, card_uid = NULL, failed = 0, locked_until = NULL,
       retired_at = ? WHERE id = ?`,
  );

  return {
    find: (id: string) => find.get(id),
    list: () => list.all(),
    add: (at: string, row: NewStaffRow, fingers: readonly Omit<StaffFinger, 'staffId'>[]) => {
      insert.run({ ...row, at });
      for (const { position, template } of fingers) insertFinger.run(row.id, position, template);
    },
    fingersOf: (id: string): StaffFinger[] =>
      selectFingers
        .all(id)
        // A copy of its own: a small Buffer lies in a pool, which would go to the other thread as a whole.
        .map(({ position, template }) => ({ staffId: id, position, template: new Uint8Array(template) })),
    tried: (id: string) => void tried.run(id),
    setTries: (id: string, failed: number, lockedUntil: string | null) =>
      void setTries.run(failed, lockedUntil, id),
    setPin: (id: string, which: 'own' | 'duress', hash: string) =>
      void (which === 'own' ? setPin : setDuressPin).run(hash, id),
    renew: (row: Pick<StaffRow, 'id' | 'appointment' | 'appointedUntil' | 'trainedUntil'>) =>
      void renew.run(row),
    retire: (at: string, id: string) => {
      removeFingers.run(id);
      retire.run(at, id);
    },
  };
}

export type StaffRows = ReturnType<typeof staffRows>;
