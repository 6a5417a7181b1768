/** The store as it lives in its worker thread: folder, lock, keys, database, and the operations over them. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '../failures/failure.ts';
import { activations } from './activations.ts';
import type { AuditEntry } from './audit-events.ts';
import { headSigner, keptHead } from './audit-head.ts';
import { auditLog } from './audit-log.ts';
import { calendar } from './calendar.ts';
import { cards } from './cards.ts';
import { closings } from './closings.ts';
import { openDatabase } from './database.ts';
import { deviceLog } from './device-log.ts';
import { facts } from './facts.ts';
import { feeReports, surveys } from './feedback.ts';
import { intents } from './intents.ts';
import { keptSamples } from './kept-samples.ts';
import { loadKey } from './keys.ts';
import { type Lock, lockFolder } from './lock.ts';
import { outbox } from './outbox.ts';
import { queue } from './queue.ts';
import { receipts } from './receipts.ts';
import { reports } from './reports.ts';
import type { Rooms } from './rooms.ts';
import { roster } from './roster.ts';
import { sessions } from './sessions.ts';
import type { StoreSettings } from './settings.ts';
import { staffLogin } from './staff-login.ts';
import { staffRegister } from './staff-register.ts';
import { staffRows } from './staff-rows.ts';
import { statuses } from './statuses.ts';
import { vault } from './vault.ts';

/** What the engine is opened with; goes to the worker by structured clone. */
export interface EngineOptions {
  readonly dataDir: string;
  readonly settings: StoreSettings;
  readonly policyHash: string;
  /** IANA name of the zone whose days are counted; without it the machine's own. */
  readonly timeZone?: string;
  /** The time of opening, ISO 8601. */
  readonly at: string;
}

export type Engine = Extract<ReturnType<typeof openEngine>, { ok: true }>['value'];
/** Each operation answers a Result; errors of the disk are thrown and become failures in worker.ts. */
export type Operations = Omit<Engine, 'rooms'>;
type RoomAnswer = Result<unknown> | Promise<Result<unknown>>;

/** Errors: every STORE-… code of lock, keys and database; those of the disk are thrown. */
export function openEngine(options: EngineOptions) {
  mkdirSync(join(options.dataDir, 'store'), { recursive: true, mode: 0o700 });
  const lock = lockFolder(options.dataDir);
  if (!lock.ok) return lock;
  try {
    const opened = openLocked(options, lock.value);
    if (!opened.ok) lock.value.release();
    return opened;
  } catch (error) {
    lock.value.release();
    throw error;
  }
}

function openLocked({ dataDir, settings, policyHash, timeZone, at }: EngineOptions, lock: Lock) {
  const file = join(dataDir, 'store', 'store.db');
  const isFirstStart = !existsSync(file);
  const key = loadKey(settings.key ?? join(dataDir, 'keys', 'store.key'), isFirstStart);
  if (!key.ok) return key;
  const seed = loadKey(settings.auditKey ?? join(dataDir, 'keys', 'audit.key'), isFirstStart);
  if (!seed.ok) return seed;
  const database = openDatabase(file, key.value);
  if (!database.ok) return database;

  const dayOf = calendar(timeZone);
  const signer = headSigner(seed.value);
  const kept = keptHead(join(dataDir, 'store', 'audit-head.json'), signer);
  const audit = auditLog(database.value, signer, kept, policyHash, at);
  const intended = intents(database.value, audit);
  const out = outbox(database.value, audit, intended);
  const acts = activations(database.value, audit, out);
  const devices = deviceLog(database.value, dayOf);
  const remembered = facts(database.value, audit);
  const sealedSamples = vault(database.value);
  const invited = roster(database.value, audit);
  const records = statuses(database.value, audit, dayOf);
  const recordings = sessions(database.value, audit, out, intended, sealedSamples, dayOf, {
    came: invited.came,
    keepStatus: records.keep,
  });

  const people = staffRows(database.value);
  const rooms: Rooms = {
    sessions: recordings,
    samples: keptSamples(database.value, audit, sealedSamples, recordings.erase),
    intents: intended,
    receipts: receipts(database.value, audit),
    outbox: out,
    staff: { ...staffLogin(people, audit, out, dayOf), ...staffRegister(people, audit) },
    roster: invited,
    statuses: records,
    cards: cards(database.value, audit, out, dayOf),
    queue: queue(database.value, dayOf),
    surveys: surveys(database.value, dayOf),
    feeReports: feeReports(database.value, audit, out, dayOf),
    reports: reports(database.value),
    closings: closings(database.value, audit, dayOf),
  };

  return ok({
    'rooms.call': (room: keyof Rooms, operation: string, ...args: readonly unknown[]) => {
      const call = rooms[room][operation as never] as (...args: readonly unknown[]) => RoomAnswer;
      return call(...args);
    },
    rooms,
    'activations.begin': acts.begin,
    'activations.settle': acts.settle,
    'activations.open': acts.open,
    'activations.unknown': acts.unknown,
    'audit.append': (time: string, entry: AuditEntry): Result => audit.record(time, entry, () => undefined),
    'audit.ofSession': (id: string) => ok(audit.ofSession(id)),
    'audit.latest': () => ok(audit.latest()),
    'audit.verify': audit.verify,
    'devices.count': devices.count,
    'devices.counts': devices.counts,
    'devices.judge': devices.judge,
    'devices.judgements': devices.judgements,
    'devices.seen': devices.seen,
    'devices.lastSeen': devices.lastSeen,
    'devices.countCard': devices.countCard,
    'devices.cards': devices.cards,
    'facts.get': remembered.get,
    'facts.change': remembered.change,
    close: (): Result => {
      kept.flush();
      database.value.close();
      lock.release();
      return ok();
    },
  });
}
