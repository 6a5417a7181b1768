/**
 * Activations whose outcome is open: the power failed between the command and the read-back. At start they are
 * settled by the card when it still lies on a reader, and otherwise reported as unknown, with its UID; a later
 * read of that card settles those too.
 */
import { ok, type Result } from '../failures/failure.ts';
import { type CardState, readState } from '../ktp/read-state.ts';
import type { StoredActivation } from '../store/activations.ts';
import type { Store } from '../store/store.ts';
import { awaitReady, pause } from './card-watch.ts';
import type { ChipStation, DeskParts } from './parts.ts';
import type { ActivationOutcome } from './status.ts';

const BY = 'kiosk';
/** How long a start waits for a reader while an activation is open. */
const START_PATIENCE_MS = 10_000;
const RETRY_MS = 300;

/** Settles every open intent; to be called once, before the desk opens. */
export async function settleOpen(parts: DeskParts, signal: AbortSignal): Promise<Result> {
  const open = await parts.store.activations.open();
  if (!open.ok) return open;
  if (open.value.length === 0) return ok();
  const states = await cardsOnReaders(parts, signal);
  for (const intent of open.value) {
    const activated = states.get(intent.uid);
    const outcome = activated === undefined ? 'unknown' : activated ? 'done' : 'refused';
    const settled = await settle(parts.store, intent, outcome);
    if (!settled.ok) return settled;
  }
  return ok();
}

/** A card with an unknown activation was read: now it is known. */
export async function resolveUnknown(store: Store, uid: string, activated: boolean): Promise<Result> {
  const unknown = await store.activations.unknown();
  if (!unknown.ok) return unknown;
  for (const intent of unknown.value) {
    if (intent.uid !== uid) continue;
    const outcome = activated ? 'done' : 'refused';
    const settled = await settle(store, intent, outcome);
    if (!settled.ok) return settled;
  }
  return ok();
}

/** The match that went before is in the audit; the proof here is the card's own state. */
function settle(
  store: Store,
  { id, uid, readerId }: StoredActivation,
  outcome: ActivationOutcome,
): Promise<Result> {
  return store.activations.settle({
    id,
    outcome,
    by: BY,
    proof: { uid, reader: readerId, readBack: outcome },
  });
}

/** UID8 → activated, of the cards that lie on the APDU readers now. */
async function cardsOnReaders(parts: DeskParts, signal: AbortSignal): Promise<Map<string, boolean>> {
  const states = new Map<string, boolean>();
  for (const { id, kind } of parts.readers) {
    const station = kind === 'apdu' ? parts.chipStation(id) : undefined;
    if (!station?.ok) continue;
    const state = await lookAtCard(station.value, signal);
    if (state.ok) states.set(state.value.uid, state.value.activated);
  }
  return states;
}

/** A reader that starts, or that its service still holds for a kiosk that died, needs a moment. */
async function lookAtCard({ reader, profile }: ChipStation, signal: AbortSignal): Promise<Result<CardState>> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(START_PATIENCE_MS)]);
  await awaitReady(reader, patience);
  for (;;) {
    const state = await reader.exchange(signal, (slots) => readState(slots, { profile, signal }));
    if (state.ok || patience.aborted || reader.status().card === false) return state;
    await pause(RETRY_MS, patience);
  }
}
