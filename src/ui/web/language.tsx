/** The page's language: Indonesian at first, English at a touch, kept in memory only. */
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Language, Text } from '../../failures/entry.ts';

interface Choice {
  readonly language: Language;
  choose(language: Language): void;
}

const context = createContext<Choice>({ language: 'id', choose: () => {} });

export function LanguageProvider({ children }: { children: ComponentChildren }) {
  const [language, choose] = useState<Language>('id');
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <context.Provider value={{ language, choose }}>{children}</context.Provider>;
}

/** Picks the sentence of the chosen language. */
export function useText(): (text: Text) => string {
  const { language } = useContext(context);
  return (text) => text[language];
}

export function useLanguage(): Choice {
  return useContext(context);
}
