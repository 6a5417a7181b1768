/** Nine questions, four answers each (PermenPANRB 14/2017), one after the other: 30 seconds. */
import { useState } from 'preact/hooks';
import { IKM_ELEMENTS } from '../../../rules/ikm.ts';
import { useText } from '../language.tsx';
import { AskButton } from '../parts/ask-button.tsx';
import { Button } from '../parts/button.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { ikmAnswers, ikmElements } from './survey-texts.ts';
import { questionOf, texts } from './texts.ts';

export function Survey() {
  const t = useText();
  const { ask, can, isWaiting } = useResident();
  const [answers, setAnswers] = useState<readonly number[]>([]);
  const [at, setAt] = useState(0);
  const last = IKM_ELEMENTS.length - 1;
  const element = IKM_ELEMENTS[at] ?? IKM_ELEMENTS[0];
  const answer = (value: number) => {
    setAnswers([...answers.slice(0, at), value, ...answers.slice(at + 1)]);
    if (at < last) setAt(at + 1);
  };
  return (
    <Scene
      name={`survey ${at}`}
      title={texts.surveyTitle}
      help={ikmElements[element]}
      ways={
        <>
          {at > 0 && <Button icon="arrowLeft" label={texts.reasonBack} onPress={() => setAt(at - 1)} />}
          {can('skip-survey') && (
            <AskButton icon="x" label={texts.surveySkip} intent={{ type: 'skip-survey' }} />
          )}
        </>
      }
      action={
        answers.length > last && (
          <Button
            kind="main"
            icon="check"
            label={texts.surveySend}
            disabled={isWaiting}
            onPress={() => ask({ type: 'rate', answers: [...answers] })}
          />
        )
      }
    >
      <ul class="survey">
        {ikmAnswers.map(({ value, name }) => (
          <li key={value}>
            <button
              type="button"
              class="choice"
              aria-pressed={answers[at] === value}
              onClick={() => answer(value)}
            >
              <Face value={value} />
              <span>{t(name)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p>{t(questionOf(at + 1, IKM_ELEMENTS.length))}</p>
    </Scene>
  );
}

/** From a mouth that hangs to one that laughs. */
function Face({ value }: { value: 1 | 2 | 3 | 4 }) {
  const bend = { 1: -9, 2: -3, 3: 5, 4: 11 }[value];
  return (
    <svg class="face" viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="21" />
      <path d="M17 18 v3 M31 18 v3" />
      <path d={`M14 32 Q24 ${32 + bend} 34 32`} />
    </svg>
  );
}
