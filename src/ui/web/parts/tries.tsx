/** Every press of a finger so far with the reason of its refusal, and how many are left. */
import type { FingerTryView } from '../../contract/desk-view.ts';
import { useText } from '../language.tsx';
import { imageQuality, texts, triesLeft, tryNumber } from '../texts.ts';
import { Icon } from './icon.tsx';

interface Props {
  readonly tries: readonly FingerTryView[];
  readonly left: number;
  /** Whether the last refusal's remedy is still of use. */
  readonly withRemedy: boolean;
}

export function Tries({ tries, left, withRemedy }: Props) {
  const t = useText();
  const remedy = tries.at(-1)?.failure?.remedy;
  return (
    <section class="tries" aria-label={t(texts.tries)}>
      <div aria-live="polite">
        <ol>
          {tries.map(({ match, quality, failure }, index) => (
            <li key={index} class={match ? 'match' : 'refused'}>
              <Icon name={match ? 'check' : 'x'} />
              <span>
                <b>{t(tryNumber(index + 1))}:</b> {failure ? t(failure.cause) : t(texts.tryMatch)}{' '}
                {quality !== null && <small>({t(imageQuality(quality))})</small>}
              </span>
            </li>
          ))}
        </ol>
        {withRemedy && remedy && <p class="tries-remedy">{t(remedy)}</p>}
      </div>
      <p class="tries-left">
        <span class="tries-dots" aria-hidden="true">
          {tries.map(({ match }, index) => (
            <i key={index} class={match ? 'match' : 'used'} />
          ))}
          {Array.from({ length: left }, (_, index) => (
            <i key={index} />
          ))}
        </span>
        {t(triesLeft(left))}
      </p>
    </section>
  );
}
