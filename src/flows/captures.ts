/**
 * The recording's side of the capture room: which device takes what, one capture at a time, and the samples that are
 * held from their capture to the transaction that stores them.
 */
import type { CaptureOptions, CaptureRoom, CaptureWish } from '../capture/room.ts';
import type { CapturePolicy } from '../capture/settings.ts';
import type { Device } from '../devices/device.ts';
import type { FingerSensor } from '../devices/fingerprint/port.ts';
import type { IrisCamera } from '../devices/iris/port.ts';
import type { PhotoCamera } from '../devices/photo-camera/port.ts';
import type { SignaturePad } from '../devices/signature/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { CaptureJudged } from '../store/device-log.ts';
import type { NewSample, SampleKind } from '../store/samples.ts';
import type { CaptureAsk, CaptureNews, Captures, Taken } from './capture-machine.ts';

/** A station has at most one of each. */
export interface StationDevices {
  readonly fingerSensor: FingerSensor | undefined;
  readonly irisCamera: IrisCamera | undefined;
  readonly photoCamera: PhotoCamera | undefined;
  readonly signaturePad: SignaturePad | undefined;
}

export interface HeldCaptures extends Captures {
  /** Those of the samples that are held. */
  held(samples: readonly string[]): readonly NewSample[];
}

/** @param judged hears what each capture came to, for the count by device and finger */
export function createCaptures(
  room: CaptureRoom,
  devices: StationDevices,
  policy: CapturePolicy,
  judged: (capture: CaptureJudged) => void,
): HeldCaptures {
  const held = new Map<string, NewSample>();
  let enough = new AbortController();

  async function take(
    ask: CaptureAsk,
    news: (news: CaptureNews) => void,
    signal: AbortSignal,
  ): Promise<Result<Taken>> {
    const wish = wishOf(ask, devices);
    if (!wish) return fail('SESSION-NO-DEVICE', ask.kind);
    enough = new AbortController();
    const captureId = room.open();
    news({ type: 'begun', preview: captureId });
    const options: CaptureOptions = {
      policy,
      signal,
      enough: enough.signal,
      onEvent(event) {
        const told = newsOf(event);
        if (told && !signal.aborted) news(told);
      },
    };
    const taken = await room.run(captureId, wish, options);
    if (taken.ok && !signal.aborted) {
      for (const { good: _, ...sample } of room.samples(captureId)) held.set(sample.id, sample);
    }
    room.close(captureId);
    if (!taken.ok) return taken;
    const { samples, tries, discarded } = taken.value;
    const device = deviceFor(ask.kind, devices)?.id ?? ask.kind;
    for (const { kind, good, ...place } of samples) judged({ device, subject: subjectOf(kind, place), good });
    return ok({
      samples: samples.map(({ id, position = null, eye = null, quality, good }) => ({
        sample: id,
        position,
        eye,
        quality,
        good,
      })),
      reasons: samples.flatMap(({ good, reasons }) => (good ? [] : reasons)),
      captures: tries,
      discarded,
    });
  }

  return {
    device(kind) {
      const device = deviceFor(kind, devices);
      return device ? { id: device.id, several: takesSeveral(kind, devices) } : null;
    },
    take,
    enough: () => enough.abort(),
    async check(kind, signal) {
      const device = deviceFor(kind, devices);
      if (!device) return fail('SESSION-NO-DEVICE', kind);
      const checked = await device.check(signal);
      return checked.ok ? ok() : checked;
    },
    held: (samples) => samples.flatMap((id) => held.get(id) ?? []),
    drop(samples) {
      for (const id of samples) held.delete(id);
    },
    clear: () => held.clear(),
  };
}

/** As the store counts it. */
function subjectOf(kind: SampleKind, { position, eye }: Pick<NewSample, 'position' | 'eye'>): string {
  return [kind, position ?? eye].filter((part) => part !== undefined).join('-');
}

function deviceFor(kind: SampleKind, devices: StationDevices): Device | undefined {
  switch (kind) {
    case 'photo':
    case 'document':
    case 'exception-photo':
      return devices.photoCamera;
    case 'signature':
      return devices.signaturePad;
    case 'finger':
      return devices.fingerSensor;
    case 'iris':
      return devices.irisCamera;
  }
}

function takesSeveral(kind: SampleKind, { fingerSensor, irisCamera }: StationDevices): boolean {
  if (kind === 'finger') return fingerSensor?.traits.slap === true;
  return kind === 'iris' && irisCamera?.traits.bothEyes === true;
}

function wishOf(
  { kind, background, fingers, eyes }: CaptureAsk,
  { photoCamera, signaturePad, fingerSensor, irisCamera }: StationDevices,
): CaptureWish | undefined {
  switch (kind) {
    case 'photo':
      return photoCamera && { kind, camera: photoCamera, background };
    case 'document':
    case 'exception-photo':
      return photoCamera && { kind, camera: photoCamera };
    case 'signature':
      return signaturePad && { kind, pad: signaturePad };
    case 'finger':
      return fingerSensor && { kind: 'fingers', sensor: fingerSensor, positions: fingers };
    case 'iris':
      return irisCamera && { kind: 'irises', camera: irisCamera, eyes };
  }
}

function newsOf(event: Parameters<CaptureOptions['onEvent']>[0]): CaptureNews | undefined {
  switch (event.type) {
    case 'awaited':
      return {
        type: 'wanted',
        fingers: event.places.flatMap(({ position }) => position ?? []),
        eyes: event.places.flatMap(({ eye }) => eye ?? []),
      };
    case 'feedback':
      return { type: 'seen', quality: null, reason: event.reason };
    case 'kept':
      return { type: 'seen', quality: event.sample.quality, reason: event.sample.reasons[0] ?? null };
    case 'failed':
      // The failure is what the capture answers.
      return undefined;
  }
}
