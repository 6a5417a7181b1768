/** The configuration's part for how things go to the centre and come back. Without it they stay at the kiosk. */
import { z } from 'zod';

export const uplinkSettings = z.strictObject({
  kind: z.literal('folder'),
  /**
   * Where packets are written. It must be there: name a folder *on* the stick or share, so that nothing is written in
   * its place when it is not mounted.
   */
  outbox: z.string().min(1),
  /** Where the centre's documents are read: a folder with a manifest.json, as on its sticks. */
  inbox: z.string().min(1),
});
