/** The report of a fee: three questions at a touch, a few words for who wants to write. Nothing of it stays on the page. */
import { useState } from 'preact/hooks';
import { FEE_WORDS_LENGTH, type FeeReport, type FeeStage } from '../../../rules/fee-report.ts';
import { useKiosk } from '../kiosk.tsx';
import { useText } from '../language.tsx';
import { Button } from './button.tsx';
import { Choices } from './choices.tsx';
import { feeAmounts, feeAskers, feeStages, feeTexts } from './fee-texts.ts';

/** @param onSent called once the report is on its way to be sealed */
export function FeeForm({ onSent }: { onSent(): void }) {
  const t = useText();
  const { ask, isWaiting } = useKiosk();
  const [stage, setStage] = useState<FeeStage | null>(null);
  const [rest, setRest] = useState<Omit<FeeReport, 'stage'>>({ amount: null, asker: null, words: '' });
  const send = () => {
    if (stage === null) return;
    ask({ type: 'report-fee', stage, ...rest, words: rest.words.replace(/\p{Cc}+/gu, ' ') });
    onSent();
  };
  return (
    <div class="fee-form">
      <p>{t(feeTexts.help)}</p>
      <Choices
        name="fee-stage"
        title={feeTexts.stage}
        choices={feeStages}
        chosen={stage}
        onChoose={setStage}
      />
      <Choices
        name="fee-amount"
        title={feeTexts.amount}
        choices={feeAmounts}
        chosen={rest.amount}
        onChoose={(amount) => setRest({ ...rest, amount })}
      />
      <Choices
        name="fee-asker"
        title={feeTexts.asker}
        choices={feeAskers}
        chosen={rest.asker}
        onChoose={(asker) => setRest({ ...rest, asker })}
      />
      <label class="field">
        {t(feeTexts.words)}
        <textarea
          maxLength={FEE_WORDS_LENGTH}
          value={rest.words}
          onInput={({ currentTarget }) => setRest({ ...rest, words: currentTarget.value })}
        />
      </label>
      <Button
        kind="main"
        icon="lock"
        label={feeTexts.send}
        disabled={stage === null || isWaiting}
        onPress={send}
      />
    </div>
  );
}
