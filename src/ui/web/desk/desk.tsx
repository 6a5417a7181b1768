/** What every part of the desk's screen works with: the view, and a way to ask the kiosk for something. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Intent } from '../../contract/intent.ts';
import type { DeskView } from '../../contract/view.ts';

export interface DeskContext {
  readonly view: DeskView;
  /** A wish is on its way, or the line is lost: nothing can be pressed. */
  readonly isWaiting: boolean;
  /** Asks for one thing after the other, until one is refused; the refusal is shown. */
  ask(...intents: Intent[]): void;
  photo(id: string, signal: AbortSignal): Promise<Blob | null>;
}

const context = createContext<DeskContext | null>(null);
export const DeskProvider = context.Provider;

export function useDesk(): DeskContext {
  const desk = useContext(context);
  if (!desk) throw new Error('useDesk outside of DeskProvider');
  return desk;
}
