/** A few large things to choose from, each a word and where it helps a picture. */
import type { Text } from '../../../failures/entry.ts';
import { useText } from '../language.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { useResident } from './resident.tsx';

export interface Choice {
  readonly label: Text;
  readonly icon?: IconName;
  readonly isChosen?: boolean;
  onPress(): void;
}

export function Choices({ of }: { of: readonly Choice[] }) {
  const t = useText();
  const { isWaiting } = useResident();
  return (
    <ul class="choices">
      {of.map(({ label, icon, isChosen, onPress }) => (
        <li key={label.id}>
          <button type="button" class="choice" aria-pressed={isChosen} disabled={isWaiting} onClick={onPress}>
            {icon && <Icon name={icon} />}
            <span>{t(label)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
