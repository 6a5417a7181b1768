/** Something that concerns the whole screen, said above it. */
import type { Text } from '../../../failures/entry.ts';
import { useText } from '../language.tsx';
import { texts } from '../texts.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

interface Props {
  readonly icon: IconName;
  readonly word: Text;
  readonly more: readonly Text[];
  onDismiss?(): void;
}

export function Banner({ icon, word, more, onDismiss }: Props) {
  const t = useText();
  return (
    <div class="banner" role="alert">
      <Icon name={icon} />
      <p>
        <b>{t(word)}.</b> {more.map(t).join(' ')}
      </p>
      {onDismiss && <Button kind="quiet" icon="x" label={texts.dismiss} onPress={onDismiss} />}
    </div>
  );
}
