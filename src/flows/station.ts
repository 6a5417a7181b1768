/**
 * A station as the rest of the kiosk sees it: a status, a way to be told of changes, a way to ask. A bug in a flow ends
 * that flow, not the kiosk: what a session has stored is there, and the session goes on from it.
 */
import { type Actor, type ActorOptions, type AnyActorLogic, createActor } from 'xstate';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { QueueEntry } from '../store/queue.ts';
import type { StoredFact } from '../store/session-facts.ts';
import { createKiosk, type KioskParts, kioskStatus, type PanelEvent } from './kiosk-machine.ts';
import { callOrder, goesFirst, queueStatus } from './queue.ts';
import type { RecordingParts } from './recording-parts.ts';
import { KIOSK } from './session-context.ts';
import { end } from './session-effects.ts';
import type { SessionEvent, SessionWish } from './session-events.ts';
import { createSession } from './session-machine.ts';
import { approvalsIn, sessionStatus } from './session-project.ts';
import type { StaffOnDuty, StationStatus } from './session-status.ts';
import { mayAtStation, QUEUE_WISHES, type StationActor } from './station-rights.ts';

export interface StationParts extends RecordingParts, Omit<KioskParts, 'policy'> {}

export interface StationOptions {
  /** A bug in a flow; the station goes on. */
  readonly onBug: (error: unknown) => void;
  /** Moves the patience of the flows; tests give a simulated one. */
  readonly clock?: NonNullable<ActorOptions<AnyActorLogic>['clock']>;
}

export interface Station {
  status(): StationStatus;
  /** Calls the listener at every change; returns the function that ends it. */
  subscribe(listener: (status: StationStatus) => void): () => void;
  /** Refused with UI-NOT-ALLOWED, SESSION-NOT-NOW or KIOSK-CLOSED; ok: it was taken, the status tells what came of it. */
  send(actor: StationActor, wish: SessionWish): Result;
  /** From the panel. */
  tell(event: PanelEvent): void;
  /** Who signed in or out at this station. */
  staffChanged(staff: readonly Pick<StaffOnDuty, 'id' | 'role' | 'since'>[]): void;
  /** Ends the flows; what is stored is taken up at the next start. */
  close(): void;
}

type SessionActor = Actor<ReturnType<typeof createSession>>;

/**
 * Takes up or wipes what a restart cut off, and opens the station.
 * Errors: those of the store, while it cannot be read.
 */
export async function openStation(parts: StationParts, options: StationOptions): Promise<Result<Station>> {
  const resumed = await takeUp(parts);
  if (!resumed.ok) return resumed;
  const today = await parts.store.queue.today();
  if (!today.ok) return today;
  return ok(createStation(parts, options, resumed.value, today.value));
}

interface Resumed {
  readonly sessionId: string;
  readonly facts: readonly StoredFact[];
}

/** The newest unfinished session goes on when it is young enough; all others are wiped, or ended where they are sealed. */
async function takeUp(parts: StationParts): Promise<Result<Resumed | null>> {
  const { store, policy, now } = parts;
  const unfinished = await store.sessions.unfinished();
  if (!unfinished.ok) return unfinished;
  let resumed: Resumed | null = null;
  for (const { id, activeAt } of unfinished.value.toReversed()) {
    const facts = await store.sessions.facts(id);
    if (!facts.ok) return facts;
    const isSealed = facts.value.some(({ type }) => type === 'sealed');
    // A clock that was set back makes no session young again for ever: only what is in the window counts.
    const age = (now().getTime() - Date.parse(activeAt)) / 1000;
    if (!isSealed && !resumed && age >= 0 && age <= policy.patience.resume) {
      resumed = { sessionId: id, facts: facts.value };
      continue;
    }
    const ended = await end(parts, { sessionId: id, how: isSealed ? 'sealed' : 'timed-out', by: KIOSK });
    if (!ended.ok) return ended;
  }
  return ok(resumed);
}

