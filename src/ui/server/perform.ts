/** What becomes of a wish: checked for rights and moment, then passed on to the desk or to the bench. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import { type Actor, may } from '../../flows/rights.ts';
import type { DeskEvent, DeskStatus } from '../../flows/status.ts';
import type { BenchCommand, BenchStatus } from '../contract/bench.ts';
import type { Intent } from '../contract/intent.ts';

export interface Desk {
  status(): DeskStatus;
  /** Calls the listener after every change of status; returns what ends it. */
  subscribe(listener: () => void): () => void;
  send(event: DeskEvent): Result;
}

export interface Bench {
  status(): BenchStatus;
  subscribe(listener: () => void): () => void;
  send(command: BenchCommand): Promise<Result<unknown>>;
}

/**
 * Fails with what `may` says, with UI-OTHER-CARD when the card to activate is not the one at hand, with
 * UI-NOT-ALLOWED for the bench where the devices are real, and with what desk or bench say.
 */
export function createPerform(desk: Desk, bench: Bench | undefined, actor: Actor) {
  return async (intent: Intent): Promise<Result> => {
    if (intent.type === 'bench') {
      if (!bench) return fail('UI-NOT-ALLOWED', 'the devices are real');
      const done = await bench.send(intent.command);
      return done.ok ? ok() : done;
    }
    const status = desk.status();
    const allowed = may(actor, intent, status);
    if (!allowed.ok) return allowed;
    if (intent.type === 'activate' && !showsCard(status, intent.uid)) return fail('UI-OTHER-CARD');
    return desk.send(eventOf(intent, actor));
  };
}

function showsCard({ work }: DeskStatus, uid: string): boolean {
  return work.at === 'verification' && work.card?.uid === uid;
}

function eventOf(intent: Exclude<Intent, { type: 'bench' }>, { id: by }: Actor): DeskEvent {
  return intent.type === 'verify'
    ? { type: intent.type, reader: intent.reader, by }
    : { type: intent.type, by };
}
