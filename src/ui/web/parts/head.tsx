/** Whose screen this is, and the language. */
import type { Language, Text } from '../../../failures/entry.ts';
import emblem from '../drawings/emblem.svg';
import { useLanguage, useText } from '../language.tsx';
import { texts } from '../texts.ts';

const languages: readonly { code: Language; name: string }[] = [
  { code: 'id', name: 'Indonesia' },
  { code: 'en', name: 'English' },
];

/** @param place whose screen it is */
export function Head({ place = texts.desk }: { readonly place?: Text }) {
  const t = useText();
  const { language, choose } = useLanguage();
  return (
    <header class="head">
      <img src={emblem} alt="" />
      <p class="head-name">
        <b>{t(texts.kiosk)}</b>
        <span>{t(place)}</span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's border and legend are not wanted in the head */}
      <div class="languages" role="group" aria-label={t(texts.language)}>
        {languages.map(({ code, name }) => (
          <button
            key={code}
            type="button"
            lang={code}
            aria-pressed={language === code}
            onClick={() => choose(code)}
          >
            {name}
          </button>
        ))}
      </div>
    </header>
  );
}
