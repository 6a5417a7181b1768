/** What concerns a whole screen: its line is lost, its last wish was refused. */
import type { Line } from '../connection.ts';
import type { Asking } from '../kiosk.tsx';
import { texts } from '../texts.ts';
import { Banner } from './banner.tsx';

interface Props extends Pick<Asking, 'refusal' | 'dismiss'> {
  readonly state: Line['state'];
}

export function Announcements({ state, refusal, dismiss }: Props) {
  return (
    <>
      {state === 'lost' && <Banner icon="unplug" word={texts.lost} more={[texts.lostHelp]} />}
      {refusal.length > 0 && (
        <Banner icon="warning" word={texts.notPossible} more={refusal} onDismiss={dismiss} />
      )}
    </>
  );
}
