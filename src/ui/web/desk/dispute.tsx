/** Setting a card aside: why, in one word, and who decides. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DisputeReason } from '../../../rules/hand-over.ts';
import type { BiodataView } from '../../contract/desk-view.ts';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { Choices } from '../parts/choices.tsx';
import { useDesk } from './desk.tsx';
import { cardTexts, disputeReasons } from './hand-over-texts.ts';

interface Props {
  readonly uid: string | null;
  /** On which print, chip and lists disagree. */
  readonly fields?: readonly (keyof BiodataView)[];
}

/** The button, and what it asks; nothing where the card at hand cannot be set aside. */
export function DisputeButton({ uid, fields = [] }: Props) {
  const t = useText();
  const { can, ask, isWaiting } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState<DisputeReason | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);
  if (!can('dispute')) return null;
  const chosen = reason ?? (fields.length > 0 ? 'field-differs' : null);
  return (
    <>
      <Button icon="warning" label={cardTexts.dispute} disabled={isWaiting} onPress={() => setOpen(true)} />
      {isOpen && (
        <dialog ref={dialog} class="confirm" aria-labelledby="dispute-title" onClose={() => setOpen(false)}>
          <h2 id="dispute-title">{t(cardTexts.disputeTitle)}</h2>
          <p>{t(cardTexts.disputeHelp)}</p>
          <Choices
            name="dispute"
            title={cardTexts.reason}
            choices={disputeReasons}
            chosen={chosen}
            onChoose={setReason}
          />
          <div class="confirm-actions">
            <Button label={cardTexts.back} onPress={() => dialog.current?.close()} />
            <Button
              kind="main"
              icon="warning"
              label={cardTexts.dispute}
              disabled={chosen === null || isWaiting}
              onPress={() => {
                if (chosen === null) return;
                setOpen(false);
                ask({ type: 'dispute', uid, reason: chosen, fields: [...fields] });
              }}
            />
          </div>
        </dialog>
      )}
    </>
  );
}
