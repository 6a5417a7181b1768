/**
 * The closed catalogue of what the audit can hold. Each event names its fields, and each field is of a type that a
 * biometric, a PIN, a name or a full NIK does not fit: numbers in small ranges, words of code, hashes, card numbers.
 * There is no free text. `null` means: this reader cannot tell.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { RECORD_STATUSES } from '../rules/record-status.ts';
import { amount, code, id, sha256, uid, word } from './audit-fields.ts';
import { closingEvents } from './closing-events.ts';
import { maskedNik } from './masked-nik.ts';
import { sendingEvents } from './sending-events.ts';
import { serviceEvents } from './service-events.ts';
import { sessionEvents } from './session-events.ts';
import { staffEvents } from './staff-events.ts';

export const samUid = z.string().regex(/^([0-9A-F]{2}){1,32}$/);
/** Where something is plugged in, as sysfs names it: `1-1.2`, or `input7` on no USB plug. */
const plug = z.string().regex(/^(\d{1,3}-\d{1,2}(\.\d{1,2}){0,5}|input\d{1,4})$/);
/** Vendor and product, hex. */
const usbId = z.string().regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/);
const evidence = z.enum(['sam', 'box']);
const tries = z.int().min(0).max(20);
export const activationOutcome = z.enum(['done', 'already', 'refused', 'unknown']);

const events = {
  ...sessionEvents,
  ...sendingEvents,
  ...staffEvents,
  ...serviceEvents,
  ...closingEvents,
  'kiosk-started': z.strictObject({ version: z.string().regex(/^\d{1,4}(\.\d{1,4}){2}$/) }),
  'kiosk-stopped': z.strictObject({ code: code.nullable() }),
  'configuration-loaded': z.strictObject({ sha256 }),
  /** One read of a chip, to its end or to `code`. */
  'card-read': z.strictObject({
    reader: word,
    evidence,
    cardType: z.enum(['A', 'B']).nullable(),
    cardGeneration: z.enum(['old', 'new']).nullable(),
    uid: uid.nullable(),
    genuine: z.boolean().nullable(),
    code: code.nullable(),
  }),
  'holder-verified': z.strictObject({
    reader: word,
    evidence,
    uid: uid.nullable(),
    nik: maskedNik.nullable(),
    tries,
  }),
  'holder-refused': z.strictObject({ reader: word, evidence, uid: uid.nullable(), tries, code }),
  'activation-intended': z.strictObject({ activation: id, session: id, reader: word, uid }),
  /** `proof`: SHA-256 of the canonical JSON of the proof. */
  'activation-settled': z.strictObject({ activation: id, uid, outcome: activationOutcome, proof: sha256 }),
  'comparison-made': z.strictObject({
    readers: z.array(z.strictObject({ reader: word, readable: z.boolean(), code: code.nullable() })).max(20),
  }),
  'sam-bound': z.strictObject({ reader: word, sam: samUid }),
  'sam-other-seen': z.strictObject({ reader: word, sam: samUid, bound: samUid }),
  'sam-confirmed': z.strictObject({ reader: word, sam: samUid }),
  /** A test failed that it had passed before, or at the start: from then on it is looked for. */
  'device-lost': z.strictObject({ device: word, code }),
  'device-back': z.strictObject({ device: word }),
  /** Its power was switched off and on. */
  'device-power-cycled': z.strictObject({ device: word }),
  'device-restarted': z.strictObject({ device: word }),
  'device-disabled': z.strictObject({ device: word }),
  'device-enabled': z.strictObject({ device: word }),
  /** By a technician, with the maker's means: no protocol here has a command for it. */
  'device-calibrated': z.strictObject({ device: word }),
  /** A device that nobody allowed: it cannot type any more, or, with `code` where that went wrong, it still can. */
  'usb-refused': z.strictObject({ place: plug, device: usbId }),
  'usb-seen': z.strictObject({ place: plug, device: usbId, code: code.nullable() }),
  'stick-read': z.strictObject({ files: z.int().min(0).max(32) }),
  'stick-refused': z.strictObject({ code }),
  /** A request, a message or a wish that the screens' server did not take; `count`: since the last entry of this code. */
  'screen-refused': z.strictObject({ code, count: amount }),
  'desk-event-unknown': z.strictObject({ state: word, event: word }),
  /** A supervisor should look: `of` so many `among` so many, by `staff`, where it is a rate. */
  'alarm-raised': z.strictObject({ code, staff: word.nullable(), of: amount, among: amount }),
  /** Somebody asked where a record is. `means`: by what they are known; a NIK that was typed alone gets the next step only. */
  'status-told': z.strictObject({
    nik: maskedNik,
    means: z.enum(['invitation', 'typed', 'operator']),
    status: z.enum(RECORD_STATUSES),
  }),
  /** Somebody asked for what is not to be had at this stage of a session. */
  'session-event-unknown': z.strictObject({ stage: word, event: word }),
  'console-command': z.strictObject({
    command: z.enum([
      'check',
      'card read',
      'card verify',
      'card activate',
      'card compare',
      'sam confirm',
      'audit verify',
      'staff enrol',
      'matrix',
      'report',
      'stick read',
      'uplink send',
      'uplink send again',
      'uplink receive',
      'uplink status',
      'device restart',
      'device disable',
      'device enable',
      'device calibrated',
    ]),
  }),
  /** At start the log ended elsewhere than the head that is kept beside it (docs/decisions/store.md). */
  'audit-head-disagrees': z.strictObject({ logged: z.int().min(0), kept: z.int().min(0).nullable() }),
};

export type AuditEvent = keyof typeof events;
/** The events that only the rooms of the store record, each with what it tells of. */
export type RoomEvent =
  | keyof typeof sessionEvents
  | keyof typeof sendingEvents
  | keyof typeof staffEvents
  | keyof typeof serviceEvents
  | keyof typeof closingEvents;
export type AuditData<E extends AuditEvent> = z.infer<(typeof events)[E]>;
/** One thing to record; `by` is an operator's id, `console`, or `kiosk` for what nobody asked for. */
export type AuditEntry<E extends AuditEvent = AuditEvent> = {
  [Event in E]: { readonly event: Event; readonly by: string; readonly data: AuditData<Event> };
}[E];

/** Errors: STORE-ENTRY-REFUSED, which names the fields that are wrong but never what they held. */
export function checkEntry(entry: AuditEntry): Result {
  if (!Object.hasOwn(events, entry.event))
    return fail('STORE-ENTRY-REFUSED', 'an event outside the catalogue');
  const checked = z.strictObject({ event: z.string(), by: word, data: events[entry.event] }).safeParse(entry);
  if (checked.success) return ok();
  const fields = checked.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`);
  return fail('STORE-ENTRY-REFUSED', `${entry.event}: ${fields.join(', ')}`);
}
