/** Something takes a moment, or others decide: what happens is said, and that it is no fault of the person's. */
import type { Text } from '../../../failures/entry.ts';
import type { StageView } from '../../contract/resident-view.ts';
import { AskButton } from '../parts/ask-button.tsx';
import type { IconName } from '../parts/icon.tsx';
import { FailureWords } from './failure-words.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { texts } from './texts.ts';

type WaitingStage = Extract<
  StageView,
  {
    at:
      | 'look-up'
      | 'saving'
      | 'awaiting-approval'
      | 'operator-finger'
      | 'identity-gate'
      | 'proof'
      | 'sealing'
      | 'broken';
  }
>;

export function Waiting({ stage }: { stage: WaitingStage }) {
  const { can } = useResident();
  const { title, help } = words[stage.at];
  const failure = 'failure' in stage ? stage.failure : null;
  return (
    <Scene
      name={stage.at}
      title={title}
      help={help}
      sign={failure ? 'warning' : signs[stage.at]}
      action={
        can('retry') && (
          <AskButton kind="main" icon="retry" label={texts.tryAgain} intent={{ type: 'retry' }} />
        )
      }
    >
      {failure && <FailureWords failure={failure} />}
    </Scene>
  );
}

/** What the person waits for: a colleague who looks, or the kiosk that works. */
const signs: Readonly<Record<WaitingStage['at'], IconName>> = {
  'look-up': 'loader',
  saving: 'loader',
  'awaiting-approval': 'shieldQuestion',
  'operator-finger': 'fingerprint',
  'identity-gate': 'idCard',
  proof: 'loader',
  sealing: 'lock',
  broken: 'warning',
};

const words: Readonly<Record<WaitingStage['at'], { title: Text; help?: Text }>> = {
  'look-up': { title: texts.checking, help: texts.checkingHelp },
  saving: { title: texts.savingTitle, help: texts.checkingHelp },
  'awaiting-approval': { title: texts.approvalTitle, help: texts.approvalHelp },
  'operator-finger': { title: texts.operatorFingerTitle, help: texts.checkingHelp },
  'identity-gate': { title: texts.gateTitle, help: texts.gateHelp },
  proof: { title: texts.proofTitle, help: texts.proofHelp },
  sealing: { title: texts.sealingTitle, help: texts.checkingHelp },
  broken: { title: texts.brokenTitle },
};
