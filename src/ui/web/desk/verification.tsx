/** A verification, from the card to the verdict. */
import { useState } from 'preact/hooks';
import type { Text } from '../../../failures/entry.ts';
import type { VerificationView } from '../../contract/desk-view.ts';
import { Hands } from '../drawings/hand.tsx';
import { NewReader, OldReader } from '../drawings/reader.tsx';
import { useText } from '../language.tsx';
import { AskButton } from '../parts/ask-button.tsx';
import { Button } from '../parts/button.tsx';
import { FailurePanel } from '../parts/failure-panel.tsx';
import { Person } from '../parts/person.tsx';
import { Photo } from '../parts/photo.tsx';
import { Seals } from '../parts/seals.tsx';
import { Stage } from '../parts/stage.tsx';
import { StepRail } from '../parts/step-rail.tsx';
import { Task } from '../parts/task.tsx';
import { Tries } from '../parts/tries.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { pressFinger, texts } from '../texts.ts';
import { ConfirmActivation } from './confirm-activation.tsx';
import { useDesk } from './desk.tsx';
import { DisputeButton } from './dispute.tsx';
import { cardTexts } from './hand-over-texts.ts';
import { stepsOf } from './steps.ts';

export function Verification({ work }: { work: VerificationView }) {
  const { can, ask, isWaiting } = useDesk();
  const [isConfirming, setConfirming] = useState(false);
  const { card, evidence, step } = work;
  const isOver = can('finish');
  /** Verified, and nothing is left to be done with this card here. */
  const isSettled = step === 'verified' && (evidence === 'box' || card?.activated === true);

  const next = (kind: 'main' | 'side') => (
    <Button
      kind={kind}
      icon={kind === 'main' ? 'arrowRight' : 'idCard'}
      label={texts.anotherCard}
      disabled={isWaiting}
      onPress={() => ask({ type: 'finish' }, { type: 'verify', reader: work.reader })}
    />
  );
  const handOver = (
    <AskButton kind="main" icon="idCard" label={cardTexts.begin} intent={{ type: 'begin-hand-over' }} />
  );
  const ways = (
    <>
      {can('cancel') && <AskButton icon="x" label={texts.cancel} intent={{ type: 'cancel' }} />}
      {isOver && <AskButton icon="check" label={texts.closeCase} intent={{ type: 'finish' }} />}
      {isOver && step !== 'verified' && next('side')}
      {isOver && step === 'refused' && <DisputeButton uid={card?.uid ?? null} />}
      {can('begin-hand-over') && next('side')}
    </>
  );
  const action = () => {
    if (can('activate')) {
      return (
        <Button
          kind="main"
          icon="power"
          label={texts.activate}
          disabled={isWaiting}
          onPress={() => setConfirming(true)}
        />
      );
    }
    if (can('begin-hand-over')) return handOver;
    if (isSettled) return next('main');
    if (!can('retry')) return null;
    return (
      <AskButton
        kind="main"
        icon="retry"
        label={step === 'verified' ? texts.checkAgain : texts.retry}
        intent={{ type: 'retry' }}
      />
    );
  };

  return (
    <Stage scene={step} ways={ways} action={action()}>
      <StepRail steps={stepsOf(work)} />
      <div class="case">
        <aside class="case-side">
          <Photo id={work.photoId} absent={evidence === 'box' ? texts.photoUntold : texts.photoLater} />
          <Seals card={card} evidence={evidence} isReading={step === 'reading'} />
        </aside>
        <div class="case-main">
          <Now work={work} />
          {(work.tries.length > 0 || step === 'awaiting-finger') && step !== 'verified' && (
            <Tries tries={work.tries} left={work.triesLeft} withRemedy={step === 'awaiting-finger'} />
          )}
          <Person card={card} absent={evidence === 'box' ? texts.personAfterMatch : texts.personLater} />
        </div>
      </div>
      {isConfirming && can('activate') && card?.uid && (
        <ConfirmActivation
          photoId={work.photoId}
          card={card}
          onYes={() => {
            setConfirming(false);
            ask({ type: 'activate', uid: card.uid ?? '' });
          }}
          onBack={() => setConfirming(false)}
        />
      )}
    </Stage>
  );
}

/** What happens, or is to be done, at this step. */
function Now({ work }: { work: VerificationView }) {
  const { evidence, failure, fingers, step } = work;
  const Reader = evidence === 'sam' ? NewReader : OldReader;
  const reading = (title: Text, help: Text) => (
    <Task title={title} help={help} isWorking picture={<Reader card="lying" />} />
  );

  switch (step) {
    case 'awaiting-card':
      return <Task title={texts.awaitCard} help={texts.awaitCardHelp} picture={<Reader card="coming" />} />;
    case 'reading-photo':
      return reading(texts.readingPhoto, texts.readingPhotoHelp);
    case 'reading':
      return reading(texts.reading, texts.readingHelp);
    case 'awaiting-finger':
      return (
        <Task
          title={pressFinger(fingers)}
          help={evidence === 'sam' ? texts.pressHelp : texts.pressOnBoxHelp}
          picture={<Hands positions={fingers} />}
        />
      );
    case 'matching':
      return (
        <Task
          title={texts.matching}
          help={texts.matchingHelp}
          isWorking
          picture={<Hands positions={fingers} />}
        />
      );
    case 'reading-biodata':
      return reading(texts.readingData, texts.readingDataHelp);
    case 'verified':
      return <Verified work={work} />;
    case 'refused':
    case 'failed':
      return failure && <FailurePanel word={texts[step]} failure={failure} />;
  }
}

function Verified({ work: { card, evidence } }: { work: VerificationView }) {
  const t = useText();
  const canActivate = useDesk().can('activate');
  const whatNext = () => {
    if (evidence === 'box') return texts.activateElsewhere;
    if (card?.activated) return texts.alreadyActive;
    return canActivate ? texts.canActivate : texts.cardLeft;
  };
  return (
    <Verdict icon="shieldCheck" word={texts.verified}>
      <p>{t(evidence === 'sam' ? texts.verifiedBySam : texts.verifiedByBox)}</p>
      <p>{t(whatNext())}</p>
    </Verdict>
  );
}
