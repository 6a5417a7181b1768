/** Everything that was recorded, before it is approved: each can be made once more. */
import { CAPTURE_STEPS, type CaptureStep } from '../../../rules/recording.ts';
import type { ReviewView } from '../../contract/resident-view.ts';
import { useText } from '../language.tsx';
import { AskButton } from '../parts/ask-button.tsx';
import { Button } from '../parts/button.tsx';
import { Photo } from '../parts/photo.tsx';
import { texts as general } from '../texts.ts';
import { BiodataList } from './biodata-list.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { captures, texts } from './texts.ts';

export function Review({ review }: { review: ReviewView }) {
  const t = useText();
  const { ask, can, isWaiting } = useResident();
  return (
    <Scene
      name="review"
      title={texts.reviewTitle}
      help={texts.reviewHelp}
      action={
        can('approve') && (
          <AskButton kind="main" icon="check" label={texts.reviewApprove} intent={{ type: 'approve' }} />
        )
      }
    >
      <BiodataList biodata={review.biodata} corrected={review.corrected} />
      <ul class="recorded">
        {stepsOf(review).map(({ step, samples }) => (
          <li key={step}>
            <h2>{t(captures[step].title)}</h2>
            <div class="recorded-pictures">
              {samples.map((sample) => (
                <Photo key={sample} id={sample} absent={general.photo} />
              ))}
            </div>
            {can('redo') && (
              <Button
                icon="retry"
                label={texts.reviewRedo}
                disabled={isWaiting}
                onPress={() => ask({ type: 'redo', step })}
              />
            )}
          </li>
        ))}
      </ul>
    </Scene>
  );
}

function stepsOf({ samples }: ReviewView): { step: CaptureStep; samples: string[] }[] {
  return CAPTURE_STEPS.map((step) => ({
    step,
    samples: samples.filter((one) => one.step === step).map(({ sample }) => sample),
  })).filter((one) => one.samples.length > 0);
}
