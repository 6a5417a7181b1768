/** What the configuration says of a device whatever its kind. */
import { z } from 'zod';
import { IDENTIFIER, IDENTIFIER_IN_WORDS } from '../rules/identifier.ts';

export const deviceSettings = {
  id: z.string().regex(IDENTIFIER, IDENTIFIER_IN_WORDS),
  /** The bench emulates this device. */
  virtual: z.boolean().optional(),
  /** The relay of the panel that switches its power. */
  relay: z.string().min(1).optional(),
};
