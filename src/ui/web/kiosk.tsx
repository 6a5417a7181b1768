/** What every screen works with: a way to ask the kiosk for something, and its pictures. */
import { createContext } from 'preact';
import { useCallback, useContext, useMemo, useState } from 'preact/hooks';
import type { Text } from '../../failures/entry.ts';
import type { Intent } from '../contract/intent.ts';
import type { Connection, Line } from './connection.ts';
import { texts } from './texts.ts';

export interface KioskContext {
  /** A wish is on its way, or the line is lost: nothing can be pressed. */
  readonly isWaiting: boolean;
  /** Asks for one thing after the other, until one is refused; the refusal is shown. */
  ask(...intents: Intent[]): void;
  picture(id: string, signal: AbortSignal): Promise<Blob | null>;
  readonly preview: Connection['preview'];
}

const context = createContext<KioskContext | null>(null);
export const KioskProvider = context.Provider;

export function useKiosk(): KioskContext {
  const kiosk = useContext(context);
  if (!kiosk) throw new Error('useKiosk outside of KioskProvider');
  return kiosk;
}

/** A screen's view, for every part of it: the provider and the hook of one kind of screen. */
export function screenContext<V extends { readonly can: readonly string[] }>() {
  const view = createContext<V | null>(null);
  function useScreen() {
    const shown = useContext(view);
    const kiosk = useKiosk();
    if (!shown) throw new Error('a part of a screen outside of its provider');
    return { ...kiosk, view: shown, can: (wish: V['can'][number]) => shown.can.includes(wish) };
  }
  return [view.Provider, useScreen] as const;
}

export interface Asking {
  readonly kiosk: KioskContext;
  /** Why the last wish was refused; empty: it was not. */
  readonly refusal: readonly Text[];
  dismiss(): void;
}

/**
 * @param ticket of a login, where the key alone shows no pictures
 * @returns the context of a screen, and the refusal to be shown on it
 */
export function useAsking(connection: Connection, state: Line['state'], ticket?: string): Asking {
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<readonly Text[]>([]);
  const isWaiting = isAsking || state === 'lost';

  // The same function as long as the login lasts: with a new one every picture on the screen would be fetched again.
  const picture = useCallback<KioskContext['picture']>(
    (id, signal) => connection.picture(id, signal, ticket),
    [connection, ticket],
  );
  const kiosk = useMemo<KioskContext>(() => {
    const askAll = async (intents: readonly Intent[]) => {
      setRefusal([]);
      setAsking(true);
      for (const intent of intents) {
        const failure = await connection.ask(intent);
        if (failure === null) continue;
        setRefusal(failure ? [failure.cause, failure.remedy] : [texts.noAnswer]);
        break;
      }
      setAsking(false);
    };
    return {
      isWaiting,
      ask: (...intents) => void askAll(intents),
      picture,
      preview: connection.preview,
    };
  }, [connection, isWaiting, picture]);

  return { kiosk, refusal, dismiss: () => setRefusal([]) };
}
