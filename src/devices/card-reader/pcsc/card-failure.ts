/** What went wrong with the card or the SAM, as a code of the catalogue. */
import type { FailureCode } from '../../../failures/catalogue.ts';
import { type Failure, fail } from '../../../failures/failure.ts';
import type { Trouble } from './helper.ts';
import { describeError, SCARD } from './winscard.ts';

export type Part = 'chip' | 'sam';
/** connecting: until the card has answered its reset; working: from then on. */
export type Moment = 'connecting' | 'working';

type Kind = 'absent' | 'mute' | 'garbled' | 'shared' | 'reset' | 'unplugged' | 'service';

const KINDS: Readonly<Record<number, Kind>> = {
  [SCARD.E_NO_SMARTCARD]: 'absent',
  [SCARD.W_REMOVED_CARD]: 'absent',
  [SCARD.W_UNRESPONSIVE_CARD]: 'mute',
  [SCARD.W_UNPOWERED_CARD]: 'mute',
  [SCARD.W_UNSUPPORTED_CARD]: 'mute',
  [SCARD.E_PROTO_MISMATCH]: 'mute',
  [SCARD.W_RESET_CARD]: 'reset',
  [SCARD.E_SHARING_VIOLATION]: 'shared',
  [SCARD.E_UNKNOWN_READER]: 'unplugged',
  [SCARD.E_READER_UNAVAILABLE]: 'unplugged',
  [SCARD.E_NO_SERVICE]: 'service',
  [SCARD.E_SERVICE_STOPPED]: 'service',
  // pcsc-lite's client library: the socket to the service broke. The service itself never answers this.
  [SCARD.F_COMM_ERROR]: 'service',
};

export function cardFailure(part: Part, moment: Moment, trouble: Trouble): Failure {
  if (trouble.type === 'ended') return fail('CARD-HELPER-ENDED', part).failure;
  if (trouble.type === 'timeout') {
    if (moment === 'connecting') return fail('CARD-READER-TIMEOUT', part).failure;
    return fail(part === 'chip' ? 'CARD-TIMEOUT' : 'CARD-SAM-TIMEOUT').failure;
  }
  const kind = KINDS[trouble.error] ?? 'garbled';
  return fail(codeOf(kind, part, moment), `${part}: ${describeError(trouble.error)}`).failure;
}

/** The card or the SAM is not there (connecting), or was taken out in the middle of its work. */
export function cardGone(part: Part, moment: Moment, detail?: string): Failure {
  return fail(codeOf('absent', part, moment), detail).failure;
}

/** Disturbed or mute: what a card that is being taken out looks like at first. */
export function isAmbiguous({ code }: Failure): boolean {
  return code === 'CARD-COMM' || code === 'CARD-MUTE' || code === 'CARD-SAM-COMM' || code === 'CARD-SAM-MUTE';
}

function codeOf(kind: Kind, part: Part, moment: Moment): FailureCode {
  switch (kind) {
    case 'service':
      return 'CARD-SERVICE-ABSENT';
    case 'unplugged':
      return 'CARD-READER-LOST';
    case 'shared':
      return 'CARD-READER-SHARED';
    case 'absent':
      if (part === 'sam') return moment === 'connecting' ? 'CARD-SAM-ABSENT' : 'CARD-SAM-GONE';
      return moment === 'connecting' ? 'CARD-ABSENT' : 'CARD-REMOVED';
    case 'reset':
      return part === 'sam' ? 'CARD-SAM-GONE' : 'CARD-COMM';
    case 'mute':
    case 'garbled':
      if (moment === 'connecting') return part === 'sam' ? 'CARD-SAM-MUTE' : 'CARD-MUTE';
      return part === 'sam' ? 'CARD-SAM-COMM' : 'CARD-COMM';
  }
}
