/** The session is over: a word of thanks or of what comes next; a moment later the screen greets the next person. */
import type { Text } from '../../../failures/entry.ts';
import type { StageView } from '../../contract/resident-view.ts';
import type { IconName } from '../parts/icon.tsx';
import { Scene } from './scene.tsx';
import { texts } from './texts.ts';

type How = Extract<StageView, { at: 'ended' }>['how'];

export function Ended({ how }: { how: How }) {
  const { title, help, sign } = words[how];
  return <Scene name="ended" title={title} help={help} sign={sign} />;
}

const thanks = { title: texts.endedTitle, help: texts.endedHelp, sign: 'check' } as const;
const closed = { title: texts.endedTimedOut, help: texts.endedTimedOutHelp, sign: 'lock' } as const;
const words: Readonly<Record<How, { title: Text; help: Text; sign: IconName }>> = {
  sealed: thanks,
  training: thanks,
  'recorded-before': { title: texts.recordedTitle, help: texts.recordedHelp, sign: 'check' },
  abandoned: closed,
  'timed-out': closed,
  refused: { title: texts.endedRefused, help: texts.endedRefusedHelp, sign: 'message' },
};
