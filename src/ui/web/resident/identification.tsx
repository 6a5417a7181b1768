/** Who the person is: the invitation's code before the scanner, or the NIK on a large keypad. */
import { useState } from 'preact/hooks';
import type { StageView } from '../../contract/resident-view.ts';
import { groupInFours } from '../format.ts';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { FailureWords } from './failure-words.tsx';
import { Keypad } from './keypad.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { texts } from './texts.ts';

const NIK_DIGITS = 16;

export function Identification({ stage }: { stage: Extract<StageView, { at: 'identification' }> }) {
  const t = useText();
  const { ask, can, isWaiting } = useResident();
  const [nik, setNik] = useState('');
  if (stage.step === 'checking') {
    return <Scene name="checking" title={texts.checking} help={texts.checkingHelp} sign="loader" />;
  }
  const forStatus = stage.purpose === 'status';
  return (
    <Scene
      name="identification"
      title={forStatus ? texts.statusAsk : texts.identifyTitle}
      help={forStatus ? texts.statusAskHelp : texts.identifyHelp}
      picture={
        <Keypad
          onDigit={(digit) => setNik((typed) => (typed + digit).slice(0, NIK_DIGITS))}
          onErase={() => setNik((typed) => typed.slice(0, -1))}
        />
      }
      ways={
        <>
          {can('back') && (
            <Button icon="arrowLeft" label={texts.reasonBack} onPress={() => ask({ type: 'back' })} />
          )}
          <Button icon="message" label={texts.identifyNone} onPress={() => ask({ type: 'call-officer' })} />
        </>
      }
      action={
        <Button
          kind="main"
          icon="arrowRight"
          label={texts.next}
          disabled={isWaiting || nik.length < NIK_DIGITS}
          onPress={() => ask({ type: 'type-nik', nik })}
        />
      }
    >
      <output class="nik" aria-label={t(texts.nik)}>
        {groupInFours(nik.padEnd(NIK_DIGITS, '·'))}
      </output>
      {stage.failure && <FailureWords failure={stage.failure} />}
    </Scene>
  );
}
