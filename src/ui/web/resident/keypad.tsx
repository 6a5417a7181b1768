/** Ten digits and a way back, as on a telephone; a keyboard's digits do the same. */
import { useEffect } from 'preact/hooks';
import { useText } from '../language.tsx';
import { Icon } from '../parts/icon.tsx';
import { texts } from './texts.ts';

interface Props {
  onDigit(digit: string): void;
  onErase(): void;
}

const rows = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export function Keypad({ onDigit, onErase }: Props) {
  const t = useText();
  useEffect(() => {
    const type = ({ key }: KeyboardEvent) => {
      if (/^\d$/.test(key)) onDigit(key);
      else if (key === 'Backspace') onErase();
    };
    window.addEventListener('keydown', type);
    return () => window.removeEventListener('keydown', type);
  }, [onDigit, onErase]);
  return (
    <div class="keypad">
      {rows.map((digit) => (
        <button key={digit} type="button" onClick={() => onDigit(digit)}>
          {digit}
        </button>
      ))}
      <button type="button" class="keypad-zero" onClick={() => onDigit('0')}>
        0
      </button>
      <button type="button" class="keypad-erase" onClick={onErase}>
        <Icon name="erase" />
        <span>{t(texts.erase)}</span>
      </button>
    </div>
  );
}
