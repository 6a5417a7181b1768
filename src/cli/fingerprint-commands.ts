/**
 * `fingerprint extract` and `fingerprint match`: no kiosk needed, only the algorithms. A file is a picture (PNG, JPEG,
 * JPEG 2000, WSQ, ISO/IEC 19794-4), whose minutiae are found here, or a minutiae record (19794-2), taken as it is.
 */
import { writeFile } from 'node:fs/promises';
import { type Extraction, extract } from '../biometrics/fingerprint/extract.ts';
import { match, prepare } from '../biometrics/fingerprint/match.ts';
import type { FingerTemplate } from '../biometrics/fingerprint/template.ts';
import { thresholdsFor } from '../biometrics/fingerprint/thresholds.ts';
import { encodeFingerMinutiae } from '../biometrics/records/finger-minutiae.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { readFingerFile } from './file-sensor.ts';

/** Writes ISO/IEC 19794-2:2005, whatever the file was. */
export async function fingerprintExtract(file: string, out: string): Promise<Result<object>> {
  const finger = await readTemplate(file);
  if (!finger.ok) return finger;
  const { template, reasons } = finger.value;
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
  const threshold = thresholdsFor(probe.value.template, reference.value.template).far1in10000;
  return ok({ score, threshold, match: score >= threshold });
}

interface Finger {
  readonly template: FingerTemplate;
  /** What is wrong with the picture; of a record nothing is known. */
  readonly reasons: Extraction['reasons'];
}

async function readTemplate(file: string): Promise<Result<Finger>> {
  const finger = await readFingerFile(file);
  if (!finger.ok) return finger;
  if (finger.value.kind === 'template') return ok({ template: finger.value.template, reasons: [] });
  const { image, position } = finger.value;
  const { template, reasons } = extract(image);
  return ok({ template: { ...template, position }, reasons });
}
