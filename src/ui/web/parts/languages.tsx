/** The page's language, at a touch. */
import type { Language } from '../../../failures/entry.ts';
import { useLanguage, useText } from '../language.tsx';
import { texts } from '../texts.ts';

const languages: readonly { code: Language; name: string }[] = [
  { code: 'id', name: 'Indonesia' },
  { code: 'en', name: 'English' },
];

export function Languages({ onChoose }: { onChoose(language: Language): void }) {
  const t = useText();
  const { language } = useLanguage();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's border and legend are not wanted in the head
    <div class="languages" role="group" aria-label={t(texts.language)}>
      {languages.map(({ code, name }) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={language === code}
          onClick={() => onChoose(code)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
