/**
 * Where the device is: found by its serial number on the ports where services listen, remembered, and looked up anew
 * before each use. The `callbackId` of a discovery is not followed, for it could lead anywhere.
 */
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import type { WireTrace } from '../transport/trace.ts';
import { type BioType, type Discovered, serviceFailure } from './documents.ts';
import { claimedSerial, SbiService } from './service.ts';
import type { SbiDeviceSettings } from './settings.ts';

/** Ports asked at a time. */
const SCAN_WIDTH = 8;
/** A spoilt answer is asked again so often. */
export const MOST_REPAIRS = 2;

/** Where the device was found. */
export interface Place {
  readonly service: SbiService;
  /** Its name there. */
  readonly deviceId: string;
  /** Why it cannot be used, as the service tells. */
  readonly unfit: Failure | undefined;
}

/** undefined: aborted. */
export type Maybe<T> = Result<T> | undefined;

export class SbiLocator {
  readonly #settings: SbiDeviceSettings;
  readonly #type: BioType;
  readonly #wire: WireTrace | undefined;
  #place: Place | undefined;

  constructor(settings: SbiDeviceSettings, type: BioType, wire: WireTrace | undefined) {
    this.#settings = settings;
    this.#type = type;
    this.#wire = wire;
  }

  /** Where it was last, or wherever it is now; a failure when it cannot be used there. */
  async find(signal: AbortSignal): Promise<Maybe<Place>> {
    const known = this.#place && (await this.lookUp(this.#place.service, signal));
    const found = known?.ok && known.value ? ok(known.value) : await this.#scan(signal);
    if (!found || signal.aborted) return undefined;
    if (!found.ok) return found;
    this.#place = found.value;
    const { unfit } = found.value;
    return unfit ? { ok: false, failure: unfit } : found;
  }

  /** Asks all ports, some at a time, until one has the device. */
  async #scan(signal: AbortSignal): Promise<Maybe<Place>> {
    const [first, last] = this.#settings.ports;
    const enough = new AbortController();
    const either = AbortSignal.any([signal, enough.signal]);
    let found: Place | undefined;
    let served = false;
    let trouble: Failure = { code: 'HTTP-ABSENT', detail: `ports ${first} to ${last}` };
    let next = first;
    const askPorts = async () => {
      while (next <= last && !either.aborted) {
        const there = await this.lookUp(new SbiService(next++, this.#wire), either);
        if (!there) return;
        if (there.ok) served = true;
        else if (there.failure.code !== 'HTTP-ABSENT') trouble = there.failure;
        if (there.ok && there.value) {
          found ??= there.value;
          enough.abort();
        }
      }
    };
    await Promise.all(Array.from({ length: SCAN_WIDTH }, askPorts));
    if (signal.aborted) return undefined;
    if (found) return ok(found);
    return served ? fail('SBI-ABSENT', 'no service lists it') : { ok: false, failure: trouble };
  }

  /** ok(undefined): the service does not list it. */
  async lookUp(service: SbiService, signal: AbortSignal): Promise<Maybe<Place | undefined>> {
    const listed = await repaired(() => service.discover(this.#type, signal));
    if (!listed?.ok) return listed;
    const device = listed.value.find((each) => claimedSerial(each) === this.#settings.serialNumber);
    return ok(device?.deviceId ? { service, deviceId: device.deviceId, unfit: unfit(device) } : undefined);
  }

  /** Whether the service where it was last still lists it, and as fit for service. */
  async stillThere(signal: AbortSignal): Promise<Maybe<void>> {
    if (!this.#place) return fail('SBI-LOST', 'not found yet');
    const listed = await this.lookUp(this.#place.service, signal);
    if (!listed?.ok) return listed;
    if (!listed.value) return fail('SBI-LOST', 'not listed any more');
    const { unfit } = listed.value;
    return unfit ? { ok: false, failure: unfit } : ok();
  }
}

/** Why a listed device cannot be used. A busy one can: by who made it busy, with a stream, and soon. */
function unfit({ deviceStatus, error }: Discovered): Failure | undefined {
  const told = serviceFailure(error);
  if (told && told.code !== 'SBI-BUSY') return told;
  if (deviceStatus === 'Not Ready') return { code: 'SBI-NOT-READY' };
  if (deviceStatus === 'Not Registered') return { code: 'SBI-NOT-REGISTERED' };
  return undefined;
}

/** Asks again what came spoilt. */
export async function repaired<T>(ask: () => Promise<Maybe<T>>): Promise<Maybe<T>> {
  for (let repairs = 0; ; repairs++) {
    const answer = await ask();
    const spoilt = answer && !answer.ok && answer.failure.code === 'HTTP-GARBLED';
    if (!spoilt || repairs === MOST_REPAIRS) return answer;
  }
}
