/** How far the case has come, as named steps. */
import type { Step } from '../desk/steps.ts';
import { useText } from '../language.tsx';
import { texts } from '../texts.ts';
import { Icon } from './icon.tsx';

const spoken = {
  done: texts.stepDone,
  now: texts.stepNow,
  stopped: texts.stepStopped,
  later: texts.stepLater,
};

export function StepRail({ steps }: { steps: readonly Step[] }) {
  const t = useText();
  return (
    <ol class="steps" aria-label={t(texts.steps)}>
      {steps.map(({ name, state }, index) => (
        <li key={name.id} class={state} aria-current={state === 'now' ? 'step' : undefined}>
          <span class="step-sign" aria-hidden="true">
            {state === 'done' ? <Icon name="check" /> : state === 'stopped' ? <Icon name="x" /> : index + 1}
          </span>
          {t(name)}
          <span class="spoken">, {t(spoken[state])}</span>
        </li>
      ))}
    </ol>
  );
}
