/** One capture, live: what to do, how it goes, what to do better, and the way out that is always there. */
import type { Text } from '../../../failures/entry.ts';
import type { CaptureView } from '../../contract/resident-view.ts';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { CapturePicture } from './capture-picture.tsx';
import { FailureWords } from './failure-words.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { captures, texts } from './texts.ts';

export function Capture({ capture }: { capture: CaptureView }) {
  const t = useText();
  const { ask, can, isWaiting } = useResident();
  const { title, help } = wordsOf(capture);
  const press =
    (type: 'start-capture' | 'finish-signature' | 'clear-signature' | 'be-patient' | 'back') => () =>
      ask({ type });
  return (
    <Scene
      name={`${capture.step} ${capture.phase} ${capture.fingers.join()}`}
      title={title}
      help={help}
      picture={<CapturePicture capture={capture} />}
      ways={
        <>
          {can('back') && <Button icon="arrowLeft" label={texts.reasonBack} onPress={press('back')} />}
          {can('clear-signature') && (
            <Button
              icon="retry"
              label={texts.signatureClear}
              disabled={isWaiting}
              onPress={press('clear-signature')}
            />
          )}
          {can('be-patient') && !capture.patient && (
            <Button icon="clock" label={texts.moreTime} disabled={isWaiting} onPress={press('be-patient')} />
          )}
        </>
      }
      action={
        can('finish-signature') ? (
          <Button
            kind="main"
            icon="check"
            label={texts.signatureDone}
            disabled={isWaiting}
            onPress={press('finish-signature')}
          />
        ) : (
          can('start-capture') && (
            <Button
              kind="main"
              icon={capture.phase === 'ready' ? 'arrowRight' : 'retry'}
              label={capture.phase === 'ready' ? texts.start : texts.tryAgain}
              disabled={isWaiting}
              onPress={press('start-capture')}
            />
          )
        )
      }
    >
      {capture.advice[0] && (
        <p class="advice" role="status">
          <Icon name="arrowRight" />
          <span>{t(capture.advice[0])}</span>
        </p>
      )}
      {!capture.advice[0] && capture.failure && <FailureWords failure={capture.failure} />}
      {capture.quality !== null && (
        <label class="clearness">
          <span>{t(texts.quality)}</span>
          <meter min={0} max={100} low={30} high={60} optimum={100} value={capture.quality} />
        </label>
      )}
      {capture.phase === 'try-again' && (
        <p class="tries-left">
          {t(texts.triesLeft)}: <b>{capture.triesLeft}</b>
        </p>
      )}
    </Scene>
  );
}

function wordsOf({ step, phase, kind }: CaptureView): { title: Text; help: Text } {
  const { title, help } = captures[step];
  switch (phase) {
    case 'ready':
      return { title, help: kind === 'photo' || kind === 'iris' ? texts.glassesOff : help };
    case 'waiting':
    case 'writing':
      return { title, help };
    case 'placing':
      return { title, help: texts.hold };
    case 'judging':
      return { title: texts.judging, help: texts.checkingHelp };
    case 'try-again':
      return { title: texts.tryAgainTitle, help };
    case 'stuck':
      return { title: texts.stuckTitle, help: texts.stuckHelp };
    case 'device-lost':
      return { title: texts.deviceLost, help: texts.deviceLostHelp };
  }
}
