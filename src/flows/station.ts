/**
 * A station as the rest of the kiosk sees it: a status, a way to be told of changes, a way to ask. A bug in a flow ends
 * that flow, not the kiosk: what a session has stored is there, and the session goes on from it.
 */
import { type Actor, type ActorOptions, type AnyActorLogic, createActor } from 'xstate';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { ClosedDay } from '../store/closings.ts';
import type { QueueEntry } from '../store/queue.ts';
import type { StoredFact } from '../store/session-facts.ts';
import { closingStatus, createClosing } from './closing-machine.ts';
import { createKiosk, type KioskParts, kioskStatus, type PanelEvent } from './kiosk-machine.ts';
import { localDay } from './opening-hours.ts';
import type { RecordingParts } from './recording-parts.ts';
import { KIOSK } from './session-context.ts';
import { end } from './session-effects.ts';
import type { ClosingEvent, SessionEvent, SessionWish } from './session-events.ts';
import { createSession } from './session-machine.ts';
import { approvalsIn, sessionStatus } from './session-project.ts';
import { viewOf } from './session-view.ts';
import { createStationAlarms } from './station-alarms.ts';
import { createStationQueue } from './station-queue.ts';
import { CLOSING_WISHES, mayAtStation, QUEUE_WISHES, type StationActor } from './station-rights.ts';
import { createStationStaff } from './station-staff.ts';
import type { Alarm, StaffOnDuty, StationStatus } from './station-status.ts';

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

/** A session crashed the kiosk, or its own flow, each time it was taken up. */
const GIVEN_UP: Alarm = { failure: { code: 'SESSION-GIVEN-UP' }, staff: null, rate: null };

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
  const closed = await parts.store.closings.of(localDay(parts.now(), parts.policy));
  if (!closed.ok) return closed;
  return ok(createStation(parts, options, { ...resumed.value, queue: today.value, closed: closed.value }));
}

/** What the store knows at the start. */
interface Standing {
  readonly resumed: Resumed | null;
  /** Sessions that crashed the kiosk too often. */
  readonly givenUp: number;
  readonly queue: readonly QueueEntry[];
  /** Today, where it was closed already. */
  readonly closed: ClosedDay | null;
}

interface Resumed {
  readonly sessionId: string;
  readonly facts: readonly StoredFact[];
}

/** The newest unfinished session goes on when it is young enough; all others are wiped, or ended where they are sealed. */
async function takeUp(parts: StationParts): Promise<Result<Pick<Standing, 'resumed' | 'givenUp'>>> {
  const { store, policy, now } = parts;
  const unfinished = await store.sessions.unfinished();
  if (!unfinished.ok) return unfinished;
  let resumed: Resumed | null = null;
  let givenUp = 0;
  for (const { id, activeAt } of unfinished.value.toReversed()) {
    const facts = await store.sessions.facts(id);
    if (!facts.ok) return facts;
    const isSealed = facts.value.some(({ type }) => type === 'sealed');
    // A clock that was set back makes no session young again for ever: only what is in the window counts.
    const age = (now().getTime() - Date.parse(activeAt)) / 1000;
    if (!isSealed && !resumed && age >= 0 && age <= policy.patience.resume) {
      const times = await parts.store.sessions.resume(id);
      if (!times.ok) return times;
      if (times.value <= policy.patience.resumes) {
        resumed = { sessionId: id, facts: facts.value };
        continue;
      }
      givenUp++;
    }
    const ended = await end(parts, { sessionId: id, how: isSealed ? 'sealed' : 'timed-out', by: KIOSK });
    if (!ended.ok) return ended;
  }
  return ok({ resumed, givenUp });
}

