/** Asked before a chip is switched on, away from the place of the button that led here: no double press activates. */
import { useEffect, useRef } from 'preact/hooks';
import type { CardView } from '../../contract/desk-view.ts';
import { groupInFours } from '../format.ts';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { Photo } from '../parts/photo.tsx';
import { texts } from '../texts.ts';

interface Props {
  readonly photoId: string | null;
  readonly card: CardView;
  onYes(): void;
  onBack(): void;
}

export function ConfirmActivation({ photoId, card, onYes, onBack }: Props) {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="confirm-title" onClose={onBack}>
      <div class="confirm-who">
        <Photo id={photoId} absent={texts.photoLater} />
        <div>
          <h2 id="confirm-title">{t(texts.confirmTitle)}</h2>
          {card.biodata && (
            <p class="confirm-name">
              <b>{card.biodata.nama}</b>
              <span class="digits">{groupInFours(card.biodata.nik)}</span>
            </p>
          )}
          <p>{t(texts.confirmHelp)}</p>
        </div>
      </div>
      <div class="confirm-actions">
        <Button label={texts.back} onPress={() => dialog.current?.close()} />
        <Button kind="main" icon="power" label={texts.confirmYes} onPress={onYes} />
      </div>
    </dialog>
  );
}
