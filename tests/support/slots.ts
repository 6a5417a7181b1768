/** Slots of the port straight on top of two cards: scripts are run as in the driver's child process, without one. */
import type { Slots } from '../../src/devices/card-reader/port.ts';
import { nextApdu } from '../../src/devices/card-reader/script.ts';
import type { Result } from '../../src/failures/failure.ts';

export interface Transmitter {
  transmit(apdu: Uint8Array): Promise<Result<Uint8Array>>;
}

export function slotsOf(card: Transmitter, sam?: Transmitter): Slots {
  return {
    sam,
    async run(script, signal) {
      const answers: Uint8Array[] = [];
      for (;;) {
        const apdu = nextApdu(script, answers.length, answers.at(-1));
        if (!apdu) return { answers };
        if (signal.aborted) return { answers, failure: { code: 'CARD-ABORTED' } };
        const to = script[answers.length]!.to === 'card' ? card : sam!;
        const answer = await to.transmit(apdu);
        if (!answer.ok) return { answers, failure: answer.failure };
        answers.push(answer.value);
      }
    },
  };
}
