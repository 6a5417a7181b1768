/** The activation desk's screen: its wishes go to the desk's flows, and to the bench where there is one. */
import type { z } from 'zod';
import { fail, type Result } from '../../failures/failure.ts';
import { type Actor, may } from '../../flows/rights.ts';
import type { DeskEvent, DeskStatus } from '../../flows/status.ts';
import { deskIntent, type Intent } from '../contract/intent.ts';
import { isKey } from './access.ts';
import type { Door } from './door.ts';
import type { FeeChannel } from './fee-channel.ts';
import { type Bench, performOnBench } from './perform-on-bench.ts';
import { project } from './project.ts';

export interface Desk {
  status(): DeskStatus;
  /** Calls the listener after every change of status; returns the function that ends it. */
  subscribe(listener: () => void): () => void;
  send(event: DeskEvent): Result;
  showCards(village: string | null, by: string): Promise<Result>;
}

export interface DeskParts {
  readonly key: string;
  readonly desk: Desk;
  /** JPEG bytes of the case at hand; undefined when the case is closed. */
  photo(id: string): Uint8Array | undefined;
  /** undefined: nobody was named to whom reports of fees are sealed. */
  readonly fees: FeeChannel | undefined;
  readonly bench: Bench | undefined;
}

export function createDeskDoor(parts: DeskParts): Door {
  const { key, desk, photo, fees, bench } = parts;
  const actor: Actor = { id: 'desk', role: 'desk' };
  return {
    screen: 'desk',
    key,
    enter: () => ({
      draw() {
        const view = project(desk.status(), actor, bench?.status() ?? null);
        return fees ? { ...view, can: [...view.can, 'report-fee'] } : view;
      },
      perform: (intent) => performAtDesk(parts, actor, intent),
    }),
    subscribe(listener) {
      const endings = [desk.subscribe(listener), bench?.subscribe(listener)];
      return () => {
        for (const end of endings) end?.();
      };
    },
    gallery(token) {
      if (!isKey(token, key)) return undefined;
      return async (id) => {
        const bytes = photo(id);
        return bytes && { type: 'image/jpeg', bytes };
      };
    },
  };
}

/**
 * Fails with what `may` says, with UI-OTHER-CARD when the card to activate is not the one at hand, with
 * UI-NOT-ALLOWED for other screens' wishes, and with what desk or bench say.
 */
async function performAtDesk(
  { desk, fees, bench }: DeskParts,
  actor: Actor,
  intent: Intent,
): Promise<Result> {
  if (intent.type === 'bench') return performOnBench(bench, intent.command);
  const wish = deskIntent.safeParse(intent).data;
  if (!wish) return fail('UI-NOT-ALLOWED', `${intent.type} at the desk`);
  if (wish.type === 'report-fee') return fees ? fees.report(wish) : fail('OVERSIGHT-UNTOLD');
  const status = desk.status();
  const allowed = may(actor, wish, status);
  if (!allowed.ok) return allowed;
  if ('uid' in wish && !showsCard(status, wish.uid)) return fail('UI-OTHER-CARD');
  if (wish.type === 'show-cards') return desk.showCards(wish.village, actor.id);
  return desk.send(eventOf(wish, actor.id));
}

type Wish = Exclude<z.infer<typeof deskIntent>, { type: 'report-fee' | 'show-cards' }>;

function eventOf(wish: Wish, by: string): DeskEvent {
  switch (wish.type) {
    case 'hand-over':
      return { type: wish.type, feesAsked: wish.feesAsked, by };
    case 'dispute':
      return { type: wish.type, reason: wish.reason, fields: wish.fields, by };
    case 'verify':
      return { type: wish.type, reader: wish.reader, by };
    default:
      return { type: wish.type, by };
  }
}

/** A sealed reader tells no UID: of its card none is seen. */
function showsCard({ work }: DeskStatus, uid: string | null): boolean {
  if (work.at === 'comparison') return true;
  return 'card' in work && (work.card?.uid ?? null) === uid;
}
