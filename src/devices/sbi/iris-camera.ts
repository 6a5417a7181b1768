/** A certified iris camera behind an SBI service, for one eye or both at once. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { Eye, IrisCamera, IrisRequest } from '../iris/port.ts';
import type { WireTrace } from '../transport/trace.ts';
import { SbiClient } from './client.ts';
import type { Asked } from './documents.ts';
import type { SbiIrisSettings } from './settings.ts';

/** `bioSubType` and deviceSubId of the specification. */
const subTypes: Readonly<Record<Eye, string>> = { left: 'Left', right: 'Right' };
const subIds: Readonly<Record<Eye, number>> = { left: 1, right: 2 };
const BOTH = 3;

/**
 * One eye is asked of the side's own module. Failures: SBI-… and HTTP-…; SBI-REQUEST-UNSUPPORTED when both eyes are
 * asked of a camera for one.
 */
export function createSbiIrisCamera(settings: SbiIrisSettings, wire?: WireTrace): IrisCamera {
  const client = new SbiClient(settings, 'Iris', wire);
  const bothEyes = settings.subType === 'Double';

  function ask({ eyes }: IrisRequest): Result<Asked> {
    const [first, second] = eyes;
    if (first === undefined || first === second || eyes.length > (bothEyes ? 2 : 1))
      return fail('SBI-REQUEST-UNSUPPORTED', `eyes ${eyes.join(', ')}`);
    return ok({
      type: 'Iris',
      deviceSubId: second === undefined ? subIds[first] : BOTH,
      subTypes: eyes.map((eye) => subTypes[eye]),
      exceptions: [],
    });
  }

  return {
    id: settings.id,
    traits: { live: false, bothEyes },
    async *acquire(want, signal) {
      const asked = ask(want);
      if (!asked.ok) return asked;
      const captured = await client.capture(asked.value, signal);
      if (!captured) return ok();
      if (!captured.ok) return captured;
      for (const { record, subType, proof } of captured.value)
        yield { record, eye: subType === subTypes.left ? 'left' : 'right', proof };
      return ok();
    },
    async *preview(want, signal) {
      const asked = ask(want);
      if (!asked.ok) return asked;
      return yield* client.preview(asked.value.deviceSubId, signal);
    },
    check: (signal) => client.check(bothEyes ? BOTH : subIds.left, signal),
    heartbeat: (signal) => client.heartbeat(signal),
    close: () => client.close(),
  };
}
