/** The desk's view, for every part of its screen. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { DeskView } from '../../contract/desk-view.ts';
import { type KioskContext, useKiosk } from '../kiosk.tsx';

const context = createContext<DeskView | null>(null);
export const DeskProvider = context.Provider;

export function useDesk(): KioskContext & { readonly view: DeskView } {
  const view = useContext(context);
  const kiosk = useKiosk();
  if (!view) throw new Error('useDesk outside of DeskProvider');
  return { ...kiosk, view };
}
