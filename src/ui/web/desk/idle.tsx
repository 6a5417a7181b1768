/** Nobody at the desk: where to begin, and what is still open. */
import type { Text } from '../../../failures/entry.ts';
import { NewReader } from '../drawings/reader.tsx';
import { moment } from '../format.ts';
import { useLanguage, useText } from '../language.tsx';
import { AskButton } from '../parts/ask-button.tsx';
import { Button } from '../parts/button.tsx';
import { FailurePanel } from '../parts/failure-panel.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Stage } from '../parts/stage.tsx';
import { checkOn, texts } from '../texts.ts';
import { useDesk } from './desk.tsx';
import { FinishedCards } from './finished-cards.tsx';
import { readerName } from './reader-name.ts';

export function Idle() {
  const { view, can, ask, isWaiting } = useDesk();
  const usable = view.readers.filter(({ canVerify }) => canVerify);
  const [first, ...others] = [...usable].sort(byGeneration);
  const checkButton = (id: string, kind: 'main' | 'side') => (
    <Button
      key={id}
      kind={kind}
      icon="idCard"
      label={checkOn(readerName(id, view.readers))}
      disabled={isWaiting}
      onPress={() => ask({ type: 'verify', reader: id })}
    />
  );

  return (
    <Stage
      scene="idle"
      ways={
        <>
          {can('compare') && <AskButton icon="compare" label={texts.compare} intent={{ type: 'compare' }} />}
          {others.map(({ id }) => checkButton(id, 'side'))}
        </>
      }
      action={first && checkButton(first.id, 'main')}
    >
      {view.closed && <FailurePanel word={texts.closed} failure={view.closed} />}
      <UnknownActivations />
      <Troubles />
      {!view.closed && <Welcome />}
      <FinishedCards />
    </Stage>
  );
}

function Welcome() {
  const t = useText();
  return (
    <section class="welcome">
      <div class="welcome-words">
        <p class="greeting">{t(texts.greeting)}</p>
        <h1 tabIndex={-1}>{t(texts.idleTitle)}</h1>
        <p>{t(texts.idleHelp)}</p>
        <h2>{t(texts.idlePlan)}</h2>
        <ol class="plan">
          <PlanStep icon="scanFace" name={texts.planPhoto} help={texts.planPhotoHelp} />
          <PlanStep icon="shieldCheck" name={texts.planGenuine} help={texts.planGenuineHelp} />
          <PlanStep icon="fingerprint" name={texts.planFinger} help={texts.planFingerHelp} />
          <PlanStep icon="power" name={texts.planActivate} help={texts.planActivateHelp} />
        </ol>
      </div>
      <div class="welcome-picture">
        <NewReader card="coming" />
      </div>
    </section>
  );
}

function PlanStep({ icon, name, help }: { icon: IconName; name: Text; help: Text }) {
  const t = useText();
  return (
    <li>
      <Icon name={icon} />
      <span>
        <b>{t(name)}</b>
        {t(help)}
      </span>
    </li>
  );
}

function UnknownActivations() {
  const t = useText();
  const { language } = useLanguage();
  const { unknownActivations } = useDesk().view;
  if (unknownActivations.length === 0) return null;
  return (
    <section class="troubles">
      <h2>
        <Icon name="warning" />
        {t(texts.unknownTitle)}
      </h2>
      <p>{t(texts.unknownHelp)}</p>
      <ul>
        {unknownActivations.map(({ intentId, uid, since }) => (
          <li key={intentId}>
            <code>{uid}</code> {t(texts.since)} {moment(since, language)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Devices that cannot be used, and what to do about each. */
function Troubles() {
  const t = useText();
  const { readers, sensor } = useDesk().view;
  const troubles = [
    ...readers.map(({ id, failure }) => ({ name: readerName(id, readers), failure })),
    { name: texts.sensor, failure: sensor?.failure ?? null },
  ].filter(({ failure }) => failure !== null);
  if (troubles.length === 0) return null;
  return (
    <section class="troubles">
      <h2>
        <Icon name="unplug" />
        {t(texts.troublesTitle)}
      </h2>
      <ul>
        {troubles.map(({ name, failure }) => (
          <li key={name.id}>
            <b>{t(name)}:</b> {failure && `${t(failure.cause)} ${t(failure.remedy)}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The new reader tells more, so it comes first. */
function byGeneration(one: { generation: string }, other: { generation: string }): number {
  return Number(other.generation === 'new') - Number(one.generation === 'new');
}
