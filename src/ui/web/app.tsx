/** The page as a whole: the line to the kiosk, and the screen that its view asks for. */
import { useEffect, useState } from 'preact/hooks';
import type { Text } from '../../failures/entry.ts';
import type { Connection, Line } from './connection.ts';
import { DeskScreen } from './desk/desk-screen.tsx';
import { useText } from './language.tsx';
import { Head } from './parts/head.tsx';
import { Icon } from './parts/icon.tsx';
import { QueueScreen } from './queue/queue-screen.tsx';
import { ResidentScreen } from './resident/resident-screen.tsx';
import { StaffScreen } from './staff/staff-screen.tsx';
import { texts } from './texts.ts';

interface Props {
  connect(onChange: (line: Line) => void): Connection;
}

export function App({ connect }: Props) {
  const [line, setLine] = useState<Line>({ state: 'connecting', view: null });
  const [connection, setConnection] = useState<Connection | null>(null);
  useEffect(() => setConnection(connect(setLine)), [connect]);

  if (line.state === 'refused') return <Notice title={texts.refusedKey} help={texts.refusedKeyHelp} />;
  if (!line.view || !connection) return <Notice title={texts.connecting} />;
  const { view, state } = line;
  switch (view.screen) {
    case 'desk':
      return <DeskScreen view={view} state={state} connection={connection} />;
    case 'resident':
      return <ResidentScreen view={view} state={state} connection={connection} />;
    case 'staff':
      return <StaffScreen view={view} state={state} connection={connection} />;
    case 'queue':
      return <QueueScreen view={view} />;
  }
}

function Notice({ title, help }: { title: Text; help?: Text }) {
  const t = useText();
  return (
    <div class="screen">
      <Head />
      <main class="notice" aria-live="polite">
        <Icon name={help ? 'unplug' : 'loader'} />
        <h1>{t(title)}</h1>
        {help && <p>{t(help)}</p>}
      </main>
    </div>
  );
}
