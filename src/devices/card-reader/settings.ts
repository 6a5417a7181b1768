/** An entry of `readers` in the configuration: one of the drivers' settings. */
import { z } from 'zod';
import { lenReaderSettings } from './len/settings.ts';
import { pcscReaderSettings } from './pcsc/settings.ts';

/**
 * `profile` is the schema of what the card room wants to know of a reader (src/ktp/settings.ts); no driver does. An
 * entry is told apart by its `driver`.
 */
export const readerSettings = <P extends z.ZodType>(profile: P) =>
  z.discriminatedUnion('driver', [pcscReaderSettings.extend({ profile }), lenReaderSettings]);