function createStation(parts: StationParts, { onBug, clock }: StationOptions, standing: Standing): Station {
  const { policy, now, store } = parts;
  const timing = clock ? { clock } : {};
  const listeners = new Set<(status: StationStatus) => void>();
  const staff = createStationStaff(policy.fatigue);
  const queue = createStationQueue(store, policy.queue, standing.queue, tell);
  const alarms = createStationAlarms(parts, tell);
  const sessionMachine = createSession({ ...parts, takeNumber: queue.take });
  let session: {
    readonly actor: SessionActor;
    /** undefined: a service is still chosen. */
    number: number | null | undefined;
    readonly begun: number;
  } | null = null;
  let closed = false;
  const kiosk = createActor(createKiosk(parts), timing);
  const closing = createActor(createClosing(parts), { ...timing, input: { closed: standing.closed } });
  kiosk.subscribe({ next: tell, error: onBug });
  closing.subscribe({ next: tell, error: onBug });
  kiosk.start();
  closing.start();
  if (standing.closed) kiosk.send({ type: 'shut' });
  if (standing.resumed) serve('id', standing.resumed);
  for (let n = 0; n < standing.givenUp; n++) alarms.raise(GIVEN_UP);
  void alarms.look();

  function serve(language: string, from: Resumed | null): void {
    const actor = createActor(sessionMachine, { ...timing, input: { language, resumed: from } });
    session = { actor, number: undefined, begun: performance.now() };
    actor.subscribe({
      next: (snapshot) => {
        // Whoever only takes a number is not the one who was called.
        if (session?.actor === actor && session.number === undefined && snapshot.context.facts.length > 0)
          session.number = queue.serveCalled();
        if (snapshot.matches({ work: 'gone' })) dismiss(actor);
        tell();
      },
      error: (error) => {
        onBug(error);
        const { sessionId, facts } = actor.getSnapshot().context;
        if (session?.actor !== actor || closed) return;
        session = null;
        forgetPerson();
        // What was stored goes on; without a fact there was nothing.
        if (facts.length > 0) void goOn(sessionId, language);
        tell();
      },
    });
    actor.start();
  }

  async function goOn(sessionId: string, language: string): Promise<void> {
    const facts = await store.sessions.facts(sessionId);
    const types = facts.ok ? facts.value.map(({ type }) => type) : [];
    if (facts.ok && !closed && !session && !types.includes('ended')) {
      const times = await store.sessions.resume(sessionId);
      if (times.ok && times.value > policy.patience.resumes && !types.includes('sealed')) {
        await end(parts, { sessionId, how: 'timed-out', by: KIOSK });
        alarms.raise(GIVEN_UP);
      } else if (!closed && !session) serve(language, { sessionId, facts: facts.value });
    }
    tell();
  }

  function forgetPerson(): void {
    parts.captures.clear();
    parts.guards.forget();
  }

  /** Everything of the person leaves memory with the machine. */
  function dismiss(actor: SessionActor): void {
    if (session?.actor !== actor) return;
    const { number, begun } = session;
    session = null;
    actor.stop();
    forgetPerson();
    const seconds = Math.round((performance.now() - begun) / 1000);
    if (typeof number === 'number') queue.served(number, seconds);
    const { operator, facts } = actor.getSnapshot().context;
    const { captures, discarded, exceptions } = viewOf(facts);
    staff.worked(operator, { seconds, captures, discarded });
    if (exceptions.length > 0) void alarms.look();
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
      queue: queue.status(),
      session: snapshot ? sessionStatus(snapshot, policy) : null,
      staff: staff.onDuty(),
      approvals: snapshot ? approvalsIn(snapshot) : [],
      closing: closingStatus(closing.getSnapshot(), localDay(now(), policy)),
      alarms: alarms.current(),
    };
  }

  /** Today is reviewed while nobody is served, and nothing new begins meanwhile; an earlier day disturbs nobody. */
  function askClosing(event: ClosingEvent): Result {
    const isToday = event.type === 'begin-closing' && event.day === localDay(now(), policy);
    if (isToday && session) return fail('SESSION-NOT-NOW', 'somebody is served');
    if (!closing.getSnapshot().can(event)) return fail('SESSION-NOT-NOW', event.type);
    if (isToday) kiosk.send({ type: 'shut' });
    closing.send(event);
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
      if (isOneOf(event, QUEUE_WISHES)) return queue.ask(event);
      if (isOneOf(event, CLOSING_WISHES)) return askClosing(event);
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
      staff.present(present);
      tell();
    },
    close() {
      closed = true;
      listeners.clear();
      session?.actor.stop();
      kiosk.stop();
      closing.stop();
      forgetPerson();
    },
  };
}

function isOneOf<T extends SessionEvent['type']>(
  event: SessionEvent,
  types: readonly T[],
): event is Extract<SessionEvent, { type: T }> {
  return types.some((type) => type === event.type);
}
