/** The SAM's side that is done once for as long as it stays powered: opening it, and asking who it is. */
import type { Slot } from '../devices/card-reader/port.ts';
import { type Failure, ok, type Result } from '../failures/failure.ts';
import { SW } from './apdu.ts';
import { hex } from './bytes.ts';
import { openSam as openCommand, samUid } from './commands.ts';
import { ask, type End, refusal, wrongLength } from './ends.ts';

/** Issued with the SAM; a secret. */
export interface SamOpen {
  /** 16 bytes. */
  readonly pcid: Uint8Array;
  /** 32 bytes. */
  readonly conf: Uint8Array;
}

/** What became of F0 on each powered SAM: its UID (upper-case hex), or the refusal. */
const opened = new WeakMap<Slot, { uid?: string; refused?: Failure }>();

/**
 * Opens the SAM behind `slot`, unless that was done since it was powered, and returns its UID. A refused F0 is
 * remembered with the slot and not sent again (a SAM may lock): KTP-SAM-OPEN-REFUSED then comes back at once.
 */
export async function openSam(slot: Slot, sam: End, { pcid, conf }: SamOpen): Promise<Result<string>> {
  const before = opened.get(slot);
  if (before?.refused) return { ok: false, failure: before.refused };
  if (!before) {
    const command = openCommand(conf.map((byte, index) => byte ^ pcid[index % pcid.length]!));
    const sent = await sam.send(command);
    if (!sent.ok) return sent;
    if (sent.value.sw !== SW.done) {
      const refused = refusal(sam, command, sent.value.sw, 'KTP-SAM-OPEN-REFUSED');
      opened.set(slot, { refused: refused.failure });
      return refused;
    }
    opened.set(slot, {});
  }
  if (before?.uid !== undefined) return ok(before.uid);

  const asked = await ask(sam, samUid);
  if (!asked.ok) return asked;
  if (asked.value.length === 0) return wrongLength(sam, samUid, 0);
  const uid = hex(asked.value);
  opened.set(slot, { uid });
  return ok(uid);
}
