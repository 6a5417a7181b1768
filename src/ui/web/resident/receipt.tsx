/** The recording is complete: its number, and what was kept and thrown away. */
import type { StageView } from '../../contract/resident-view.ts';
import { useText } from '../language.tsx';
import { AskButton } from '../parts/ask-button.tsx';
import { FailureWords } from './failure-words.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { texts } from './texts.ts';

export function Receipt({ receipt }: { receipt: Extract<StageView, { at: 'receipt' }> }) {
  const t = useText();
  const { can } = useResident();
  return (
    <Scene
      name="receipt"
      title={texts.receiptTitle}
      sign="check"
      help={receipt.printed ? texts.receiptHelp : texts.receiptNotPrinted}
      ways={
        can('print-again') && (
          <AskButton icon="printer" label={texts.receiptPrintAgain} intent={{ type: 'print-again' }} />
        )
      }
      action={
        can('close-receipt') && (
          <AskButton kind="main" icon="arrowRight" label={texts.next} intent={{ type: 'close-receipt' }} />
        )
      }
    >
      <p class="receipt-number">
        {t(texts.receiptNumber)} <b class="digits">{receipt.receipt}</b>
      </p>
      <p>
        <b>{receipt.kept}</b> {t(texts.receiptKept)} · <b>{receipt.discarded}</b> {t(texts.receiptDiscarded)}
      </p>
      {receipt.failure && <FailureWords failure={receipt.failure} />}
    </Scene>
  );
}
