/** What a member of the staff shows beside the PIN: their own card on a reader, their own finger on the sensor. */
import type { ActorOptions, AnyActorLogic } from 'xstate';
import type { Extraction } from '../biometrics/fingerprint/extract.ts';
import type { Biometrics } from '../biometrics/pool.ts';
import { captureFinger } from '../capture/finger.ts';
import type { FingerSensor } from '../devices/fingerprint/port.ts';
import { fail, type Result } from '../failures/failure.ts';
import { readState } from '../ktp/read-state.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import { awaitCard } from './card-watch.ts';
import type { ChipStation } from './parts.ts';

export interface FactorParts {
  readonly biometrics: Biometrics;
  /** The first reader for KTP-el, the first finger sensor. */
  readonly reader: ChipStation | undefined;
  readonly sensor: FingerSensor | undefined;
  /** Moves the patience with card and finger; tests give a simulated one. */
  readonly clock?: NonNullable<ActorOptions<AnyActorLogic>['clock']>;
}

/** What the screen asks for. */
export type AskedFactor =
  | { readonly factor: 'card'; readonly reader: string }
  /** Any of these. */
  | { readonly factor: 'finger'; readonly fingers: readonly FingerPosition[] };

/** Errors of both: STAFF-FACTOR-DEVICE where there is no device for it; those of the device, also when nobody shows anything. */
export interface Factors {
  /** UID8 of the card: a KTP-el tells it without the SAM. */
  card(signal: AbortSignal): Promise<Result<string>>;
  /** @param fingers the first of them is asked of the sensor */
  finger(
    fingers: readonly [FingerPosition, ...FingerPosition[]],
    signal: AbortSignal,
  ): Promise<Result<Extraction>>;
}

/** Card or finger are waited for so long. */
const PATIENCE_MS = 20_000;

/** @param asked called when card or finger is waited for */
export function createFactors(
  { biometrics, reader: station, sensor, clock = { setTimeout, clearTimeout } }: FactorParts,
  asked: (factor: AskedFactor) => void,
): Factors {
  async function patiently<T>(
    signal: AbortSignal,
    show: (until: AbortSignal) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const over = new AbortController();
    const timer = clock.setTimeout(() => over.abort(), PATIENCE_MS);
    const shown = await show(AbortSignal.any([signal, over.signal]));
    clock.clearTimeout(timer as never);
    return shown;
  }

  return {
    async card(signal) {
      if (!station) return fail('STAFF-FACTOR-DEVICE', 'card');
      const { reader, profile } = station;
      asked({ factor: 'card', reader: reader.id });
      return patiently(signal, async (until) => {
        const there = await awaitCard(reader, until);
        if (!there.ok) return there;
        return reader.exchange(until, async (slots) => {
          const state = await readState(slots, { profile, signal: until });
          return state.ok ? { ok: true, value: state.value.uid } : state;
        });
      });
    },
    async finger(fingers, signal) {
      if (!sensor) return fail('STAFF-FACTOR-DEVICE', 'finger');
      asked({ factor: 'finger', fingers });
      return patiently(signal, (until) => captureFinger(sensor, biometrics, fingers[0], until));
    },
  };
}
