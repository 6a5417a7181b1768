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
      const took: number[] = [];
      for (;;) {
        const apdu = nextApdu(script, answers);
        if (!apdu) return { answers, took };
        if (signal.aborted) return { answers, took, failure: { code: 'CARD-ABORTED' } };
        const start = performance.now();
        const to = script[answers.length]!.to === 'card' ? card : sam!;
        const answer = await to.transmit(apdu);
        if (!answer.ok) return { answers, took, failure: answer.failure };
        answers.push(answer.value);
        took.push(performance.now() - start);
      }
    },
  };
}
