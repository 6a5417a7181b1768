/** The SAM's side that is done once for as long as it stays powered: opening it, and asking who it is. */
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import { hex } from './bytes.ts';
import { openSam as openCommand, samUid } from './commands.ts';
import { ask, type Relay, step, wrongLength } from './relay.ts';

/** Issued with the SAM; a secret. */
export interface SamOpen {
  /** 16 bytes. */
  readonly pcid: Uint8Array;
  /** 32 bytes. */
  readonly conf: Uint8Array;
}

/** What became of F0 on each powered SAM: its UID (upper-case hex), or the refusal. */
const opened = new WeakMap<object, { uid?: string; refused?: Failure }>();

/**
 * Opens the SAM, unless that was done since it was powered, and returns its UID; KTP-SAM-ABSENT where there is none.
 * A refused F0 is remembered with the SAM and not sent again (a SAM may lock): KTP-SAM-OPEN-REFUSED then comes back
 * at once.
 */
export async function openSam(relay: Relay, { pcid, conf }: SamOpen): Promise<Result<string>> {
  const { sam } = relay.slots;
  if (!sam) return fail('KTP-SAM-ABSENT');
  const before = opened.get(sam);
  if (before?.refused) return { ok: false, failure: before.refused };
  if (!before) {
    const command = openCommand(conf.map((byte, index) => byte ^ pcid[index % pcid.length]!));
    const done = await ask(relay, step(command, { refused: () => 'KTP-SAM-OPEN-REFUSED' }));
    if (!done.ok) {
      if (done.failure.code === 'KTP-SAM-OPEN-REFUSED') opened.set(sam, { refused: done.failure });
      return done;
    }
    opened.set(sam, {});
  }
  if (before?.uid !== undefined) return ok(before.uid);

  const asked = await ask(relay, step(samUid));
  if (!asked.ok) return asked;
  if (asked.value.length === 0) return wrongLength(samUid, 0);
  const uid = hex(asked.value);
  opened.set(sam, { uid });
  return ok(uid);
}
