/** The activation desk: head, the work at hand, the devices, and on a bench the drawer beside it. */
import { useState } from 'preact/hooks';
import type { Text } from '../../../failures/entry.ts';
import type { Intent } from '../../contract/intent.ts';
import type { DeskView } from '../../contract/view.ts';
import { Drawer } from '../bench/drawer.tsx';
import type { Connection, Line } from '../connection.ts';
import { Banner } from '../parts/banner.tsx';
import { Foot } from '../parts/foot.tsx';
import { Head } from '../parts/head.tsx';
import { texts } from '../texts.ts';
import { Activation } from './activation.tsx';
import { Comparison } from './comparison.tsx';
import { type DeskContext, DeskProvider } from './desk.tsx';
import { Idle } from './idle.tsx';
import { Verification } from './verification.tsx';

interface Props {
  readonly view: DeskView;
  readonly state: Line['state'];
  readonly connection: Connection;
}

export function DeskScreen({ view, state, connection }: Props) {
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<readonly Text[]>([]);
  const isLost = state === 'lost';

  const ask = async (intents: readonly Intent[]) => {
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
  const desk: DeskContext = {
    view,
    isWaiting: isAsking || isLost,
    ask: (...intents) => void ask(intents),
    photo: connection.photo,
  };

  return (
    <DeskProvider value={desk}>
      <div class="screen">
        <Head />
        <div class="desk">
          {isLost && <Banner icon="unplug" word={texts.lost} more={[texts.lostHelp]} />}
          {refusal.length > 0 && (
            <Banner icon="warning" word={texts.notPossible} more={refusal} onDismiss={() => setRefusal([])} />
          )}
          <Work work={view.work} />
        </div>
        {view.bench && <Drawer bench={view.bench} />}
        <Foot />
      </div>
    </DeskProvider>
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
  }
}
