/** A failure: what happened, what to do about it, what to say to the resident. Never a dead end. */
import type { Text } from '../../../failures/entry.ts';
import type { FailureView } from '../../contract/failure-view.ts';
import { useText } from '../language.tsx';
import { texts } from '../texts.ts';
import { Icon, type IconName } from './icon.tsx';

interface Props {
  /** The word that goes with the sign. */
  readonly word: Text;
  readonly failure: FailureView;
  readonly icon?: IconName;
  /** `warning`: nothing is wrong yet, but somebody must act. */
  readonly tone?: 'stop' | 'warning';
}

export function FailurePanel({ word, failure, icon = 'stop', tone = 'stop' }: Props) {
  const t = useText();
  return (
    <section class={`failure ${tone}`} role="alert">
      <p class="failure-word">
        <Icon name={icon} />
        {t(word)}
      </p>
      <h1 tabIndex={-1}>{t(failure.cause)}</h1>
      <div class="failure-ways">
        <div>
          <h2>
            <Icon name="arrowRight" />
            {t(texts.remedy)}
          </h2>
          <p>{t(failure.remedy)}</p>
        </div>
        {failure.resident && (
          <div>
            <h2>
              <Icon name="message" />
              {t(texts.tellResident)}
            </h2>
            <p>“{t(failure.resident)}”</p>
          </div>
        )}
      </div>
      <p class="failure-code">
        {t(texts.code)} <code>{failure.code}</code>
        {failure.detail && <code>{failure.detail}</code>}
      </p>
    </section>
  );
}
