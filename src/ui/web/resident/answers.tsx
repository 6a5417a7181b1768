/** What the kiosk answers to a question: a record's status, a place in the queue, that a record exists. */
import type { StageView } from '../../contract/resident-view.ts';
import { useText } from '../language.tsx';
import { Icon } from '../parts/icon.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { stopped, texts } from './texts.ts';

type Of<At extends StageView['at']> = { readonly stage: Extract<StageView, { at: At }> };

export function Stopped({ stage }: Of<'stopped'>) {
  const t = useText();
  const { title, help, next } = stopped[stage.rule];
  return (
    <Scene
      name={stage.rule}
      title={title}
      help={stage.status ?? help}
      sign={stage.rule === 'recorded-before' ? 'check' : 'message'}
    >
      <h2>{t(texts.nextStep)}</h2>
      <p class="next-step">
        <Icon name="arrowRight" />
        <span>{t(stage.next ?? next)}</span>
      </p>
    </Scene>
  );
}

export function RecordStatus({ stage }: Of<'record-status'>) {
  const t = useText();
  return (
    <Scene
      name="record-status"
      title={texts.statusTitle}
      {...(stage.status && { help: stage.status })}
      sign="clock"
    >
      <h2>{t(texts.nextStep)}</h2>
      <p class="next-step">
        <Icon name="arrowRight" />
        <span>{t(stage.next)}</span>
      </p>
      {stage.stuck && (
        <p class="advice">
          <Icon name="warning" />
          <span>{t(texts.statusStuck)}</span>
        </p>
      )}
    </Scene>
  );
}

export function QueueNumber({ stage }: Of<'queue-number'>) {
  const t = useText();
  const { queue } = useResident().view;
  return (
    <Scene
      name="queue-number"
      title={texts.queueTitle}
      picture={<p class="queue-number digits">{stage.number}</p>}
    >
      <p class="scene-help">
        <b>{stage.waitMinutes}</b> {t(texts.queueWait)}
      </p>
      {queue.serving !== null && (
        <p class="scene-help">
          {t(texts.queueNow)}: <b class="digits">{queue.serving}</b>
        </p>
      )}
    </Scene>
  );
}
