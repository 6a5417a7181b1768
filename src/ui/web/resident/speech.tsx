/**
 * Says what a screen says. The clips are made at build (scripts/speech.ts) and named by their sentence, so a deployer
 * can put recorded ones in their place. Where there is no clip, nothing is said and nothing is missing on the screen.
 */
import { useEffect, useRef } from 'preact/hooks';
import type { Text } from '../../../failures/entry.ts';
import { clipName } from '../../contract/clip-name.ts';
import { useLanguage, useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { texts } from './texts.ts';

/** @param of the sentences, in order */
export function Speech({ of }: { of: readonly Text[] }) {
  const t = useText();
  const { language } = useLanguage();
  const speaking = useRef<AbortController | null>(null);
  const sentences = of.map(t);
  const all = sentences.join(' ');

  const speak = () => {
    speaking.current?.abort();
    speaking.current = new AbortController();
    void say(sentences, language, speaking.current.signal);
  };
  // Said again when the words change, not with every drawing.
  useEffect(() => {
    speak();
    return () => speaking.current?.abort();
  }, [all, language]);

  return <Button kind="quiet" icon="volume" label={texts.hearAgain} onPress={speak} />;
}

async function say(sentences: readonly string[], language: string, signal: AbortSignal): Promise<void> {
  for (const sentence of sentences) {
    const clip = new Audio(`/speech/${language}/${await clipName(sentence)}.ogg`);
    const ended = new Promise((resolve) => {
      clip.onended = resolve;
      clip.onerror = resolve;
      signal.addEventListener('abort', resolve);
    });
    if (signal.aborted) return;
    // A browser may refuse to play before the first touch: then it is silent until “Listen” is pressed.
    await clip.play().then(
      () => ended,
      () => {},
    );
    clip.pause();
  }
}
