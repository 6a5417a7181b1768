/**
 * What ISO/IEC 19794-1:2011 puts at the head of every representation, whatever the body part: when, with which
 * device and how well it was captured, and by which schemes the device is certified. All numbers are big-endian.
 */

/** UTC; values out of the calendar are kept as they are. */
export interface CaptureTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

export interface CaptureHeader {
  /** null: not told. */
  readonly time: CaptureTime | null;
  /** Numbers of the part's own table, of the vendor's registration and of the vendor; 0: not told. */
  readonly device: { readonly technology: number; readonly vendor: number; readonly type: number };
  /** Score 0–100, 255: it could not be computed; who made the algorithm, and its number. */
  readonly qualities: readonly {
    readonly score: number;
    readonly vendor: number;
    readonly algorithm: number;
  }[];
  readonly certifications: readonly { readonly authority: number; readonly scheme: number }[];
}

const TIME = 9;
const FIXED = TIME + 5 + 1;
const QUALITY = 5;
const CERTIFICATION = 3;
const ONES = { byte: 0xff, word: 0xffff };

/**
 * @param end of what may be read
 * @param certified whether the record has certifications, as its own header tells
 * @returns the header and where it ends; null when it does not fit
 */
export function readCaptureHeader(
  view: DataView,
  at: number,
  end: number,
  certified: boolean,
): { readonly header: CaptureHeader; readonly end: number } | null {
  if (at + FIXED > end) return null;
  const qualitiesAt = at + FIXED;
  const qualityCount = view.getUint8(qualitiesAt - 1);
  const afterQualities = qualitiesAt + qualityCount * QUALITY;
  if (afterQualities + (certified ? 1 : 0) > end) return null;
  const certificationsAt = certified ? afterQualities + 1 : afterQualities;
  const certificationCount = certified ? view.getUint8(afterQualities) : 0;
  const afterAll = certificationsAt + certificationCount * CERTIFICATION;
  if (afterAll > end) return null;
  const header = {
    time: readTime(view, at),
    device: {
      technology: view.getUint8(at + TIME),
      vendor: view.getUint16(at + TIME + 1),
      type: view.getUint16(at + TIME + 3),
    },
    qualities: Array.from({ length: qualityCount }, (_, n) => ({
      score: view.getUint8(qualitiesAt + n * QUALITY),
      vendor: view.getUint16(qualitiesAt + n * QUALITY + 1),
      algorithm: view.getUint16(qualitiesAt + n * QUALITY + 3),
    })),
    certifications: Array.from({ length: certificationCount }, (_, n) => ({
      authority: view.getUint16(certificationsAt + n * CERTIFICATION),
      scheme: view.getUint8(certificationsAt + n * CERTIFICATION + 2),
    })),
  };
  return { header, end: afterAll };
}

function readTime(view: DataView, at: number): CaptureTime | null {
  const time = {
    year: view.getUint16(at),
    month: view.getUint8(at + 2),
    day: view.getUint8(at + 3),
    hour: view.getUint8(at + 4),
    minute: view.getUint8(at + 5),
    second: view.getUint8(at + 6),
    millisecond: view.getUint16(at + 7),
  };
  return time.year === ONES.word ? null : time;
}

export function captureHeaderLength(
  { qualities, certifications }: CaptureHeader,
  certified: boolean,
): number {
  return FIXED + qualities.length * QUALITY + (certified ? 1 + certifications.length * CERTIFICATION : 0);
}

/**
 * @returns where the header ends
 * @throws RangeError for more than 255 qualities or certifications
 */
export function writeCaptureHeader(
  view: DataView,
  start: number,
  { time, device, qualities, certifications }: CaptureHeader,
  certified: boolean,
): number {
  if (qualities.length > 255 || certifications.length > 255)
    throw new RangeError(`${qualities.length} qualities, ${certifications.length} certifications`);
  let at = start;
  const byte = (value: number) => view.setUint8(at++, value);
  const word = (value: number) => {
    view.setUint16(at, value);
    at += 2;
  };
  word(time?.year ?? ONES.word);
  for (const field of ['month', 'day', 'hour', 'minute', 'second'] as const) byte(time?.[field] ?? ONES.byte);
  word(time?.millisecond ?? ONES.word);
  byte(device.technology);
  word(device.vendor);
  word(device.type);
  byte(qualities.length);
  for (const { score, vendor, algorithm } of qualities) {
    byte(score);
    word(vendor);
    word(algorithm);
  }
  if (certified) byte(certifications.length);
  for (const { authority, scheme } of certifications) {
    word(authority);
    byte(scheme);
  }
  return at;
}
