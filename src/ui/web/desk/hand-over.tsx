/** A hand-over: print, chip and the kiosk's lists side by side, then the card is given or set aside. */
import { useState } from 'preact/hooks';
import { COMPARED_FIELDS } from '../../../rules/hand-over.ts';
import type { BiodataView, HandOverView } from '../../contract/desk-view.ts';
import { NewReader } from '../drawings/reader.tsx';
import { groupInFours } from '../format.ts';
import { useText } from '../language.tsx';
import { AskButton } from '../parts/ask-button.tsx';
import { Button } from '../parts/button.tsx';
import { FailurePanel } from '../parts/failure-panel.tsx';
import { Icon } from '../parts/icon.tsx';
import { Photo } from '../parts/photo.tsx';
import { Seals } from '../parts/seals.tsx';
import { Stage } from '../parts/stage.tsx';
import { Task } from '../parts/task.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { fieldNames, texts } from '../texts.ts';
import { AskFees } from './ask-fees.tsx';
import { useDesk } from './desk.tsx';
import { DisputeButton } from './dispute.tsx';
import { cardTexts, disputeReasons } from './hand-over-texts.ts';

type Field = keyof BiodataView;

/** As they stand on the card, those that the lists tell first. */
const FIELDS = [
  ...COMPARED_FIELDS,
  ...(Object.keys(fieldNames) as Field[]).filter((field) => !COMPARED_FIELDS.some((one) => one === field)),
];

export function HandOver({ work }: { work: HandOverView }) {
  const { can, ask, isWaiting } = useDesk();
  const [marked, setMarked] = useState<readonly Field[]>([]);
  const [isAsking, setAsking] = useState(false);
  const { card, evidence, differences, photoId, step } = work;
  const fields = [...new Set<Field>([...differences.filter((field) => field !== 'kelurahan'), ...marked])];

  return (
    <Stage
      scene={step}
      ways={
        <>
          {can('cancel') && <AskButton icon="x" label={texts.cancel} intent={{ type: 'cancel' }} />}
          <DisputeButton uid={card.uid} fields={fields} />
          {can('retry') && <AskButton icon="retry" label={texts.retry} intent={{ type: 'retry' }} />}
        </>
      }
      action={
        can('finish') ? (
          <AskButton kind="main" icon="check" label={texts.closeCase} intent={{ type: 'finish' }} />
        ) : (
          can('hand-over') &&
          fields.length === 0 && (
            <Button
              kind="main"
              icon="idCard"
              label={cardTexts.begin}
              disabled={isWaiting}
              onPress={() => setAsking(true)}
            />
          )
        )
      }
    >
      <div class="case">
        <aside class="case-side">
          <Photo id={photoId} absent={evidence === 'box' ? texts.photoUntold : texts.photoLater} />
          <Seals card={card} evidence={evidence} isReading={false} />
        </aside>
        <div class="case-main">
          <Now work={work} />
          {step === 'comparing' && <SideBySide work={work} marked={marked} onMark={setMarked} />}
        </div>
      </div>
      {isAsking && can('hand-over') && (
        <AskFees
          onAsked={() => {
            setAsking(false);
            ask({ type: 'hand-over', uid: card.uid, feesAsked: true });
          }}
          onBack={() => setAsking(false)}
        />
      )}
    </Stage>
  );
}

function Now({ work: { step, dispute, failure, listed, evidence, differences } }: { work: HandOverView }) {
  const t = useText();
  switch (step) {
    case 'looking-up':
    case 'recording':
      return (
        <Task
          title={step === 'recording' ? cardTexts.recording : cardTexts.lookingUp}
          help={texts.matchingHelp}
          isWorking
          picture={<NewReader card="none" />}
        />
      );
    case 'comparing':
      return (
        <header class="comparison-head">
          <h1 tabIndex={-1}>{t(cardTexts.compare)}</h1>
          <p>{t(cardTexts.compareHelp)}</p>
          {listed === null || listed.arrivedOn === null ? <Note text={cardTexts.unlisted} /> : null}
          {evidence === 'box' && <Note text={cardTexts.stateUntold} />}
          {listed?.setAside && <Note text={cardTexts.setAsideBefore} />}
          {differences.some((field) => field !== 'kelurahan') && <Note text={cardTexts.mustSetAside} />}
        </header>
      );
    case 'settled':
      return dispute ? (
        <Verdict icon="warning" word={cardTexts.setAsideTitle}>
          <p>
            <b>{t(disputeReasons[dispute.reason])}</b>{' '}
            {dispute.fields.map((field) => t(fieldNames[field])).join(', ')}
          </p>
          <p>{t(cardTexts.setAsideHelp)}</p>
        </Verdict>
      ) : (
        <Verdict icon="check" word={cardTexts.handedOverTitle}>
          <p>{t(cardTexts.handedOverHelp)}</p>
        </Verdict>
      );
    case 'failed':
      return failure && <FailurePanel word={cardTexts.unrecorded} failure={failure} />;
  }
}

function Note({ text }: { text: (typeof cardTexts)['unlisted'] }) {
  const t = useText();
  return (
    <p class="note">
      <Icon name="warning" />
      {t(text)}
    </p>
  );
}

interface SideBySideProps {
  readonly work: HandOverView;
  readonly marked: readonly Field[];
  onMark(fields: readonly Field[]): void;
}

/** What differs is marked by a sign, a word and a colour; what differs in print is the officer's to see. */
function SideBySide({ work: { card, listed, differences }, marked, onMark }: SideBySideProps) {
  const t = useText();
  const { biodata } = card;
  if (!biodata) return null;
  const record: Partial<Record<Field, string | null>> = listed?.record ?? {};
  const shown = (field: Field, value: string) => (field === 'nik' ? groupInFours(value) : value);
  const toggle = (field: Field) =>
    onMark(marked.includes(field) ? marked.filter((one) => one !== field) : [...marked, field]);
  return (
    <table class="table side-by-side">
      <thead>
        <tr>
          {(['field', 'chip', 'listed', 'print'] as const).map((column) => (
            <th key={column} scope="col">
              {t(cardTexts[column])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {FIELDS.map((field) => {
          const differs = differences.some((one) => one === field);
          const told = record[field];
          return (
            <tr key={field} class={differs || marked.includes(field) ? 'differs' : ''}>
              <th scope="row">{t(fieldNames[field])}</th>
              <td>{shown(field, biodata[field])}</td>
              <td>
                {differs && (
                  <b>
                    <Icon name="warning" /> {t(cardTexts.differs)}:{' '}
                  </b>
                )}
                {told ? shown(field, told) : '–'}
              </td>
              <td>
                <label class="mark">
                  <input
                    type="checkbox"
                    aria-label={`${t(fieldNames[field])}: ${t(cardTexts.print)}`}
                    checked={marked.includes(field)}
                    onChange={() => toggle(field)}
                  />
                </label>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
