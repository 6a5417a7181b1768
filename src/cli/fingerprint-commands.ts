/** `fingerprint extract` and `fingerprint match`: no kiosk needed, only the algorithms. */
import { readFile, writeFile } from 'node:fs/promises';
import { extract } from '../biometrics/fingerprint/extract.ts';
import { match, prepare } from '../biometrics/fingerprint/match.ts';
import type { FingerTemplate } from '../biometrics/fingerprint/template.ts';
import { FOREIGN, OWN } from '../biometrics/fingerprint/thresholds.ts';
import { decodeFingerMinutiae, encodeFingerMinutiae } from '../biometrics/records/finger-minutiae.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { readGrayImage } from './file-sensor.ts';

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

/** A template from a picture or from an ISO/IEC 19794-2 record, told apart by the record's magic. */
async function readTemplate(file: string): Promise<Result<Finger>> {
  let content: Uint8Array;
  try {
    content = await readFile(file);
  } catch (error) {
    return fail('CONSOLE-FILE-UNREADABLE', (error as Error).message);
  }
  if (Buffer.from(content.subarray(0, 4)).toString('latin1') === 'FMR\0') {
    const views = decodeFingerMinutiae(content);
    if (!views.ok) return views;
    const view = views.value[0];
    return view ? ok({ template: view, ours: false }) : fail('FINGER-RECORD-INVALID', 'no finger view');
  }
  const image = await readGrayImage(file);
  return image.ok ? ok({ template: extract(image.value).template, ours: true }) : image;
}
