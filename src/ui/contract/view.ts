/**
 * Server → page: everything a screen shows, complete in each message. The page decides nothing; what the
 * person may ask for at this moment is part of the view.
 */
import { z } from 'zod';
import { deskView } from './desk-view.ts';
import { queueView } from './queue-view.ts';
import { residentView } from './resident-view.ts';
import { staffView } from './staff-view.ts';

/** One member a kind of screen. */
export const view = z.discriminatedUnion('screen', [deskView, residentView, staffView, queueView]);
export type View = z.infer<typeof view>;
