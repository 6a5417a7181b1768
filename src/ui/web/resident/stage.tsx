/** The scene that belongs to each stage of a session. */
import type { StageView } from '../../contract/resident-view.ts';
import { QueueNumber, RecordStatus, Stopped } from './answers.tsx';
import { Biodata } from './biodata.tsx';
import { Capture } from './capture.tsx';
import { CardCheck } from './card-check.tsx';
import { Choosing } from './choosing.tsx';
import { Ended } from './ended.tsx';
import { Guardian } from './guardian.tsx';
import { Identification } from './identification.tsx';
import { Notice } from './notice.tsx';
import { Receipt } from './receipt.tsx';
import { Review } from './review.tsx';
import { Survey } from './survey.tsx';
import { Waiting } from './waiting.tsx';

export function Stage({ stage }: { stage: StageView }) {
  switch (stage.at) {
    case 'choosing':
      return <Choosing />;
    case 'identification':
      return <Identification stage={stage} />;
    case 'notice':
      return <Notice version={stage.version} />;
    case 'guardian':
      return <Guardian why={stage.why} />;
    case 'stopped':
      return <Stopped stage={stage} />;
    case 'biodata':
      return <Biodata stage={stage} />;
    case 'capture':
      return <Capture capture={stage} />;
    case 'review':
      return <Review review={stage} />;
    case 'receipt':
      return <Receipt receipt={stage} />;
    case 'survey':
      return <Survey />;
    case 'record-status':
      return <RecordStatus stage={stage} />;
    case 'queue-number':
      return <QueueNumber stage={stage} />;
    case 'card-check':
      return <CardCheck verification={stage.verification} />;
    case 'ended':
      return <Ended how={stage.how} />;
    case 'look-up':
    case 'saving':
    case 'awaiting-approval':
    case 'operator-finger':
    case 'identity-gate':
    case 'proof':
    case 'sealing':
    case 'broken':
      return <Waiting stage={stage} />;
  }
}
