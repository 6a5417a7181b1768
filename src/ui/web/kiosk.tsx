/** What every screen works with: a way to ask the kiosk for something, and its pictures. */
import { createContext } from 'preact';
import { useContext, useMemo, useState } from 'preact/hooks';
import type { Text } from '../../failures/entry.ts';
import type { Intent } from '../contract/intent.ts';
import type { Connection, Line } from './connection.ts';
import { texts } from './texts.ts';

export interface KioskContext {
  /** A wish is on its way, or the line is lost: nothing can be pressed. */
  readonly isWaiting: boolean;
  /** Asks for one thing after the other, until one is refused; the refusal is shown. */
  ask(...intents: Intent[]): void;
  readonly picture: Connection['picture'];
  readonly preview: Connection['preview'];
}

const context = createContext<KioskContext | null>(null);
export const KioskProvider = context.Provider;

export function useKiosk(): KioskContext {
  const kiosk = useContext(context);
  if (!kiosk) throw new Error('useKiosk outside of KioskProvider');
  return kiosk;
}

/** @returns the context of a screen, and the refusal to be shown on it */
export function useAsking(connection: Connection, state: Line['state']) {
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<readonly Text[]>([]);
  const isWaiting = isAsking || state === 'lost';

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
      picture: connection.picture,
      preview: connection.preview,
    };
  }, [connection, isWaiting]);

  return { kiosk, refusal, dismiss: () => setRefusal([]) };
}
