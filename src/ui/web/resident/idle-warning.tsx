/** Nobody has touched anything for a while: one touch goes on, as often as one likes (WCAG 2.2.1). */
import { useEffect, useRef } from 'preact/hooks';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { useResident } from './resident.tsx';
import { idleHelp, texts } from './texts.ts';

export function IdleWarning({ seconds }: { seconds: number }) {
  const t = useText();
  const { ask } = useResident();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const stay = () => ask({ type: 'touch' });
  return (
    <dialog ref={dialog} class="warning" aria-labelledby="idle-title" onCancel={stay}>
      <h2 id="idle-title">{t(texts.idleTitle)}</h2>
      <p>{t(idleHelp(seconds))}</p>
      <Button kind="main" icon="check" label={texts.idleStay} onPress={stay} />
    </dialog>
  );
}
