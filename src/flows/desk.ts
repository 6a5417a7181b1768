/**
 * The desk as the rest of the kiosk sees it: a status, a way to be told of changes, a way to send what the
 * officer wants. A bug in a flow ends that flow; the desk starts anew and the kiosk stays up.
 */
import { type Actor, type ActorOptions, type AnyActorLogic, createActor } from 'xstate';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import { createDeskMachine } from './desk-machine.ts';
import type { DeskParts } from './parts.ts';
import { openFor } from './rights.ts';
import { otherSamSeen } from './sam-binding.ts';
import type { DeskEvent, DeskStatus, FinishedCards, UnknownActivation } from './status.ts';

export interface Desk {
  status(): DeskStatus;
  /** Calls the listener at every change; returns the function that ends it. */
  subscribe(listener: (status: DeskStatus) => void): () => void;
  /** Refused with DESK-NOT-NOW when the desk is at something else, DESK-CLOSED-… when it is closed. */
  send(event: DeskEvent): Result;
  /** Lists the finished cards of a village, null: none any more. Errors: those of the store. */
  showCards(village: string | null, by: string): Promise<Result>;
  /** Looks again at what the store knows: after a console command that may have changed it. */
  refresh(): Promise<void>;
  close(): void;
}

export interface DeskOptions {
  /** A bug in a flow; the desk has already started anew. */
  readonly onBug: (error: unknown) => void;
  /** Moves the patience of the flows; tests give a simulated one. */
  readonly clock?: NonNullable<ActorOptions<AnyActorLogic>['clock']>;
}

export function createDesk(parts: DeskParts, { onBug, clock }: DeskOptions): Desk {
  const machine = createDeskMachine(parts);
  const closing = new AbortController();
  const listeners = new Set<(status: DeskStatus) => void>();
  let unknownActivations: readonly UnknownActivation[] = [];
  let closed: Failure | null = null;
  let sensorFailure: Failure | null = null;
  let finished: FinishedCards = { villages: [], village: null, waiting: [] };
  let actor: Actor<typeof machine>;
  begin();
  const unsubscribers = parts.readers.map((reader) => reader.subscribe(tell));
  void refresh();

  function begin(): void {
    let at = '';
    actor = createActor(machine, clock ? { clock } : {});
    actor.subscribe({
      next: ({ context: { work, by } }) => {
        const now = 'step' in work ? `${work.at} ${work.step}` : work.at;
        // What the store knows changes with the steps: a card that was read may settle an unknown activation.
        if (now !== at) void refresh();
        // The list tells of this card, too.
        if (now !== at && now === 'hand-over settled' && finished.village !== null)
          void showCards(finished.village, by);
        at = now;
        tell();
      },
      error: (error) => {
        onBug(error);
        begin();
      },
    });
    actor.start();
  }

  /** Reads from the store what the status shows besides the work at hand. */
  async function refresh(): Promise<void> {
    const unknown = await parts.store.activations.unknown();
    if (unknown.ok) {
      unknownActivations = unknown.value.map(({ id, uid, begunAt }) => ({
        intentId: id,
        uid,
        since: begunAt,
      }));
    }
    const other = await otherSamSeen(
      parts.store,
      parts.readers.map(({ id }) => id),
    );
    closed = other.ok ? (other.value ? { code: 'DESK-SAM-OTHER' } : null) : other.failure;
    if (actor.getSnapshot().matches('idle')) {
      await countCards();
      const checked = await parts.sensor?.check(closing.signal);
      if (checked) sensorFailure = checked.ok ? null : checked.failure;
    }
    tell();
  }

  async function countCards(): Promise<void> {
    const counts = await parts.store.cards.counts();
    if (!counts.ok) return;
    const villages = counts.value.map(({ village, arrived, handedOver, inSafe, ages }) => ({
      village,
      arrived,
      handedOver,
      inSafe,
      longer: ages.longer,
    }));
    finished = { ...finished, villages };
  }

  /** Each look at whose cards lie here is in the audit. */
  async function showCards(village: string | null, by: string): Promise<Result> {
    const listed = village === null ? ok([]) : await parts.store.cards.inSafe({ village }, by);
    if (!listed.ok) return listed;
    const waiting = listed.value.map(({ nik, name, arrivedOn, setAside }) => ({
      nik,
      name,
      arrivedOn,
      setAside,
    }));
    finished = { ...finished, village, waiting };
    tell();
    return ok();
  }

  function tell(): void {
    const status = current();
    for (const listener of listeners) listener(status);
  }

  function current(): DeskStatus {
    const snapshot = actor.getSnapshot();
    const { work } = snapshot.context;
    return {
      readers: parts.readers.map((reader) => {
        const { state, card, sam, failure } = reader.status();
        return {
          id: reader.id,
          generation: reader.generation,
          kind: reader.kind,
          state,
          card,
          sam,
          failure: failure ?? null,
        };
      }),
      sensor: parts.sensor ? { id: parts.sensor.id, failure: sensorFailure } : null,
      work,
      unknownActivations,
      closed,
      canHandOver: snapshot.can({ type: 'begin-hand-over', by: '' }),
      canDispute: snapshot.can({ type: 'dispute', reason: 'damaged', fields: [], by: '' }),
      finished: work.at === 'idle' ? finished : { ...finished, village: null, waiting: [] },
    };
  }

  return {
    status: current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(event) {
      const open = openFor(event.type, closed);
      if (!open.ok) return open;
      if (!actor.getSnapshot().can(event)) {
        const { value } = actor.getSnapshot();
        const state = typeof value === 'string' ? value : Object.entries(value).flat().join('.');
        void parts.store.audit.append('desk-event-unknown', event.by, { event: event.type, state });
        return fail('DESK-NOT-NOW');
      }
      actor.send(event);
      return ok();
    },
    showCards,
    refresh,
    close() {
      closing.abort();
      for (const unsubscribe of unsubscribers) unsubscribe();
      listeners.clear();
      actor.stop();
    },
  };
}
