/**
 * The samples at rest. The database is encrypted as a whole; inside it each sample is sealed once more with a key of
 * its session, so that a session is erased for good by erasing 32 bytes, and so that a sample opens under the session
 * and the id it was stored for and no other: no slip of the program and nobody with the database's key can pass one
 * resident's fingers off as another's.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3-multiple-ciphers';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { NewSample, RecentFinger, SampleEvidence, SampleInfo, StoredSample } from './samples.ts';

export interface Vault {
  /** All of these but `list` and `read` are to be called inside a transaction. */
  addSession(sessionId: string): void;
  add(at: string, sessionId: string, sample: NewSample): void;
  drop(sampleIds: readonly string[]): void;
  /** The samples and the key. How many samples there were. */
  erase(sessionId: string): number;
  list(sessionId: string): SampleInfo[];
  has(sessionId: string, sampleId: string): boolean;
  /** Errors: STORE-SAMPLE-UNKNOWN, also for another session's or an erased one; STORE-SAMPLE-DAMAGED. */
  read(sessionId: string, sampleId: string): Result<StoredSample>;
  /** The templates of its fingers; damaged ones are left out. */
  fingers(sessionId: string): RecentFinger[];
}

interface Row {
  readonly session: string;
  readonly info: string;
  readonly madeAt: string;
  readonly record: Buffer;
  readonly template: Buffer | null;
  readonly proof: Buffer | null;
  readonly key: Buffer | null;
}

export function vault(database: Database.Database): Vault {
  const insertKey = database.prepare('INSERT INTO session_keys (session, key) VALUES (?, ?)');
  const keyOf = database.prepare<[string], Buffer>('SELECT key FROM session_keys WHERE session = ?').pluck();
  const deleteKey = database.prepare('DELETE FROM session_keys WHERE session = ?');
  const insert = database.prepare(
    `INSERT INTO samples (id, session, kind, info, made_at, record, template, proof)
     VALUES (@id, @sessionId, @kind, @info, @at, @record, @template, @proof)`,
  );
  const remove = database.prepare('DELETE FROM samples WHERE id = ?');
  const removeAll = database.prepare('DELETE FROM samples WHERE session = ?');
  const listOf = database.prepare<[string], Pick<Row, 'session' | 'info' | 'madeAt'>>(
    'SELECT session, info, made_at AS madeAt FROM samples WHERE session = ? ORDER BY seq',
  );
  const find = database
    .prepare<[string, string], number>('SELECT 1 FROM samples WHERE session = ? AND id = ?')
    .pluck();
  const select = database.prepare<[string, string], Row>(
    `SELECT s.session, info, made_at AS madeAt, record, template, proof, key
     FROM samples s LEFT JOIN session_keys k ON k.session = s.session WHERE s.session = ? AND s.id = ?`,
  );

  const selectFingers = database.prepare<
    [string],
    { id: string; position: FingerPosition | null; template: Buffer; key: Buffer }
  >(
    `SELECT id, info ->> 'position' AS position, template, key
     FROM samples s JOIN session_keys k ON k.session = s.session
     WHERE s.session = ? AND kind = 'finger' AND template IS NOT NULL ORDER BY seq`,
  );

  return {
    addSession: (sessionId) => void insertKey.run(sessionId, randomBytes(32)),
    add: (at, sessionId, { record, template, proof, ...rest }) => {
      const key = keyOf.get(sessionId);
      if (key === undefined) throw new Error('a session without a key takes no samples');
      const info: StoredInfo = {
        ...rest,
        sha256: sha256Of(record),
        templateSha256: template === undefined ? null : sha256Of(template),
        bytes: record.length,
      };
      insert.run({
        id: rest.id,
        sessionId,
        kind: rest.kind,
        info: JSON.stringify(info),
        at,
        record: seal(key, record, `${sessionId}/${rest.id}/record`),
        template: template === undefined ? null : seal(key, template, `${sessionId}/${rest.id}/template`),
        proof: proof ? seal(key, Buffer.from(JSON.stringify(proof)), `${sessionId}/${rest.id}/proof`) : null,
      });
    },
    drop: (sampleIds) => {
      for (const id of sampleIds) remove.run(id);
    },
    erase: (sessionId) => {
      deleteKey.run(sessionId);
      return removeAll.run(sessionId).changes;
    },
    list: (sessionId) => listOf.all(sessionId).map(infoOf),
    has: (sessionId, sampleId) => find.get(sessionId, sampleId) !== undefined,
    read: (sessionId, sampleId) => {
      const row = select.get(sessionId, sampleId);
      if (row === undefined) return fail('STORE-SAMPLE-UNKNOWN', sampleId);
      // undefined: there never was one; null: it does not open.
      const part = (sealed: Buffer | null, name: string) =>
        sealed === null ? undefined : row.key && open(row.key, sealed, `${sessionId}/${sampleId}/${name}`);
      const record = part(row.record, 'record');
      const template = part(row.template, 'template');
      const proof = part(row.proof, 'proof');
      if (!record || template === null || proof === null) return fail('STORE-SAMPLE-DAMAGED', sampleId);
      return ok({
        ...infoOf(row),
        record,
        ...(template && { template }),
        ...(proof && { proof: JSON.parse(Buffer.from(proof).toString()) as SampleEvidence }),
      });
    },
    fingers: (sessionId) =>
      selectFingers.all(sessionId).flatMap(({ id, position, template: sealed, key }) => {
        const template = open(key, sealed, `${sessionId}/${id}/template`);
        return template === null ? [] : [{ sessionId, sampleId: id, position, template }];
      }),
  };
}

type StoredInfo = Omit<SampleInfo, 'sessionId' | 'madeAt'>;

function infoOf({ session, info, madeAt }: Pick<Row, 'session' | 'info' | 'madeAt'>): SampleInfo {
  return { ...(JSON.parse(info) as StoredInfo), sessionId: session, madeAt };
}

const NONCE = 12;
const TAG = 16;

/** nonce 12 ‖ ciphertext ‖ tag 16. `place`: what it is the bytes of; it opens under the same words only. */
function seal(key: Uint8Array, bytes: Uint8Array, place: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** null: not what was sealed there. */
function open(key: Uint8Array, sealed: Uint8Array, place: string): Uint8Array | null {
  if (sealed.length < NONCE + TAG) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(-TAG));
  const clear = decipher.update(sealed.subarray(NONCE, -TAG));
  try {
    decipher.final();
  } catch {
    return null;
  }
  // A copy of its own: a small Buffer lies in a pool, which would go to the other thread as a whole.
  return new Uint8Array(clear);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
