/** The staff's screen: the login, then a tab for each part of the work that this person's role has. */
import { useState } from 'preact/hooks';
import type { Text } from '../../../failures/entry.ts';
import type { StaffView } from '../../contract/staff-view.ts';
import { Drawer } from '../bench/drawer.tsx';
import type { Connection, Line } from '../connection.ts';
import { KioskProvider, useAsking } from '../kiosk.tsx';
import { useText } from '../language.tsx';
import { Announcements } from '../parts/announcements.tsx';
import { AskButton } from '../parts/ask-button.tsx';
import { Head } from '../parts/head.tsx';
import { Approvals } from './approvals.tsx';
import { Devices } from './devices.tsx';
import { Login } from './login.tsx';
import { Queue } from './queue.tsx';
import { Report } from './report.tsx';
import { Session } from './session.tsx';
import { StaffProvider } from './staff.tsx';
import { roles, texts } from './texts.ts';

interface Props {
  readonly view: StaffView;
  readonly state: Line['state'];
  readonly connection: Connection;
}

type Role = NonNullable<StaffView['me']>['role'];
type Tab = 'queue' | 'session' | 'approvals' | 'devices' | 'report';

const tabsOf: Readonly<Record<Role, readonly Tab[]>> = {
  operator: ['session', 'queue', 'approvals', 'devices'],
  desk: ['queue'],
  supervisor: ['approvals', 'report', 'queue', 'devices'],
  technician: ['devices', 'queue'],
};
const names: Readonly<Record<Tab, Text>> = {
  queue: texts.queue,
  session: texts.session,
  approvals: texts.approvals,
  devices: texts.devices,
  report: texts.report,
};

export function StaffScreen({ view, state, connection }: Props) {
  const { kiosk, refusal, dismiss } = useAsking(connection, state, view.me?.ticket);
  return (
    <KioskProvider value={kiosk}>
      <StaffProvider value={view}>
        <div class="screen">
          <Head place={texts.staff} />
          <div class="desk">
            <Announcements state={state} refusal={refusal} dismiss={dismiss} />
            {view.me ? <Work me={view.me} /> : <Login />}
          </div>
          {view.bench && <Drawer bench={view.bench} />}
        </div>
      </StaffProvider>
    </KioskProvider>
  );
}

function Work({ me }: { me: NonNullable<StaffView['me']> }) {
  const t = useText();
  const tabs = tabsOf[me.role];
  const [chosen, choose] = useState<Tab>(tabs[0]!);
  return (
    <main class="staff">
      <nav class="tabs" aria-label={t(texts.staff)}>
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            aria-current={tab === chosen ? 'page' : undefined}
            onClick={() => choose(tab)}
          >
            {t(names[tab])}
          </button>
        ))}
        <span class="me">
          {me.name} · {t(roles[me.role])}
        </span>
        <AskButton icon="x" label={texts.logout} intent={{ type: 'logout' }} />
      </nav>
      <Panel tab={chosen} />
    </main>
  );
}

function Panel({ tab }: { tab: Tab }) {
  switch (tab) {
    case 'queue':
      return <Queue />;
    case 'session':
      return <Session />;
    case 'approvals':
      return <Approvals />;
    case 'devices':
      return <Devices />;
    case 'report':
      return <Report />;
  }
}
