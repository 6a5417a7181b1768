/** The desk's view, for every part of its screen. */
import type { DeskView } from '../../contract/desk-view.ts';
import { screenContext } from '../kiosk.tsx';

export const [DeskProvider, useDesk] = screenContext<DeskView>();
