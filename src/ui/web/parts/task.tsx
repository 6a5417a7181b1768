/** What happens now or is to be done now: one sentence, one explanation, one picture. */
import type { ComponentChildren } from 'preact';
import type { Text } from '../../../failures/entry.ts';
import { useText } from '../language.tsx';
import { Icon } from './icon.tsx';

interface Props {
  readonly title: Text;
  readonly help: Text;
  readonly picture?: ComponentChildren;
  /** The kiosk is at work and the person waits. */
  readonly isWorking?: boolean;
  readonly children?: ComponentChildren;
}

export function Task({ title, help, picture, isWorking = false, children }: Props) {
  const t = useText();
  return (
    <section class="task">
      <div class="task-words" aria-live="polite">
        <h1 tabIndex={-1}>
          {t(title)}
          {isWorking && <Icon name="loader" />}
        </h1>
        <p>{t(help)}</p>
        {children}
      </div>
      {picture && <div class="task-picture">{picture}</div>}
    </section>
  );
}
