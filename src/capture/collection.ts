/** The best capture of each place so far: what is better takes the place of what is worse, which is thrown away. */
import { randomUUID } from 'node:crypto';
import type { SbiProof } from '../devices/transport/sbi-proof.ts';
import type { FailureCode } from '../failures/catalogue.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { deviceOf } from './certified-device.ts';
import {
  type Captured,
  type Capturing,
  type KeptSample,
  type Place,
  type Reason,
  summaryOf,
} from './events.ts';

/** A capture that may be kept. */
export interface Candidate {
  /** 0–100. */
  readonly quality: number;
  readonly reasons: readonly Reason[];
  readonly proof?: SbiProof;
  /** Makes what is kept; asked only when it is the best. */
  make(): Promise<Result<Pick<KeptSample, 'record' | 'template'>>>;
}

export class Collection {
  readonly #best = new Map<string, KeptSample>();
  readonly #of: { readonly kind: KeptSample['kind']; readonly device: string; readonly threshold: number };
  readonly #capturing: Pick<Capturing, 'tell'>;
  #tries = 0;

  constructor(
    of: { readonly kind: KeptSample['kind']; readonly device: string; readonly threshold: number },
    capturing: Pick<Capturing, 'tell'>,
  ) {
    this.#of = of;
    this.#capturing = capturing;
  }

  /**
   * Keeps it where it is the best, and tells; tells what to mend where it is not good.
   * @param captures of which it is the best
   * @returns the failures of `make`
   */
  async offer(place: Place, candidate: Candidate, captures = 1): Promise<Result> {
    this.#tries += captures;
    const { quality, reasons, proof } = candidate;
    const good = quality >= this.#of.threshold;
    const [reason] = reasons;
    if (!good && reason) this.#capturing.tell({ type: 'feedback', reason, ...place });
    const key = keyOf(place);
    if (quality <= (this.#best.get(key)?.quality ?? -1)) return ok();
    const made = await candidate.make();
    if (!made.ok) return made;
    const { kind, device } = this.#of;
    const sample: KeptSample = {
      ...{ id: randomUUID(), kind, ...place, ...made.value, quality, reasons, good },
      device: deviceOf(device, proof),
      ...(proof && { proof }),
    };
    this.#best.set(key, sample);
    this.#capturing.tell({ type: 'kept', sample: summaryOf(sample) });
    return ok();
  }

  /** Whether all of them are good already. */
  isGood(places: readonly Place[]): boolean {
    return places.every((place) => this.#best.get(keyOf(place))?.good);
  }

  holds(places: readonly Place[]): boolean {
    return places.every((place) => this.#best.has(keyOf(place)));
  }

  /** @param nothing what it fails with when there is nothing */
  captured(nothing: FailureCode): Result<Captured> {
    const samples = [...this.#best.values()];
    if (samples.length === 0) return fail(nothing);
    return ok({ samples, tries: this.#tries, discarded: this.#tries - samples.length });
  }
}

function keyOf({ position, eye }: Place): string {
  return `${position ?? ''}${eye ?? ''}`;
}
