/** The resident's view, for every part of the resident's screen. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ResidentView } from '../../contract/resident-view.ts';
import { type KioskContext, useKiosk } from '../kiosk.tsx';

const context = createContext<ResidentView | null>(null);
export const ResidentProvider = context.Provider;

export interface Resident extends KioskContext {
  readonly view: ResidentView;
  /** Whether this may be asked for now. */
  can(wish: string): boolean;
}

export function useResident(): Resident {
  const view = useContext(context);
  const kiosk = useKiosk();
  if (!view) throw new Error('useResident outside of ResidentProvider');
  return { ...kiosk, view, can: (wish) => view.can.includes(wish) };
}
