/** The good end of a step: a sign, a word, and what it means. */
import type { ComponentChildren } from 'preact';
import type { Text } from '../../../failures/entry.ts';
import { useText } from '../language.tsx';
import { Icon, type IconName } from './icon.tsx';

interface Props {
  readonly icon: IconName;
  readonly word: Text;
  readonly children: ComponentChildren;
}

export function Verdict({ icon, word, children }: Props) {
  const t = useText();
  return (
    <section class="verdict" role="status">
      <span class="verdict-sign">
        <Icon name={icon} />
      </span>
      <div>
        <h1 tabIndex={-1}>{t(word)}</h1>
        {children}
      </div>
    </section>
  );
}
