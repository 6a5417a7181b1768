/** The quick, free look at a card: who it is and whether it is activated, in clear and without a SAM. */
import type { Slots } from '../devices/card-reader/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type CardIdentity, identify, openCard } from './chip.ts';
import type { CardProfile } from './profile.ts';
import { relayOf } from './relay.ts';

export interface CardState extends Omit<CardIdentity, 'cardControl'> {
  readonly activated: boolean;
}

/** Settles what became of an activation. KTP-STATE-UNKNOWN: the state byte is neither of the two expected. */
export async function readState(
  slots: Slots,
  { profile, signal }: { readonly profile: CardProfile; readonly signal: AbortSignal },
): Promise<Result<CardState>> {
  const relay = relayOf(slots, signal);
  const opened = await openCard(relay);
  if (!opened.ok) return opened;
  const identity = await identify(relay, profile);
  if (!identity.ok) return identity;
  const { cardType, cardGeneration, uid, activated } = identity.value;
  return activated === null ? fail('KTP-STATE-UNKNOWN') : ok({ cardType, cardGeneration, uid, activated });
}
