/** The quick, free look at a card: who it is and whether it is activated, in clear and without a SAM. */
import type { Slot } from '../devices/card-reader/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type CardIdentity, identify, openCard } from './chip.ts';
import { cardEnd, tallyOf } from './ends.ts';
import type { CardProfile } from './profile.ts';

export interface CardState extends Omit<CardIdentity, 'cardControl'> {
  readonly activated: boolean;
}

/** Settles what became of an activation. KTP-STATE-UNKNOWN: the state byte is neither of the two expected. */
export async function readState(
  slot: Slot,
  { profile, signal }: { readonly profile: CardProfile; readonly signal: AbortSignal },
): Promise<Result<CardState>> {
  const card = cardEnd(slot, tallyOf(signal));
  const opened = await openCard(card);
  if (!opened.ok) return opened;
  const identity = await identify(card, profile);
  if (!identity.ok) return identity;
  const { cardType, cardGeneration, uid, activated } = identity.value;
  return activated === null ? fail('KTP-STATE-UNKNOWN') : ok({ cardType, cardGeneration, uid, activated });
}
