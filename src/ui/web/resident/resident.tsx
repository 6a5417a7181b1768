/** The resident's view, for every part of its screen. */
import type { ResidentView } from '../../contract/resident-view.ts';
import { screenContext } from '../kiosk.tsx';

export const [ResidentProvider, useResident] = screenContext<ResidentView>();
