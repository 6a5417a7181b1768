/** The way out, at the same place on every screen; where something would be erased, it is asked about first. */
import { useRef } from 'preact/hooks';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { useResident } from './resident.tsx';
import { texts } from './texts.ts';

const NOTHING_TO_LOSE = ['receipt', 'survey', 'ended', 'stopped'];

export function Leave() {
  const t = useText();
  const { view, ask, isWaiting } = useResident();
  const dialog = useRef<HTMLDialogElement>(null);
  const { session } = view;
  const isLost =
    session !== null && session.progress.length > 0 && !NOTHING_TO_LOSE.includes(session.stage.at);
  const leave = () => ask({ type: 'leave' });
  return (
    <>
      <Button
        icon="x"
        label={texts.back}
        disabled={isWaiting}
        onPress={() => (isLost ? dialog.current?.showModal() : leave())}
      />
      <dialog ref={dialog} class="warning" aria-labelledby="leave-title">
        <h2 id="leave-title">{t(texts.leaveTitle)}</h2>
        <p>{t(texts.leaveHelp)}</p>
        <div class="warning-ways">
          <Button icon="x" label={texts.leaveYes} disabled={isWaiting} onPress={leave} />
          <Button kind="main" icon="check" label={texts.leaveNo} onPress={() => dialog.current?.close()} />
        </div>
      </dialog>
    </>
  );
}
