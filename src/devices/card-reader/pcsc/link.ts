/**
 * What is known of the card service and its readers, as a pure function of what the child process told: the
 * next state, and what is to be done. No timer and no input or output in here.
 */
import { type Failure, fail } from '../../../failures/failure.ts';
import type { ReaderStatus } from '../port.ts';
import type { HelperEvent } from './helper.ts';
import { assignReaders, type ReaderPair } from './reader-names.ts';
import { cardChanges, describeError, isCardPresent, isReaderUsable } from './winscard.ts';

/** A PC/SC reader of the service. */
export interface SeenReader {
  readonly number: number;
  readonly name: string;
  readonly state: number;
}

export interface Link {
  /** starting: the child runs, the service is not known yet; up: it is there; down: the child ends or has ended. */
  readonly phase: 'starting' | 'up' | 'down';
  readonly readers: readonly SeenReader[];
  readonly pair: ReaderPair;
  /** Times the child was started in a row without anything having worked. */
  readonly attempt: number;
  /** Why it is not up. */
  readonly why: Failure | null;
  /** A command hung and its child was killed; until a card is powered again the service may still wait for it. */
  readonly leftover: boolean;
}

export type LinkEvent =
  | HelperEvent
  /** The back-off is over. */
  | { readonly type: 'retry' }
  /** A card was powered. */
  | { readonly type: 'worked' };

export type LinkEffect = 'start' | 'kill' | 'wait-then-retry';

export interface LinkStep {
  readonly link: Link;
  readonly effect?: LinkEffect;
}

export const initialLink: Link = {
  phase: 'starting',
  readers: [],
  pair: {},
  attempt: 0,
  why: null,
  leftover: false,
};

/** So many restarts in a row are no hiccup any more: the reader counts as lost. */
const HICCUPS = 2;

export function stepLink(
  link: Link,
  event: LinkEvent,
  wanted: { readonly chip: RegExp; readonly sam: RegExp },
): LinkStep {
  const withReaders = (readers: readonly SeenReader[]): LinkStep => {
    const usable = readers.filter((reader) => isReaderUsable(reader.state)).map((reader) => reader.name);
    return { link: { ...link, readers, pair: assignReaders(usable, wanted, link.pair) } };
  };
  const others = (number: number) => link.readers.filter((reader) => reader.number !== number);

  switch (event.type) {
    case 'reader':
      return withReaders([...link.readers, { number: event.reader, name: event.name, state: 0 }]);
    case 'state':
      return withReaders(
        link.readers.map((reader) =>
          reader.number === event.reader ? { ...reader, state: event.state } : reader,
        ),
      );
    case 'gone':
      return withReaders(others(event.reader));
    case 'service':
      return stepService(link, event.error);
    case 'stuck':
      return { link: { ...link, phase: 'down', why: stuckFailure(event.op), leftover: true } };
    case 'ended': {
      const why =
        link.phase === 'down' && link.why ? link.why : fail('CARD-HELPER-ENDED', event.detail).failure;
      return {
        link: { ...link, phase: 'down', readers: [], pair: {}, why },
        effect: 'wait-then-retry',
      };
    }
    case 'retry':
      return { link: { ...link, phase: 'starting', attempt: link.attempt + 1 }, effect: 'start' };
    case 'worked':
      return { link: { ...link, attempt: 0, leftover: false } };
  }
}

function stepService(link: Link, error: number): LinkStep {
  if (error === 0) return { link: { ...link, phase: 'up', why: null } };
  const why = fail('CARD-SERVICE-ABSENT', describeError(error)).failure;
  // At the start the child itself tries again; a service that was lost later needs a new child.
  if (link.phase === 'starting') return { link: { ...link, why } };
  return { link: { ...link, phase: 'down', why }, effect: 'kill' };
}

function stuckFailure(op: (HelperEvent & { type: 'stuck' })['op']): Failure {
  return op === 'transmit'
    ? fail('CARD-TIMEOUT').failure
    : fail('CARD-READER-TIMEOUT', `no answer to ${op}`).failure;
}

/** The reader with the antenna, or the one with the SAM, while the service is up. */
export function seenReader(link: Link, part: 'chip' | 'sam'): SeenReader | undefined {
  const name = link.pair[part];
  return link.phase === 'up' ? link.readers.find((reader) => reader.name === name) : undefined;
}

/** Was a card (or a SAM) taken out of this reader, or the reader unplugged, since it was seen so? */
export function hasLeft(link: Link, since: SeenReader): boolean {
  const now = link.readers.find((reader) => reader.number === since.number);
  return !now || !isCardPresent(now.state) || cardChanges(now.state) !== cardChanges(since.state);
}

export function linkStatus(link: Link): ReaderStatus {
  if (link.phase !== 'up') {
    const { why } = link;
    const lost = why?.code === 'CARD-SERVICE-ABSENT' || link.attempt > HICCUPS;
    return { state: lost ? 'lost' : 'connecting', card: null, sam: null, ...(why ? { failure: why } : {}) };
  }
  const chip = seenReader(link, 'chip');
  const sam = seenReader(link, 'sam');
  const samThere = sam !== undefined && isCardPresent(sam.state);
  if (!chip) {
    const failure = fail('CARD-READER-LOST', `among ${list(link.readers)}`).failure;
    return { state: 'lost', card: null, sam: null, failure };
  }
  const failure = samThere ? undefined : fail('CARD-SAM-ABSENT', samDetail(sam)).failure;
  return { state: 'ready', card: isCardPresent(chip.state), sam: samThere, ...(failure ? { failure } : {}) };
}

function samDetail(sam: SeenReader | undefined): string {
  return sam ? `no SAM in ${sam.name}` : 'no reader has the configured name';
}

function list(readers: readonly SeenReader[]): string {
  return readers.length > 0 ? readers.map((reader) => reader.name).join(', ') : 'no readers at all';
}
