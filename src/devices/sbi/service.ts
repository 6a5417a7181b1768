/** The requests that an SBI service answers, each as one question over HTTP. Nothing here is verified yet. */
import type { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import { askHttp, type HttpAnswer, type HttpPatience, openHttp } from '../transport/http.ts';
import type { WireTrace } from '../transport/trace.ts';
import {
  type BioType,
  type CaptureAnswer,
  type CaptureRequest,
  captureAnswer,
  captureRequest,
  type Discovered,
  deviceInfo,
  digitalId,
  discoveryAnswer,
  errorAnswer,
  infoAnswer,
  parseJson,
  serviceFailure,
} from './documents.ts';
import { boundaryOf, MjpegParser } from './mjpeg.ts';

/** Small documents; a service that enumerates USB takes its time. */
const DOCUMENT_PATIENCE: HttpPatience = { firstMs: 3_000, pauseMs: 1_000, totalMs: 5_000 };
const MOST_DOCUMENT = 512 * 1_024;
/** Four fingers as raw images of 0.5 MB, in base64 twice over. */
const MOST_CAPTURE = 16 * 1_024 * 1_024;
/** How much later than its own time-out a device may answer. */
const CAPTURE_MARGIN_MS = 3_000;
const PAUSE_MS = 2_000;
/** At least three pictures a second are due. */
const STREAM_FIRST_MS = 5_000;

/** Of one service; all of them resolve to undefined when aborted, and fail with HTTP-… or SBI-… codes. */
export class SbiService {
  readonly port: number;
  readonly #wire: WireTrace | undefined;

  constructor(port: number, wire: WireTrace | undefined) {
    this.port = port;
    this.#wire = wire;
  }

  /** The devices of a type. Asked on many ports and all day, so it is not traced. */
  async discover(type: BioType, signal: AbortSignal): Promise<Result<readonly Discovered[]> | undefined> {
    const answer = await this.#document('MOSIPDISC', '/device', { type }, signal, undefined);
    if (!answer?.ok) return answer;
    return parseJson(answer.value.body, discoveryAnswer);
  }

  /** The signed device infos of all devices. */
  async info(signal: AbortSignal): Promise<Result<readonly string[]> | undefined> {
    const answer = await this.#document('MOSIPDINFO', '/info', {}, signal, this.#wire);
    if (!answer?.ok) return answer;
    const entries = parseJson(answer.value.body, infoAnswer);
    if (!entries.ok) return entries;
    return ok(entries.value.flatMap(({ deviceInfo }) => (deviceInfo ? [deviceInfo] : [])));
  }

  /** @param queuedMs how long an earlier capture may still hold the device up */
  async capture(
    request: CaptureRequest,
    queuedMs: number,
    signal: AbortSignal,
  ): Promise<Result<CaptureAnswer> | undefined> {
    const firstMs = request.timeoutMs + queuedMs + CAPTURE_MARGIN_MS;
    const patience = { firstMs, pauseMs: PAUSE_MS, totalMs: firstMs + 60_000 };
    const question = {
      port: this.port,
      method: 'RCAPTURE',
      path: '/capture',
      body: captureRequest(request),
    };
    const answer = await askHttp(question, patience, MOST_CAPTURE, signal, this.#wire);
    if (!answer?.ok) return answer;
    // A parallel call is answered with device infos (specification, "Capture").
    const infos = parseJson(answer.value.body, infoAnswer);
    if (answer.value.body[0] === OPENING_BRACKET && infos.ok) {
      const told = infos.value.map(({ error }) => serviceFailure(error)).find((failure) => failure);
      return { ok: false, failure: told ?? { code: 'SBI-BUSY', detail: 'a capture is under way' } };
    }
    return parseAnswer(answer.value, captureAnswer);
  }

  /** JPEG pictures as they come, the newest where several have gathered. Ends with ok when the device does. */
  async *stream(
    deviceId: string,
    deviceSubId: number,
    timeoutMs: number,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, Result<void>> {
    const body = { deviceId, deviceSubId: String(deviceSubId), timeout: String(timeoutMs) };
    const patience = { firstMs: STREAM_FIRST_MS, pauseMs: PAUSE_MS, totalMs: timeoutMs + STREAM_FIRST_MS };
    const question = { port: this.port, method: 'STREAM', path: '/stream', body };
    const opened = await openHttp(question, patience, signal, this.#wire);
    if (!opened) return ok();
    if (!opened.ok) return opened;
    const { contentType, pieces, close } = opened.value;
    try {
      const boundary = boundaryOf(contentType);
      if (boundary === undefined) return await refusal(pieces);
      const parser = new MjpegParser(boundary);
      for (;;) {
        const step = await pieces.next();
        if (step.done) return step.value;
        const newest = parser.push(step.value).at(-1);
        if (newest) yield newest;
      }
    } finally {
      close();
    }
  }

  async #document(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal,
    wire: WireTrace | undefined,
  ): Promise<Result<HttpAnswer> | undefined> {
    const question = { port: this.port, method, path, body };
    const answer = await askHttp(question, DOCUMENT_PATIENCE, MOST_DOCUMENT, signal, wire);
    if (answer?.ok && answer.value.status !== 200)
      return fail('SBI-REFUSED', `${method}: HTTP status ${answer.value.status}`);
    return answer;
  }
}

const OPENING_BRACKET = 0x5b;

/** The document, or the error that the service sent in its place. */
function parseAnswer<T extends z.ZodType>(answer: HttpAnswer, schema: T): Result<z.output<T>> {
  const document = parseJson(answer.body, schema);
  if (document.ok) return document;
  const told = parseJson(answer.body, errorAnswer);
  const failure = told.ok ? serviceFailure(told.value.error) : undefined;
  if (failure) return { ok: false, failure };
  return answer.status === 200 ? document : fail('SBI-REFUSED', `HTTP status ${answer.status}`);
}

/** What came in place of a stream. */
async function refusal(pieces: AsyncGenerator<Uint8Array, Result<void>>): Promise<Result<void>> {
  const heard: Uint8Array[] = [];
  for (let length = 0; length < MOST_DOCUMENT; ) {
    const step = await pieces.next();
    if (step.done) break;
    heard.push(step.value);
    length += step.value.length;
  }
  const told = parseJson(Buffer.concat(heard), errorAnswer);
  const failure = told.ok ? serviceFailure(told.value.error) : undefined;
  return { ok: false, failure: failure ?? { code: 'SBI-REFUSED', detail: 'no stream of pictures' } };
}

/** The serial number that a device shows before anything is signed; it only tells whom to ask. */
export function claimedSerial({ deviceCode, digitalId: encoded }: Discovered): string | undefined {
  const [first, second] = (encoded ?? '').split('.');
  const id = parseJson(Buffer.from(second ?? first ?? '', 'base64url'), digitalId);
  return id.ok ? id.value.serialNo : (deviceCode ?? undefined);
}

/** The same of a device info whose signature is not verified yet. */
export function claimedCode(jws: string): string | undefined {
  const info = parseJson(Buffer.from(jws.split('.')[1] ?? '', 'base64url'), deviceInfo);
  return info.ok ? info.value.deviceCode : undefined;
}