function createStation(
  parts: StationParts,
  { onBug, clock }: StationOptions,
  resumed: Resumed | null,
  today: readonly QueueEntry[],
): Station {
  const { policy, now, store } = parts;
  const timing = clock ? { clock } : {};
  const listeners = new Set<(status: StationStatus) => void>();
  const sessionMachine = createSession(parts);
  let queue = today;
  let inARow = 0;
  let staff: readonly StaffOnDuty[] = [];
  let session: {
    readonly actor: SessionActor;
    readonly number: number | null;
    readonly begun: number;
  } | null = null;
  let closed = false;
  const kiosk = createActor(createKiosk(parts), timing);
  kiosk.subscribe({ next: tell, error: onBug });
  kiosk.start();
  if (resumed) serve('id', resumed);

  function serve(language: string, from: Resumed | null): void {
    const actor = createActor(sessionMachine, { ...timing, input: { language, resumed: from } });
    const called = queue.find(({ state }) => state === 'called')?.number ?? null;
    session = { actor, number: called, begun: performance.now() };
    if (called !== null) void moveQueue(store.queue.serve(called));
    actor.subscribe({
      next: (snapshot) => {
        if (snapshot.matches({ work: 'gone' })) dismiss(actor);
        tell();
      },
      error: (error) => {
        onBug(error);
        const { sessionId, facts } = actor.getSnapshot().context;
        if (session?.actor !== actor || closed) return;
        session = null;
        parts.captures.clear();
        // What was stored goes on; without a fact there was nothing.
        if (facts.length > 0) void goOn(sessionId, language);
        tell();
      },
    });
    actor.start();
  }

  async function goOn(sessionId: string, language: string): Promise<void> {
    const facts = await store.sessions.facts(sessionId);
    if (facts.ok && !closed && !session && !facts.value.some(({ type }) => type === 'ended'))
      serve(language, { sessionId, facts: facts.value });
    tell();
  }

  /** Everything of the person leaves memory with the machine. */
  function dismiss(actor: SessionActor): void {
    if (session?.actor !== actor) return;
    const { number, begun } = session;
    session = null;
    actor.stop();
    parts.captures.clear();
    if (number !== null)
      void moveQueue(store.queue.served(number, Math.round((performance.now() - begun) / 1000)));
    const { operator } = actor.getSnapshot().context;
    staff = staff.map((one) => (one.id === operator ? { ...one, sessions: one.sessions + 1 } : one));
  }

  async function moveQueue(act: Promise<Result<unknown>>): Promise<void> {
    await act;
    const entries = await store.queue.today();
    if (entries.ok) queue = entries.value;
    tell();
  }

  function tell(): void {
    if (closed) return;
    const status = current();
    for (const listener of listeners) listener(status);
  }

  function current(): StationStatus {
    const snapshot = session?.actor.getSnapshot();
    return {
      kiosk: kioskStatus(kiosk.getSnapshot(), now(), policy),
      queue: queueStatus(queue, policy.queue, inARow),
      session: snapshot ? sessionStatus(snapshot, policy) : null,
      staff,
      approvals: snapshot ? approvalsIn(snapshot) : [],
      closing: null,
      alarms: [],
    };
  }

  function askQueue(event: SessionEvent): Result {
    const called = queue.find(({ state }) => state === 'called');
    if (event.type === 'mark-missed') {
      if (called?.number !== event.number) return fail('SESSION-NOT-NOW', 'that number is not called');
      void moveQueue(store.queue.missed(event.number, called.missed + 1 >= policy.queue.missedMost));
      return ok();
    }
    const next =
      event.type === 'call-number'
        ? queue.find(({ number, state }) => number === event.number && state === 'waiting')
        : callOrder(queue, policy.queue, inARow)[0];
    if (!next || called) return fail('SESSION-NOT-NOW', called ? 'somebody is called' : 'nobody waits');
    inARow = goesFirst(next, policy.queue) ? inARow + 1 : 0;
    void moveQueue(store.queue.call(next.number));
    return ok();
  }

  return {
    status: current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(actor, wish) {
      const allowed = mayAtStation(actor, wish, current(), policy);
      if (!allowed.ok) return allowed;
      const event = { ...wish, by: actor.id } as SessionEvent;
      if (event.type === 'begin') {
        serve(event.language, null);
        tell();
        return ok();
      }
      if (QUEUE_WISHES.includes(event.type)) return askQueue(event);
      const target = session?.actor.getSnapshot().can(event) ? session.actor : kiosk;
      if (!target.getSnapshot().can(event)) {
        void store.audit.append('session-event-unknown', actor.id, {
          event: event.type,
          stage: session ? (current().session?.stage.at ?? 'none') : 'none',
        });
        return fail('SESSION-NOT-NOW', event.type);
      }
      // Whoever asks for something is there.
      if (target !== kiosk && actor.role === 'resident') target.send({ type: 'touch', by: actor.id });
      target.send(event);
      return ok();
    },
    tell(event) {
      kiosk.send(event);
    },
    staffChanged(present) {
      staff = present.map((one) => ({
        sessions: 0,
        tired: false,
        ...staff.find(({ id }) => id === one.id),
        ...one,
      }));
      tell();
    },
    close() {
      closed = true;
      listeners.clear();
      session?.actor.stop();
      kiosk.stop();
      parts.captures.clear();
    },
  };
}
