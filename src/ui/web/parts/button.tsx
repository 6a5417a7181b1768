/** What can be pressed. `main` is the one action a screen asks for, at its place in the lower right. */
import type { Text } from '../../../failures/entry.ts';
import { useText } from '../language.tsx';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonLook {
  readonly label: Text;
  readonly kind?: 'main' | 'side' | 'quiet';
  readonly icon?: IconName;
}

interface Props extends ButtonLook {
  readonly disabled?: boolean;
  /** What Enter in one of the fields of its form presses; the form hears of it. */
  readonly submit?: boolean;
  onPress?(): void;
}

export function Button({ label, kind = 'side', icon, disabled = false, submit = false, onPress }: Props) {
  const t = useText();
  return (
    <button
      type={submit ? 'submit' : 'button'}
      class={`button ${kind}`}
      disabled={disabled}
      {...(onPress && { onClick: onPress })}
    >
      {icon && <Icon name={icon} />}
      <span>{t(label)}</span>
    </button>
  );
}
