/** Nine elements, four faces each (PermenPANRB 14/2017): 30 seconds. */
import { useState } from 'preact/hooks';
import { IKM_ELEMENTS } from '../../../rules/ikm.ts';
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { ikmAnswers, ikmElements } from './survey-texts.ts';
import { texts } from './texts.ts';

export function Survey() {
  const t = useText();
  const { ask, can, isWaiting } = useResident();
  const [answers, setAnswers] = useState<readonly (number | null)[]>(IKM_ELEMENTS.map(() => null));
  const given = answers.filter((answer) => answer !== null);
  const answer = (index: number, value: number) =>
    setAnswers(answers.map((old, at) => (at === index ? value : old)));
  return (
    <Scene
      name="survey"
      title={texts.surveyTitle}
      ways={
        can('skip-survey') && (
          <Button
            icon="arrowRight"
            label={texts.surveySkip}
            disabled={isWaiting}
            onPress={() => ask({ type: 'skip-survey' })}
          />
        )
      }
      action={
        <Button
          kind="main"
          icon="check"
          label={texts.surveySend}
          disabled={isWaiting || given.length < IKM_ELEMENTS.length}
          onPress={() => ask({ type: 'rate', answers: given })}
        />
      }
    >
      <ol class="survey">
        {IKM_ELEMENTS.map((element, index) => (
          <li key={element}>
            <span id={`ikm-${element}`}>{t(ikmElements[element])}</span>
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's border and legend are not wanted in a row */}
            <div role="group" aria-labelledby={`ikm-${element}`}>
              {ikmAnswers.map(({ value, name }) => (
                <button
                  key={value}
                  type="button"
                  aria-pressed={answers[index] === value}
                  onClick={() => answer(index, value)}
                >
                  <b>{value}</b>
                  <span>{t(name)}</span>
                </button>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </Scene>
  );
}
