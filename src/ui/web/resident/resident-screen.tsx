/** The resident's screen: head with language, the scene at hand, what it costs, and on a bench the drawer. */
import { useEffect } from 'preact/hooks';
import type { ResidentView } from '../../contract/resident-view.ts';
import { Drawer } from '../bench/drawer.tsx';
import type { Connection, Line } from '../connection.ts';
import { KioskProvider, useAsking } from '../kiosk.tsx';
import { useLanguage } from '../language.tsx';
import { Announcements } from '../parts/announcements.tsx';
import { FeeNotice } from './fee-notice.tsx';
import { useFourKeys } from './four-keys.ts';
import { IdleWarning } from './idle-warning.tsx';
import { Progress } from './progress.tsx';
import { ResidentProvider } from './resident.tsx';
import { ResidentHead } from './resident-head.tsx';
import { useScreenSize } from './screen-size.ts';
import { Stage } from './stage.tsx';
import { Welcome } from './welcome.tsx';

interface Props {
  readonly view: ResidentView;
  readonly state: Line['state'];
  readonly connection: Connection;
}

export function ResidentScreen({ view, state, connection }: Props) {
  const { kiosk, refusal, dismiss } = useAsking(connection, state);
  const { choose } = useLanguage();
  const { session } = view;
  useScreenSize(view.inches);
  useFourKeys();
  // The person's language is the session's; when they leave, the next one is greeted in Indonesian.
  useEffect(() => choose(session?.language === 'en' ? 'en' : 'id'), [session?.language, choose]);

  return (
    <KioskProvider value={kiosk}>
      <ResidentProvider value={view}>
        <div class="resident">
          <ResidentHead />
          {session && session.progress.length > 0 && <Progress steps={session.progress} />}
          <Announcements state={state} refusal={refusal} dismiss={dismiss} />
          {session ? <Stage stage={session.stage} /> : <Welcome />}
          <FeeNotice />
          {session?.idleSecondsLeft != null && <IdleWarning seconds={session.idleSecondsLeft} />}
          {view.bench && <Drawer bench={view.bench} stage={session?.stage} />}
        </div>
      </ResidentProvider>
    </KioskProvider>
  );
}
