/** The activation desk: head, the work at hand, the devices, and on a bench the drawer beside it. */
import type { DeskView } from '../../contract/desk-view.ts';
import { Drawer } from '../bench/drawer.tsx';
import type { Connection, Line } from '../connection.ts';
import { KioskProvider, useAsking } from '../kiosk.tsx';
import { Announcements } from '../parts/announcements.tsx';
import { Foot } from '../parts/foot.tsx';
import { Head } from '../parts/head.tsx';
import { Activation } from './activation.tsx';
import { Comparison } from './comparison.tsx';
import { DeskProvider } from './desk.tsx';
import { HandOver } from './hand-over.tsx';
import { Idle } from './idle.tsx';
import { Verification } from './verification.tsx';

interface Props {
  readonly view: DeskView;
  readonly state: Line['state'];
  readonly connection: Connection;
}

export function DeskScreen({ view, state, connection }: Props) {
  const { kiosk, refusal, dismiss } = useAsking(connection, state);
  return (
    <KioskProvider value={kiosk}>
      <DeskProvider value={view}>
        <div class="screen">
          <Head />
          <div class="desk">
            <Announcements state={state} refusal={refusal} dismiss={dismiss} />
            <Work work={view.work} />
          </div>
          {view.bench && <Drawer bench={view.bench} />}
          <Foot />
        </div>
      </DeskProvider>
    </KioskProvider>
  );
}

function Work({ work }: { work: DeskView['work'] }) {
  switch (work.at) {
    case 'idle':
      return <Idle />;
    case 'verification':
      return <Verification work={work} />;
    case 'activation':
      return <Activation work={work} />;
    case 'comparison':
      return <Comparison work={work} />;
    case 'hand-over':
      return <HandOver work={work} />;
  }
}
