/** What went wrong and what to do about it, in the resident's words; the code stays with the staff. */
import type { FailureView } from '../../contract/failure-view.ts';
import { useText } from '../language.tsx';
import { Icon } from '../parts/icon.tsx';

export function FailureWords({ failure }: { failure: FailureView }) {
  const t = useText();
  return (
    <p class="advice" role="alert">
      <Icon name="warning" />
      <span>{t(failure.resident ?? failure.cause)}</span>
    </p>
  );
}
