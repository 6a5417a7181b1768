/** A PC/SC reader in the configuration. */
import { z } from 'zod';
import { IDENTIFIER, IDENTIFIER_IN_WORDS } from '../../../rules/identifier.ts';

const readerName = z
  .string()
  .refine(isRegExp, 'a regular expression that finds the name of a PC/SC reader (pcsc_scan lists the names)');

const hex = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9A-Fa-f]{${bytes * 2}}$`), `${bytes * 2} hex digits (${bytes} bytes)`);

/** PCID and CONF are issued with the SAM and are secret: in operation they come from a credential. */
export const samOpen = z.union(
  [
    z.strictObject({ pcid: hex(16), conf: hex(32) }),
    z.strictObject({ credential: z.string().regex(/^[\w.-]+$/, 'the name of a credential') }),
  ],
  '{"credential": name}, or on the bench {"pcid": 32 hex digits, "conf": 64 hex digits}',
);

export const pcscReaderSettings = z.strictObject({
  id: z.string().regex(IDENTIFIER, IDENTIFIER_IN_WORDS),
  generation: z.literal('new'),
  driver: z.literal('pcsc'),
  /** Name of the PC/SC reader with the antenna. */
  chip: readerName,
  /** Name of the PC/SC reader with the SAM. */
  sam: readerName,
  samOpen,
  wire: z
    .strictObject({
      /**
       * How long a card or SAM may take for one command, ms. Longer than the reader drivers' own time-outs (about 4 s for
       * T=1), which leave the SAM powered: this one is for a reader or a service that hangs.
       */
      apduTimeoutMs: z.int().min(100).max(60_000).default(5000),
      /** How long powering a card up or down may take, ms. */
      connectTimeoutMs: z.int().min(100).max(60_000).default(8000),
      /** CCID escape command that chooses the SAM slot, hex, e.g. 6892010003‹slot›0000; few readers want one. */
      samSlotCommand: z
        .string()
        .regex(/^([0-9A-Fa-f]{2}){1,255}$/, 'an escape command in hex, 1 to 255 bytes')
        .optional(),
    })
    .prefault({}),
  /** The bench emulates it. */
  virtual: z.boolean().default(false),
});

export type PcscReaderSettings = z.infer<typeof pcscReaderSettings>;

/** The empty expression finds every name, and is nobody's wish. */
function isRegExp(source: string): boolean {
  try {
    new RegExp(source);
    return source !== '';
  } catch {
    return false;
  }
}
