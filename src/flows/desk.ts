/**
 * The desk as the rest of the kiosk sees it: a status, a way to be told of changes, a way to send what the
 * officer wants. A bug in a flow ends that flow; the desk starts anew and the kiosk stays up.
 */
import { type Actor, createActor } from 'xstate';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import { createDeskMachine } from './desk-machine.ts';
import type { DeskParts } from './parts.ts';
import { otherSamSeen } from './sam-binding.ts';
import type { DeskEvent, DeskStatus, UnknownActivation } from './status.ts';

export interface Desk {
  status(): DeskStatus;
  /** Calls the listener at every change; returns the function that ends it. */
  subscribe(listener: (status: DeskStatus) => void): () => void;
  /** Refused with DESK-NOT-NOW when the desk is at something else, DESK-CLOSED-… when it is closed. */
  send(event: DeskEvent): Result;
  close(): void;
}

export interface DeskOptions {
  /** A bug in a flow; the desk has already started anew. */
  readonly onBug: (error: unknown) => void;
}

export function createDesk(parts: DeskParts, { onBug }: DeskOptions): Desk {
  const machine = createDeskMachine(parts);
  const closing = new AbortController();
  const listeners = new Set<(status: DeskStatus) => void>();
  let unknownActivations: readonly UnknownActivation[] = [];
  let closed: Failure | null = null;
  let sensorFailure: Failure | null = null;
  let actor = startActor();
  const unsubscribers = parts.readers.map((reader) => reader.subscribe(tell));
  void look();

  function startActor(): Actor<typeof machine> {
    const started = createActor(machine);
    let at = '';
    started.subscribe({
      next: ({ context: { work } }) => {
        // What the store knows can only have changed with a case's end.
        if (work.at !== at) void look();
        at = work.at;
        tell();
      },
      error: (error) => {
        onBug(error);
        actor = startActor();
        tell();
      },
    });
    started.start();
    return started;
  }

  /** Reads from the store what the status shows besides the work at hand. */
  async function look(): Promise<void> {
    const unknown = await parts.store.activations.unknown();
    if (unknown.ok) {
      unknownActivations = unknown.value.map(({ id, uid, at }) => ({ intentId: id, uid, since: at }));
    }
    const other = await otherSamSeen(
      parts.store,
      parts.readers.map(({ id }) => id),
    );
    closed = other.ok ? (other.value ? { code: 'DESK-SAM-OTHER' } : null) : other.failure;
    if (parts.sensor && actor.getSnapshot().matches('idle')) {
      const checked = await parts.sensor.check(closing.signal);
      sensorFailure = checked.ok ? null : checked.failure;
    }
    tell();
  }

  function tell(): void {
    const status = current();
    for (const listener of listeners) listener(status);
  }

  function current(): DeskStatus {
    return {
      readers: parts.readers.map((reader) => {
        const { state, card, sam, failure } = reader.status();
        return { id: reader.id, generation: reader.generation, kind: reader.kind, state, card, sam, failure: failure ?? null };
      }),
      sensor: parts.sensor ? { id: parts.sensor.id, failure: sensorFailure } : null,
      work: actor.getSnapshot().context.work,
      unknownActivations,
      closed,
    };
  }

  return {
    status: current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(event) {
      if (closed && (event.type === 'verify' || event.type === 'activate')) return { ok: false, failure: closed };
      if (!actor.getSnapshot().can(event)) {
        const { value } = actor.getSnapshot();
        void parts.store.audit.append('event-refused', event.by, { event: event.type, state: JSON.stringify(value) });
        return fail('DESK-NOT-NOW');
      }
      actor.send(event);
      return ok();
    },
    close() {
      closing.abort();
      for (const unsubscribe of unsubscribers) unsubscribe();
      listeners.clear();
      actor.stop();
    },
  };
}
