/** On every screen: the service is free, and what to do when somebody asks for money. */
import { useRef } from 'preact/hooks';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { texts } from './texts.ts';

export function FeeNotice() {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <footer class="fee">
      <Icon name="banknoteX" />
      <b>{t(texts.free)}</b>
      <Button
        kind="quiet"
        icon="message"
        label={texts.reportFee}
        onPress={() => dialog.current?.showModal()}
      />
      <dialog ref={dialog} class="warning" aria-labelledby="fee-title">
        <h2 id="fee-title">{t(texts.reportFeeTitle)}</h2>
        <p>{t(texts.reportFeeHelp)}</p>
        <Button icon="x" label={texts.close} onPress={() => dialog.current?.close()} />
      </dialog>
    </footer>
  );
}
