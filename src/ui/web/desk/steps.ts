/** The named steps of a case and how far it has come; pure, from what the view tells. */
import type { Text } from '../../../failures/entry.ts';
import type { ActivationView, VerificationView } from '../../contract/desk-view.ts';
import { texts } from '../texts.ts';

export interface Step {
  readonly name: Text;
  readonly state: 'done' | 'now' | 'stopped' | 'later';
}

const bySam = [texts.stepCard, texts.stepPhoto, texts.stepGenuine, texts.stepFinger, texts.stepActivation];
const byBox = [texts.stepCard, texts.stepFinger, texts.stepData];

export function stepsOf(work: VerificationView | ActivationView): readonly Step[] {
  if (work.at === 'activation') return markActivation(work);
  return work.evidence === 'sam' ? mark(bySam, samStep(work), work) : mark(byBox, boxStep(work), work);
}

function mark(names: readonly Text[], current: number, { step }: VerificationView): readonly Step[] {
  const isStopped = step === 'refused' || step === 'failed';
  return names.map((name, index) => {
    if (index < current) return { name, state: 'done' };
    if (index > current) return { name, state: 'later' };
    return { name, state: isStopped ? 'stopped' : 'now' };
  });
}

function markActivation({ step, outcome }: ActivationView): readonly Step[] {
  const last = bySam.length - 1;
  const isDone = outcome === 'done' || outcome === 'already';
  const atLast = isDone ? 'done' : step === 'settled' ? 'stopped' : 'now';
  return bySam.map((name, index) => ({ name, state: index < last ? 'done' : atLast }));
}

/** Index into `bySam`. A case that stopped tells by its facts how far it had come. */
function samStep({ step, photoId, card, tries }: VerificationView): number {
  switch (step) {
    case 'awaiting-card':
      return 0;
    case 'reading-photo':
      return 1;
    case 'reading':
      return 2;
    case 'awaiting-finger':
    case 'matching':
    case 'reading-biodata':
      return 3;
    case 'verified':
      return card?.activated ? bySam.length : 4;
    case 'refused':
    case 'failed':
      if (tries.length > 0 || card?.genuine) return 3;
      return card || photoId ? 2 : 0;
  }
}

/** Index into `byBox`. */
function boxStep({ step, fingers, tries }: VerificationView): number {
  switch (step) {
    case 'awaiting-card':
      return 0;
    case 'reading-photo':
    case 'reading':
    case 'awaiting-finger':
    case 'matching':
      return 1;
    case 'reading-biodata':
      return 2;
    case 'verified':
      return byBox.length;
    case 'refused':
    case 'failed':
      if (tries.some(({ match }) => match)) return 2;
      return fingers.length > 0 || tries.length > 0 ? 1 : 0;
  }
}

/** One of the three things that make an activation. */
export interface Part {
  readonly name: Text;
  readonly state: 'done' | 'now' | 'later' | 'stopped' | 'unknown';
  readonly word: Text;
}

export function partsOf({ step, outcome }: ActivationView): readonly Part[] {
  const parts = (command: Outcome, readBack: Outcome, queue: Outcome): readonly Part[] => [
    { name: texts.partCommand, state: command[0], word: command[1] },
    { name: texts.partReadBack, state: readBack[0], word: readBack[1] },
    { name: texts.partQueue, state: queue[0], word: queue[1] },
  ];
  const later: Outcome = ['later', texts.waiting];

  if (step === 'activating') return parts(['now', texts.sending], later, later);
  if (step === 'settling') return parts(['done', texts.sentToChip], ['now', texts.readingBack], later);
  switch (outcome) {
    case 'done':
      return parts(['done', texts.sentToChip], ['done', texts.readBackActive], ['done', texts.queued]);
    case 'already':
      return parts(['later', texts.notNeeded], ['done', texts.readBackActive], ['later', texts.notNeeded]);
    case 'unknown':
      return parts(['done', texts.sentToChip], ['unknown', texts.notKnown], ['unknown', texts.noted]);
    default:
      return parts(['stopped', texts.notDone], ['later', texts.notNeeded], ['later', texts.notNeeded]);
  }
}

type Outcome = readonly [Part['state'], Text];
