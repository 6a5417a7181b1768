/** How far the recording is: named steps, not a bar. */
import type { ProgressStepView } from '../../contract/resident-view.ts';
import { useText } from '../language.tsx';
import { Icon } from '../parts/icon.tsx';
import { texts as general } from '../texts.ts';
import { progressNames } from './texts.ts';

export function Progress({ steps }: { steps: readonly ProgressStepView[] }) {
  const t = useText();
  return (
    <nav class="progress" aria-label={t(general.steps)}>
      <ol>
        {steps.map(({ step, state }) => (
          <li key={step} class={state} aria-current={state === 'now' ? 'step' : undefined}>
            <Icon name={state === 'done' ? 'check' : state === 'excepted' ? 'minus' : 'circleDashed'} />
            <span>{t(progressNames[step])}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
