/**
 * One certified device behind an SBI service, whatever its kind: asked for captures until it gives one, verified,
 * watched while it is at it.
 *
 * The protocol knows no cancel. An aborted capture is let go of at once; the device waits on for its finger until its
 * time-out, and whoever comes next waits for that.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { Findings } from '../device.ts';
import type { WireTrace } from '../transport/trace.ts';
import type { Asked, CaptureRequest } from './documents.ts';
import { type Maybe, MOST_REPAIRS, type Place, repaired, SbiLocator } from './locator.ts';
import { claimedCode, type SbiService } from './service.ts';
import type { SbiDeviceSettings } from './settings.ts';
import { readTrust, type Trusted } from './trust.ts';
import { type SbiRecord, verifyCapture, verifyInfo } from './verify.ts';

/** Between two captures, also of a device that sees nothing at once. */
const CAPTURE_PAUSE_MS = 500;
/** Between two questions whether a capture that was let go of has ended. */
const DRAIN_PAUSE_MS = 250;
/** How much later than its time-out a device may get free. */
const DRAIN_MARGIN_MS = 1_000;
/** While a capture runs, the service is asked so often whether the device is still there. */
const WATCH_MS = 700;
/** The stream that a check opens for one picture. */
const CHECK_STREAM_MS = 3_000;
/** How often a stream is asked for. */
const STREAM_TRIES = 8;
/** The specification's own default. */
const PREVIEW_MS = 5 * 60_000;

export class SbiClient {
  readonly #settings: SbiDeviceSettings;
  readonly #locator: SbiLocator;
  readonly #closing = new AbortController();
  /** Somebody waits for a capture or a check; it never rejects. */
  #work: Promise<unknown> | undefined;
  /** Until when a capture or stream that was let go of may hold the device up, on the clock of `performance`. */
  #drainsUntil = 0;

  constructor(settings: SbiDeviceSettings, type: Asked['type'], wire: WireTrace | undefined) {
    this.#settings = settings;
    this.#locator = new SbiLocator(settings, type, wire);
  }

  /** Asks until the device gives what is asked for. undefined: aborted. */
  capture(asked: Asked, signal: AbortSignal): Promise<Maybe<readonly SbiRecord[]>> {
    return this.#alone(signal, (either) => this.#captureUntil(asked, either));
  }

  /** JPEG pictures of its stream, also while a capture runs. */
  async *preview(deviceSubId: number, signal: AbortSignal): AsyncGenerator<Uint8Array, Result<void>> {
    const either = this.#orClosing(signal);
    const place = await this.#locator.find(either);
    if (!place) return ok();
    if (!place.ok) return place;
    return yield* this.#stream(place.value, deviceSubId, PREVIEW_MS, either);
  }

