/** Asked before a card leaves the desk, where fees are mostly taken: whether somebody wanted money for it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { FeeForm } from '../parts/fee-form.tsx';
import { feeTexts } from '../parts/fee-texts.ts';
import { useDesk } from './desk.tsx';
import { cardTexts } from './hand-over-texts.ts';

interface Props {
  /** The holder was asked; what they said is not told. */
  onAsked(): void;
  onBack(): void;
}

export function AskFees({ onAsked, onBack }: Props) {
  const t = useText();
  const { can } = useDesk();
  const [step, setStep] = useState<'asking' | 'reporting' | 'reported'>('asking');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="fees-title" onClose={onBack}>
      <h2 id="fees-title">{t(step === 'reporting' ? feeTexts.title : cardTexts.askTitle)}</h2>
      {step === 'asking' && (
        <>
          <p class="saying">{t(cardTexts.ask)}</p>
          <p>{t(cardTexts.askHelp)}</p>
        </>
      )}
      {step === 'reporting' && <FeeForm onSent={() => setStep('reported')} />}
      {step === 'reported' && <p role="status">{t(feeTexts.sent)}</p>}
      <div class="confirm-actions">
        <Button label={cardTexts.back} onPress={() => dialog.current?.close()} />
        {step === 'asking' && can('report-fee') && (
          <Button icon="message" label={cardTexts.report} onPress={() => setStep('reporting')} />
        )}
        {step !== 'reporting' && (
          <Button kind="main" icon="check" label={cardTexts.asked} onPress={onAsked} />
        )}
      </div>
    </dialog>
  );
}
