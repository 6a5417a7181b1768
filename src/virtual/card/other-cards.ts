/** Things that may lie on a reader and are not a working KTP-el. */
import { answer, SW } from './apdu.ts';
import { t1Atr, type VirtualCard } from './virtual-card.ts';

/** A broken chip: no answer to reset. */
export function createDeadCard(): VirtualCard {
  return { atr: null, reset() {}, transmit: () => answer(SW.conditionsNotSatisfied) };
}

/** Some other contactless card: it has a UID, but no DF KTP. */
export function createForeignCard(uid: Uint8Array): VirtualCard {
  return {
    atr: t1Atr('transit'),
    reset() {},
    transmit(apdu) {
      if (apdu[0] === 0xff && apdu[1] === 0xca) return answer(SW.ok, uid);
      return answer(apdu[1] === 0xa4 ? SW.fileNotFound : SW.instructionNotSupported);
    },
  };
}
