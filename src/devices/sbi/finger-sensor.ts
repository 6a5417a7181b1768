/** A certified fingerprint scanner behind an SBI service: four fingers, two thumbs or one finger at a time. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import { type FingerPosition, LEFT_FOUR, RIGHT_FOUR, THUMBS } from '../../rules/finger-position.ts';
import type { FingerRequest, FingerSensor } from '../fingerprint/port.ts';
import type { WireTrace } from '../transport/trace.ts';
import { SbiClient } from './client.ts';
import type { Asked } from './documents.ts';
import type { SbiFingerSettings } from './settings.ts';

/** `bioSubType` of the specification. */
const subTypes: Readonly<Record<FingerPosition, string>> = {
  1: 'Right Thumb',
  2: 'Right IndexFinger',
  3: 'Right MiddleFinger',
  4: 'Right RingFinger',
  5: 'Right LittleFinger',
  6: 'Left Thumb',
  7: 'Left IndexFinger',
  8: 'Left MiddleFinger',
  9: 'Left RingFinger',
  10: 'Left LittleFinger',
};
const positionOf = new Map(
  Object.entries(subTypes).map(([code, name]) => [name, Number(code) as FingerPosition]),
);

/** By deviceSubId. */
const slaps = new Map([
  [1, LEFT_FOUR],
  [2, RIGHT_FOUR],
  [3, THUMBS],
]);
/** What a check looks at; a scanner for single fingers has one glass only. */
const CHECKED_SLAP = 1;
const SINGLE = 0;

/**
 * Failures: SBI-… and HTTP-…; SBI-REQUEST-UNSUPPORTED when the fingers asked for, with the exceptions, are no slap,
 * or more than one on a scanner for single fingers.
 */
export function createSbiFingerSensor(settings: SbiFingerSettings, wire?: WireTrace): FingerSensor {
  const client = new SbiClient(settings, 'Finger', wire);
  const slap = settings.subType === 'Slap';

  function ask(want: FingerRequest): Result<Asked> {
    const asked = slap ? askSlap(want) : askSingle(want);
    return asked ? ok(asked) : fail('SBI-REQUEST-UNSUPPORTED', `positions ${want.positions.join(', ')}`);
  }

  return {
    id: settings.id,
    traits: { slap, live: false, enrolmentGrade: true, dpi: 500 },
    async *acquire(want, signal) {
      const asked = ask(want);
      if (!asked.ok) return asked;
      const captured = await client.capture(asked.value, signal);
      if (!captured) return ok();
      if (!captured.ok) return captured;
      for (const { record, subType, proof } of captured.value)
        yield { record, position: positionOf.get(subType)!, proof };
      return ok();
    },
    async *preview(want, signal) {
      const asked = ask(want);
      if (!asked.ok) return asked;
      return yield* client.preview(asked.value.deviceSubId, signal);
    },
    check: (signal) => client.check(slap ? CHECKED_SLAP : SINGLE, signal),
    heartbeat: (signal) => client.heartbeat(signal),
    close: () => client.close(),
  };
}

function askSlap({ positions, exceptions = [] }: FingerRequest): Asked | undefined {
  const all = [...positions, ...exceptions].toSorted();
  for (const [deviceSubId, fingers] of slaps) {
    if (positions.length > 0 && String(all) === String(fingers.toSorted()))
      return {
        type: 'Finger',
        deviceSubId,
        subTypes: positions.map((position) => subTypes[position]),
        exceptions: exceptions.map((position) => subTypes[position]),
      };
  }
  return undefined;
}

function askSingle({ positions }: FingerRequest): Asked | undefined {
  if (positions.length !== 1) return undefined;
  return { type: 'Finger', deviceSubId: SINGLE, subTypes: [subTypes[positions[0]!]], exceptions: [] };
}
