/** `fingerprint extract` and `fingerprint match`: no kiosk needed, only the algorithms. */
import { writeFile } from 'node:fs/promises';
import { extract } from '../biometrics/fingerprint/extract.ts';
import { match, prepare } from '../biometrics/fingerprint/match.ts';
import type { FingerTemplate } from '../biometrics/fingerprint/template.ts';
import { FOREIGN, OWN } from '../biometrics/fingerprint/thresholds.ts';
import { encodeFingerMinutiae } from '../biometrics/records/finger-minutiae.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { readFingerFile, readGrayImage } from './file-sensor.ts';

export async function fingerprintExtract(file: string, out: string): Promise<Result<object>> {
  const image = await readGrayImage(file);
  if (!image.ok) return image;
  const { template, reasons } = extract(image.value);
  try {
    await writeFile(out, encodeFingerMinutiae([template]));
  } catch (error) {
    return fail('CONSOLE-FILE-UNWRITABLE', (error as Error).message);
  }
  return ok({ quality: template.quality, reasons, minutiae: template.minutiae.length });
}

export async function fingerprintMatch(a: string, b: string): Promise<Result<object>> {
  const probe = await readTemplate(a);
  if (!probe.ok) return probe;
  const reference = await readTemplate(b);
  if (!reference.ok) return reference;
  const score = match(prepare(probe.value.template), prepare(reference.value.template));
  // A record does not tell its maker reliably: only two pictures are surely both ours.
  const ours = probe.value.ours && reference.value.ours;
  const threshold = (ours ? OWN : FOREIGN).far1in10000;
  return ok({ score, threshold, match: score >= threshold });
}

interface Finger {
  readonly template: FingerTemplate;
  /** Extracted here, from a picture. */
  readonly ours: boolean;
}

/** A picture (PNG, JPEG, JPEG 2000, WSQ, ISO/IEC 19794-4) is extracted here, a minutiae record is taken as it is. */
async function readTemplate(file: string): Promise<Result<Finger>> {
  const finger = await readFingerFile(file);
  if (!finger.ok) return finger;
  return ok(
    finger.value.kind === 'template'
      ? { template: finger.value.template, ours: false }
      : { template: extract(finger.value.image).template, ours: true },
  );
}
