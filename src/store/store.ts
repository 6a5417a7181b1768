/**
 * The store: what the kiosk must not lose, encrypted, in a worker thread so that nothing here blocks. Into this room
 * comes nothing of the house but rules and failures. A call answers after its commit reached the disk; a failure means
 * that nothing of it was stored, but for STORE-STOPPED, which leaves that open: steps, intents, outcomes, numbers of a
 * session and what the centre sends may be called again, and are stored once.
 * docs/decisions/store.md tells the choices.
 */
import { ok, type Result } from '../failures/failure.ts';
import type { ActivationIntent, Settlement, StoredActivation } from './activations.ts';
import type { AuditData, AuditEntry, AuditEvent, RoomEvent } from './audit-events.ts';
import type { AuditRecord, AuditReport } from './audit-log.ts';
import type {
  CaptureJudged,
  CardCount,
  CardOutcome,
  DeviceCount,
  DeviceSeen,
  DeviceUse,
  JudgedCount,
} from './device-log.ts';
import type { Operations } from './engine.ts';
import type { FactChange, FactName, FactValue } from './facts.ts';
import { openLine, type Returned } from './line.ts';
import { type RemoteRooms, remoteRooms } from './rooms.ts';
import type { StoreSettings } from './settings.ts';

export interface StoreOptions {
  /** The folder that this process is to own; made when it is not there. */
  readonly dataDir: string;
  readonly settings: StoreSettings;
  /** SHA-256 of the policy in force, 64 hex digits; it goes into every audit entry. */
  readonly policyHash: string;
  /** IANA name of the zone whose days are counted; without it the machine's own. */
  readonly timeZone?: string;
  readonly now: () => Date;
}

/** The events that nothing but the activation itself may record. */
type ActivationEvent = 'activation-intended' | 'activation-settled';
type OpenEvent = Exclude<AuditEvent, ActivationEvent | RoomEvent>;

export interface Store extends RemoteRooms {
  readonly activations: {
    /** Before the command goes to the card. */
    begin(intent: ActivationIntent): Promise<Result>;
    /** After it; "done" also puts the proof into the outbox. Twice the same is once; only "unknown" may still become "done" or "refused". */
    settle(settlement: Settlement): Promise<Result>;
    /** Begun and never settled, the oldest first: at start, what a crash cut off. */
    open(): Promise<Result<StoredActivation[]>>;
    /** Settled as "unknown" until now. */
    unknown(): Promise<Result<StoredActivation[]>>;
  };
  readonly audit: {
    append<E extends OpenEvent>(event: E, by: string, data: AuditData<E>): Promise<Result>;
    /** The entries that name this session, in order. */
    ofSession(id: string): Promise<Result<AuditRecord[]>>;
    /** The latest time that an entry tells, ISO 8601; null: there is none. */
    latest(): Promise<Result<string | null>>;
    verify(): Promise<Result<AuditReport>>;
  };
  readonly devices: {
    /** A use, or a failure by its code, counted by day. */
    count(use: DeviceUse): Promise<Result>;
    counts(): Promise<Result<DeviceCount[]>>;
    /** What a capture came to, counted by day, device and finger. */
    judge(judged: CaptureJudged): Promise<Result>;
    judgements(): Promise<Result<JudgedCount[]>>;
    seen(seen: DeviceSeen): Promise<Result>;
    lastSeen(): Promise<Result<(DeviceSeen & { readonly at: string })[]>>;
    countCard(card: CardOutcome): Promise<Result>;
    /** Cards × readers × firmware. */
    cards(): Promise<Result<CardCount[]>>;
  };
  readonly facts: {
    /** null: not known. */
    get<N extends FactName>(name: N, subject: string): Promise<Result<FactValue<N> | null>>;
    /** Stores or, with null, forgets facts, in one transaction with the audit entry that says why. */
    change(changes: readonly FactChange[], because: AuditEntry<OpenEvent>): Promise<Result>;
  };
  /** Ends the thread and frees the data folder. Calls after it fail with STORE-STOPPED. */
  close(): Promise<void>;
}

/** Errors: any STORE-… code of lock, keys, database and disk. Nothing is left half-made. */
export async function openStore({ now, ...options }: StoreOptions): Promise<Result<Store>> {
  const time = () => now().toISOString();
  const open = () => openLine({ ...options, at: time() });
  const first = await open();
  if (!first.ok) return first;

  let line = first.value;
  let closed = false;
  let reopening: Promise<Result> | undefined;

  /** A thread that crashed is replaced when it is next asked: what it had committed is there. */
  async function reopen(): Promise<Result> {
    const opened = await open();
    reopening = undefined;
    if (!opened.ok) return opened;
    line = opened.value;
    return ok();
  }

  async function call<N extends keyof Operations>(
    operation: N,
    ...args: Parameters<Operations[N]>
  ): Promise<Returned<N>> {
    if (!line.isAlive() && !closed) {
      reopening ??= reopen();
      const reopened = await reopening;
      if (!reopened.ok) return reopened as Returned<N>;
    }
    return line.call(operation, ...args);
  }

  return ok({
    activations: {
      begin: (intent) => call('activations.begin', time(), intent),
      settle: (settlement) => call('activations.settle', time(), settlement),
      open: () => call('activations.open'),
      unknown: () => call('activations.unknown'),
    },
    audit: {
      append: (event, by, data) => call('audit.append', time(), { event, by, data } as AuditEntry),
      ofSession: (id) => call('audit.ofSession', id),
      latest: () => call('audit.latest'),
      verify: () => call('audit.verify'),
    },
    devices: {
      count: (use) => call('devices.count', time(), use),
      counts: () => call('devices.counts'),
      judge: (judged) => call('devices.judge', time(), judged),
      judgements: () => call('devices.judgements'),
      seen: (seen) => call('devices.seen', time(), seen),
      lastSeen: () => call('devices.lastSeen'),
      countCard: (card) => call('devices.countCard', card),
      cards: () => call('devices.cards'),
    },
    facts: {
      get: <N extends FactName>(name: N, subject: string) =>
        call('facts.get', name, subject) as Promise<Result<FactValue<N> | null>>,
      change: (changes, because) => call('facts.change', time(), changes, because),
    },
    ...remoteRooms((room, operation, args) => call('rooms.call', room, operation, time(), ...args)),
    close: async () => {
      closed = true;
      await reopening;
      await line.call('close');
      await line.ended;
    },
  });
}
