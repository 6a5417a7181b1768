/** The staff's view, for every part of its screen. */
import type { StaffView } from '../../contract/staff-view.ts';
import { screenContext } from '../kiosk.tsx';

export const [StaffProvider, useStaff] = screenContext<StaffView>();
