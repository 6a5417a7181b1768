/** The resident's signature: all that the pen does until its writer says that it is done. */
import { type PenPoint, signaturePicture } from '../biometrics/signature/track.ts';
import type { PenSample, SignaturePad } from '../devices/signature/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { Collection } from './collection.ts';
import type { Captured, Capturing } from './events.ts';
import type { CapturePolicy } from './settings.ts';

/** A signature is there or not: nobody scores a hand. */
const QUALITY = 100;
/** Five minutes of the fastest pads. */
const MOST_SAMPLES = 60_000;

/**
 * `enough` is the writer's “done”; to begin anew is a new capture.
 * @returns CAPTURE-CANCELLED; SIGNATURE-EMPTY, SIGNATURE-TOO-SHORT; PAD-… and why its line does not open
 */
export async function captureSignature(
  pad: SignaturePad,
  { length }: CapturePolicy['signature'],
  capturing: Capturing,
): Promise<Result<Captured>> {
  const { biometrics, signal, tell } = capturing;
  tell({ type: 'awaited', places: [{}] });
  const written = await listen(pad, capturing);
  if (signal.aborted) return fail('CAPTURE-CANCELLED');
  if (!written.ok) return written;
  const points = await biometrics.signatureIn(written.value, length);
  if (!points.ok) return points;
  const collection = new Collection({ kind: 'signature', device: pad.id, threshold: QUALITY }, capturing);
  const offered = await collection.offer(
    {},
    {
      quality: QUALITY,
      reasons: [],
      async make() {
        // What has been written on has told its traits.
        const record = await biometrics.keepSignature(points.value, pad.traits!, capturing.now());
        return record.ok ? ok({ record: record.value }) : record;
      },
    },
  );
  return offered.ok ? collection.captured('SIGNATURE-EMPTY') : offered;
}

async function listen(
  pad: SignaturePad,
  { signal, enough, show }: Capturing,
): Promise<Result<readonly PenPoint[]>> {
  const samples = pad.acquire(AbortSignal.any([signal, enough]));
  const points: PenSample[] = [];
  while (points.length < MOST_SAMPLES) {
    const step = await samples.next();
    if (step.done) return step.value.ok ? ok(points) : step.value;
    points.push(step.value);
    // A pen that hovers, too: the empty picture says that the pad sees it.
    show(async () => ok(strokes(points, pad)));
  }
  await samples.return(ok());
  return ok(points);
}

function strokes(points: readonly PenPoint[], { traits }: SignaturePad) {
  const { x, y } = traits!;
  const area = { width: x.max / x.perMm, height: y.max / y.perMm };
  return { mime: 'image/svg+xml', bytes: Buffer.from(signaturePicture(points, area)) } as const;
}
