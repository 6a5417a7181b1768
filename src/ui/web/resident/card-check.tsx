/** “Check my card”: the card on the reader, the finger, and the verdict in a word. */
import type { VerificationView } from '../../contract/desk-view.ts';
import { Hands } from '../drawings/hand.tsx';
import { NewReader } from '../drawings/reader.tsx';
import { Button } from '../parts/button.tsx';
import { FailureWords } from './failure-words.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { texts } from './texts.ts';

export function CardCheck({ verification }: { verification: VerificationView | null }) {
  const { ask, can } = useResident();
  const step = verification?.step ?? 'awaiting-card';
  switch (step) {
    case 'awaiting-card':
      return <Scene name={step} title={texts.cardTitle} picture={<NewReader card="coming" />} />;
    case 'reading-photo':
    case 'reading':
    case 'reading-biodata':
    case 'matching':
      return (
        <Scene
          name="reading"
          title={texts.cardReading}
          help={texts.checkingHelp}
          picture={<NewReader card="lying" />}
        />
      );
    case 'awaiting-finger':
      return (
        <Scene
          name={step}
          title={texts.cardFinger}
          picture={<Hands positions={verification?.fingers ?? []} />}
        />
      );
    case 'verified':
      return <Scene name={step} title={texts.cardGood} sign="shieldCheck" />;
    case 'refused':
    case 'failed':
      return (
        <Scene
          name={step}
          title={texts.cardBad}
          sign="message"
          action={
            can('retry') && (
              <Button
                kind="main"
                icon="retry"
                label={texts.tryAgain}
                onPress={() => ask({ type: 'retry' })}
              />
            )
          }
        >
          {verification?.failure && <FailureWords failure={verification.failure} />}
        </Scene>
      );
  }
}
