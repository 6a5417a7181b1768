/** One of several words, or none; native radio buttons, so that keyboard and screen reader know them. */
import type { Text } from '../../../failures/entry.ts';
import { useText } from '../language.tsx';

interface Props<V extends string> {
  readonly name: string;
  readonly title: Text;
  readonly choices: Readonly<Record<V, Text>>;
  readonly chosen: V | null;
  onChoose(value: V): void;
}

export function Choices<V extends string>({ name, title, choices, chosen, onChoose }: Props<V>) {
  const t = useText();
  return (
    <fieldset class="radios">
      <legend>{t(title)}</legend>
      {(Object.entries(choices) as [V, Text][]).map(([value, label]) => (
        <label key={value}>
          <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
          <span>{t(label)}</span>
        </label>
      ))}
    </fieldset>
  );
}
