/** The audit as it was written, read past the store when the kiosk is closed. */
import { withDatabase } from '../store/fixture.ts';

export interface AuditRow {
  readonly event: string;
  readonly by: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function auditOf(dataDir: string): AuditRow[] {
  return withDatabase(dataDir, (database) =>
    database
      .prepare<[], { event: string; by: string; data: string }>(
        'SELECT event, by, data FROM audit ORDER BY seq',
      )
      .all()
      .map(({ event, by, data }) => ({ event, by, data: JSON.parse(data) })),
  );
}
