/** An activation: the command, the read-back, the report, each with what is known of it. */
import type { Text } from '../../../failures/entry.ts';
import type { ActivationView } from '../../contract/desk-view.ts';
import { NewReader } from '../drawings/reader.tsx';
import { useText } from '../language.tsx';
import { AskButton } from '../parts/ask-button.tsx';
import { FailurePanel } from '../parts/failure-panel.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Person } from '../parts/person.tsx';
import { Photo } from '../parts/photo.tsx';
import { Seals } from '../parts/seals.tsx';
import { Stage } from '../parts/stage.tsx';
import { StepRail } from '../parts/step-rail.tsx';
import { Task } from '../parts/task.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { texts } from '../texts.ts';
import { useDesk } from './desk.tsx';
import { cardTexts } from './hand-over-texts.ts';
import { type Part, partsOf, stepsOf } from './steps.ts';

export function Activation({ work }: { work: ActivationView }) {
  const { can } = useDesk();
  const isGood = work.outcome === 'done' || work.outcome === 'already';
  const finish = <AskButton icon="check" label={texts.closeCase} intent={{ type: 'finish' }} />;
  const compare = <AskButton icon="compare" label={texts.compare} intent={{ type: 'compare' }} />;
  const handOver = (
    <AskButton kind="main" icon="idCard" label={cardTexts.begin} intent={{ type: 'begin-hand-over' }} />
  );
  const retry = <AskButton kind="main" icon="retry" label={texts.checkAgain} intent={{ type: 'retry' }} />;
  const isOver = can('finish');

  return (
    <Stage
      scene={work.step}
      ways={
        isOver && (
          <>
            {finish}
            {can('compare') && compare}
          </>
        )
      }
      action={isOver && (isGood ? can('begin-hand-over') && handOver : retry)}
    >
      <StepRail steps={stepsOf(work)} />
      <div class="case">
        <aside class="case-side">
          <Photo id={work.photoId} absent={texts.photoLater} />
          <Seals card={work.card} evidence="sam" isReading={false} />
        </aside>
        <div class="case-main">
          <Now work={work} />
          <Parts parts={partsOf(work)} />
          <Person card={work.card} absent={texts.personLater} />
        </div>
      </div>
    </Stage>
  );
}

function Now({ work: { step, outcome, failure } }: { work: ActivationView }) {
  const t = useText();
  if (step === 'activating' || step === 'settling') {
    const [title, help] =
      step === 'activating' ? [texts.activating, texts.activatingHelp] : [texts.settling, texts.settlingHelp];
    return <Task title={title} help={help} isWorking picture={<NewReader card="lying" />} />;
  }
  if (outcome === 'done' || outcome === 'already') {
    const [word, help] =
      outcome === 'done' ? [texts.activated, texts.activatedHelp] : [texts.wasActive, texts.wasActiveHelp];
    return (
      <Verdict icon="check" word={word}>
        <p>{t(help)}</p>
      </Verdict>
    );
  }
  if (!failure) return null;
  return outcome === 'unknown' ? (
    <FailurePanel word={texts.activationUnknown} failure={failure} icon="warning" tone="warning" />
  ) : (
    <FailurePanel word={texts.activationRefused} failure={failure} />
  );
}

const signs: Record<Part['state'], IconName> = {
  done: 'check',
  now: 'loader',
  later: 'circleDashed',
  stopped: 'x',
  unknown: 'warning',
};

function Parts({ parts }: { parts: readonly Part[] }) {
  const t = useText();
  return (
    <ol class="parts" aria-live="polite">
      {parts.map(({ name, state, word }: Part & { name: Text }) => (
        <li key={name.id} class={state}>
          <Icon name={signs[state]} />
          <span>
            <b>{t(name)}</b>
            {t(word)}
          </span>
        </li>
      ))}
    </ol>
  );
}
