/** On every screen: the service is free, and a way to report whoever asks for money. */
import { useRef, useState } from 'preact/hooks';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { FeeForm } from '../parts/fee-form.tsx';
import { feeTexts } from '../parts/fee-texts.ts';
import { Icon } from '../parts/icon.tsx';
import { useResident } from './resident.tsx';
import { texts } from './texts.ts';

export function FeeNotice() {
  const t = useText();
  const { can } = useResident();
  const dialog = useRef<HTMLDialogElement>(null);
  /** Emptied whenever it closes: the next person finds nothing of it. */
  const [step, setStep] = useState<'closed' | 'reporting' | 'reported'>('closed');
  const open = () => {
    setStep('reporting');
    dialog.current?.showModal();
  };
  return (
    <footer class="fee">
      <Icon name="banknoteX" />
      <b>{t(texts.free)}</b>
      <Button kind="quiet" icon="message" label={texts.reportFee} onPress={open} />
      <dialog ref={dialog} class="warning" aria-labelledby="fee-title" onClose={() => setStep('closed')}>
        <h2 id="fee-title">{t(texts.reportFeeTitle)}</h2>
        {!can('report-fee') && <p>{t(texts.reportFeeHelp)}</p>}
        {can('report-fee') && step === 'reporting' && <FeeForm onSent={() => setStep('reported')} />}
        {step === 'reported' && <p role="status">{t(feeTexts.sent)}</p>}
        <Button icon="x" label={texts.close} onPress={() => dialog.current?.close()} />
      </dialog>
    </footer>
  );
}