  /** Reach, signed identity, and one picture of its stream. */
  async check(deviceSubId: number, signal: AbortSignal): Promise<Result<Findings>> {
    const found = await this.#alone(signal, async (either) => {
      const place = await this.#locator.find(either);
      if (!place?.ok) return place;
      const identity = await this.#identify(place.value, either);
      if (!identity?.ok) return identity;
      const seen = await this.#seeOnce(place.value, deviceSubId, either);
      return seen.ok ? identity : seen;
    });
    return found ?? fail('HTTP-SILENT', 'no time left for the check');
  }

  /** Whether the service still lists the device, and as fit for service. */
  async heartbeat(signal: AbortSignal): Promise<Result<void>> {
    const there = await this.#locator.stillThere(this.#orClosing(signal));
    return there ?? fail('HTTP-SILENT', 'no time left for the sign of life');
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#work;
  }

  #orClosing(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#closing.signal]);
  }

  async #alone<T>(signal: AbortSignal, job: (either: AbortSignal) => Promise<Maybe<T>>): Promise<Maybe<T>> {
    if (this.#closing.signal.aborted) return fail('SBI-LOST', 'closed');
    if (this.#work) return fail('SBI-BUSY');
    const either = this.#orClosing(signal);
    const work = job(either);
    this.#work = work.catch(() => {});
    try {
      const done = await work;
      return either.aborted ? undefined : done;
    } finally {
      this.#work = undefined;
    }
  }

  async #captureUntil(asked: Asked, signal: AbortSignal): Promise<Maybe<readonly SbiRecord[]>> {
    const trusted = await readTrust(this.#settings.trust);
    if (!trusted.ok) return trusted;
    for (let repairs = 0; ; ) {
      const place = await this.#locator.find(signal);
      if (!place?.ok) return place;
      const begun = performance.now();
      const captured = await this.#captureOnce(place.value, asked, trusted.value, signal);
      if (!captured || captured.ok) return captured;
      const { code } = captured.failure;
      if (code === 'SBI-NOTHING-SEEN') {
        await pause(begun + CAPTURE_PAUSE_MS - performance.now(), signal);
      } else if (code === 'SBI-BUSY' && performance.now() < this.#drainsUntil) {
        await pause(DRAIN_PAUSE_MS, signal);
      } else if (code === 'HTTP-GARBLED' && repairs < MOST_REPAIRS) {
        repairs++;
      } else {
        return captured;
      }
    }
  }

  async #captureOnce(
    { service, deviceId }: Place,
    asked: Asked,
    trusted: Trusted,
    signal: AbortSignal,
  ): Promise<Maybe<readonly SbiRecord[]>> {
    const { captureTimeout, requestedScore, env, specVersion, serialNumber } = this.#settings;
    const transactionId = randomUUID();
    const request: CaptureRequest = {
      ...asked,
      deviceId,
      transactionId,
      env,
      specVersion,
      timeoutMs: captureTimeout,
      requestedScore,
      time: new Date(),
    };
    const begun = performance.now();
    const queued = Math.max(0, this.#drainsUntil - begun);
    const answer = await this.#watched(service, signal, (either) => service.capture(request, queued, either));
    if (!answer) {
      // Aborted: the device is still at it.
      this.#drainsUntil = begun + queued + captureTimeout + DRAIN_MARGIN_MS;
      return undefined;
    }
    if (!answer.ok) return answer;
    const now = new Date();
    return verifyCapture(answer.value, {
      asked,
      transactionId,
      env,
      specVersion,
      serialNumber,
      trusted,
      now,
    });
  }

  /**
   * A service may not notice that the device of a running capture is gone: so it is asked meanwhile. Only a clear
   * answer counts, for a service that does one thing at a time answers late.
   */
  async #watched<T>(
    service: SbiService,
    signal: AbortSignal,
    job: (either: AbortSignal) => Promise<Maybe<T>>,
  ): Promise<Maybe<T>> {
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    let lost = false;
    const watch = async () => {
      while (!either.aborted && !lost) {
        await pause(WATCH_MS, either);
        const listed = await this.#locator.lookUp(service, either);
        if (listed?.ok && !listed.value) lost = true;
      }
      over.abort();
    };
    const watching = watch();
    const done = await job(either);
    over.abort();
    await watching;
    return lost ? fail('SBI-LOST', 'gone during a capture') : done;
  }

  async #identify({ service }: Place, signal: AbortSignal): Promise<Maybe<Findings>> {
    const { trust, serialNumber, env, specVersion } = this.#settings;
    const trusted = await readTrust(trust);
    if (!trusted.ok) return trusted;
    const infos = await repaired(() => service.info(signal));
    if (!infos?.ok) return infos;
    const own = infos.value.find((info) => claimedCode(info) === serialNumber);
    if (own === undefined) return fail('SBI-ABSENT', 'no info of it');
    const now = new Date();
    const identity = await verifyInfo(own, { serialNumber, env, specVersion, trusted: trusted.value, now });
    if (!identity.ok) return identity;
    const { digitalId, firmware, certification } = identity.value;
    const name = `${digitalId.make} ${digitalId.model}`;
    return ok({
      identity: `${name}, firmware ${firmware}, serial number ${digitalId.serialNo} (${certification})`,
    });
  }

  async #seeOnce(place: Place, deviceSubId: number, signal: AbortSignal): Promise<Result<void>> {
    const pictures = this.#stream(place, deviceSubId, CHECK_STREAM_MS, signal);
    const first = await pictures.next();
    await pictures.return(ok());
    this.#drainsUntil = Math.max(this.#drainsUntil, performance.now() + CHECK_STREAM_MS);
    if (!first.done) return ok();
    return first.value.ok ? fail('SBI-NOT-READY', 'a stream without a picture') : first.value;
  }

  /** Asks again when it came spoilt, or as long as the service may not know that the last stream is over. */
  async *#stream(
    { service, deviceId }: Place,
    deviceSubId: number,
    timeoutMs: number,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, Result<void>> {
    for (let tries = 1; ; tries++) {
      const ended = yield* service.stream(deviceId, deviceSubId, timeoutMs, signal);
      const again = !ended.ok && ['SBI-BUSY', 'HTTP-GARBLED'].includes(ended.failure.code);
      if (!again || tries === STREAM_TRIES) return ended;
      await pause(DRAIN_PAUSE_MS, signal);
    }
  }
}

/** Ends early when aborted. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal }).catch(() => {});
}
