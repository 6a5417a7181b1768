/** Whose screen this is, and the language. */
import type { Text } from '../../../failures/entry.ts';
import emblem from '../drawings/emblem.svg';
import { useLanguage, useText } from '../language.tsx';
import { texts } from '../texts.ts';
import { Languages } from './languages.tsx';

/** @param place whose screen it is */
export function Head({ place = texts.desk }: { readonly place?: Text }) {
  const t = useText();
  const { choose } = useLanguage();
  return (
    <header class="head">
      <img src={emblem} alt="" />
      <p class="head-name">
        <b>{t(texts.kiosk)}</b>
        <span>{t(place)}</span>
      </p>
      <Languages onChoose={choose} />
    </header>
  );
}
