/** The staff's view, for every part of the staff's screen. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { StaffView } from '../../contract/staff-view.ts';
import { type KioskContext, useKiosk } from '../kiosk.tsx';

const context = createContext<StaffView | null>(null);
export const StaffProvider = context.Provider;

export interface Staff extends KioskContext {
  readonly view: StaffView;
  can(wish: string): boolean;
}

export function useStaff(): Staff {
  const view = useContext(context);
  const kiosk = useKiosk();
  if (!view) throw new Error('useStaff outside of StaffProvider');
  return { ...kiosk, view, can: (wish) => view.can.includes(wish) };
}
