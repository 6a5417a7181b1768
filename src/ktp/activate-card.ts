/**
 * A card is activated: the SAM makes the command, the relay carries it, and what the card then says of itself in
 * clear is the outcome. It cannot be repeated at will, so the caller stores an intent right before it goes.
 */
import type { Slots } from '../devices/card-reader/port.ts';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import { authentication } from './authenticate.ts';
import { identify, openCard, readCardControl } from './chip.ts';
import { activate, selectFile } from './commands.ts';
import { FILE } from './files.ts';
import type { CardProfile } from './profile.ts';
import { ask, type Relay, relayOf } from './relay.ts';
import { openSam, type SamOpen } from './sam.ts';
import { carried, protecting, secured } from './secure.ts';

export interface ActivateOptions {
  readonly profile: CardProfile;
  readonly samOpen: SamOpen;
  /** Ends the work between two APDUs (KTP-CANCELLED), but not any more once `beforeCommand` was called. */
  readonly signal: AbortSignal;
  /** UID8 of the card that was verified, 16 upper-case hex digits. */
  readonly uid: string;
  /** Stores the intent. Called at most once, right before the command goes to the card, which waits for its success. */
  readonly beforeCommand: () => Promise<Result>;
  /** Chip and SAM proved themselves to each other, before `beforeCommand`. */
  readonly onAuthenticated?: () => void;
}

/** What the card, read back in clear, says of the outcome. */
export interface Activation {
  /** `already`: it was active before, nothing was sent. `refused`: it is not active, `refusal` says why. */
  readonly outcome: 'done' | 'already' | 'refused';
  readonly activated: boolean;
  readonly refusal: Failure | null;
}

/**
 * Activates the card that was verified as `uid` (KTP-OTHER-CARD for any other). Never begun again by itself.
 * A failure before `beforeCommand` was called means that nothing was sent; after it, that the outcome is open and
 * must be settled by reading the card (`readState`).
 */
export async function activateCard(
  slots: Slots,
  { profile, samOpen, signal, uid, beforeCommand, onAuthenticated = () => {} }: ActivateOptions,
): Promise<Result<Activation>> {
  const relay = relayOf(slots, signal);
  const opened = await openCard(relay);
  if (!opened.ok) return opened;
  const identity = await identify(relay, profile);
  if (!identity.ok) return identity;
  if (identity.value.uid !== uid) return fail('KTP-OTHER-CARD');
  if (identity.value.activated === null) return fail('KTP-STATE-UNKNOWN');
  if (identity.value.activated) return ok({ outcome: 'already', activated: true, refusal: null });

  const samUid = await openSam(relay, samOpen);
  if (!samUid.ok) return samUid;
  const command = await ask(
    relay,
    ...authentication(identity.value),
    ...secured(selectFile(FILE.cardControl)),
    protecting(activate),
  );
  if (!command.ok) return command;
  onAuthenticated();
  if (signal.aborted) return fail('KTP-CANCELLED', 'before ACTIVATE');

  const intended = await beforeCommand();
  if (!intended.ok) return intended;
  // From here on a cancel would only leave the outcome open.
  const committed = relayOf(slots, new AbortController().signal);
  const sent = await ask(
    committed,
    ...carried({ to: 'card', phase: 'activation', name: 'ACTIVATE', apdu: command.value }),
  );
  return readBack(committed, profile, sent.ok ? null : sent.failure);
}

/**
 * Whatever the command came to, the card's own state decides; when that cannot be read, the outcome stays open.
 * `refusal` null: the card says, under secure messaging, that it did it.
 */
async function readBack(
  relay: Relay,
  profile: CardProfile,
  refusal: Failure | null,
): Promise<Result<Activation>> {
  const control = await readCardControl(relay, profile);
  if (!control.ok) return refusal ? { ok: false, failure: refusal } : control;
  const { activated } = control.value;
  if (activated === null) return fail('KTP-STATE-UNKNOWN', 'after ACTIVATE');
  if (activated) return ok({ outcome: 'done', activated, refusal: null });
  const reason: Failure = refusal ?? { code: 'KTP-NOT-ACTIVATED' };
  return ok({ outcome: 'refused', activated, refusal: reason });
}
