/**
 * The JSON documents of the MOSIP device service specification 0.9.5 (mosip/documentation,
 * docs/biometrics/mds-specification.md and api/sbi/*.yaml), as far as this client asks and reads them. Services send
 * numbers as text or as numbers, an error as null or with code "0", and more fields than the kiosk needs.
 */
import { z } from 'zod';
import type { FailureCode } from '../../failures/catalogue.ts';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';

export type BioType = 'Finger' | 'Iris' | 'Face';

/** Of one answer: more devices or records are not believed. */
const MOST_ITEMS = 32;

const text = z.string().max(256);
const number = z.union([z.number(), z.string().trim().min(1).max(16).transform(Number)]).pipe(z.number());
const error = z
  .object({ errorCode: z.union([text, z.number()]).transform(String), errorInfo: text.nullish() })
  .nullish();

/** Digital ID; unsigned in a discovery, else a JWS. */
export const digitalId = z.object({
  serialNo: text,
  make: text,
  model: text,
  type: text,
  deviceSubType: text.nullish(),
});
export type DigitalId = z.infer<typeof digitalId>;

/** An entry without a deviceId tells an error of the service only. */
const discovered = z.object({
  deviceId: text.nullish(),
  deviceStatus: text.nullish(),
  deviceCode: text.nullish(),
  digitalId: z.string().max(16_384).nullish(),
  error,
});
export type Discovered = z.infer<typeof discovered>;

const listed = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item).max(MOST_ITEMS), item.transform((one) => [one])]);

export const discoveryAnswer = listed(discovered);

export const infoAnswer = listed(z.object({ deviceInfo: z.string().max(65_536).nullish(), error }));

/** What the JWS of a device info holds. */
export const deviceInfo = z.object({
  deviceCode: text,
  firmware: text.nullish(),
  certification: text.nullish(),
  digitalId: z.string().max(16_384),
  env: text,
  purpose: text,
  specVersion: z.union([z.array(text).max(MOST_ITEMS), text.transform((one) => [one])]),
});

export const captureAnswer = z.object({
  biometrics: z
    .array(z.object({ specVersion: text.nullish(), data: z.string().nullish(), hash: text.nullish(), error }))
    .max(MOST_ITEMS),
});
export type CaptureAnswer = z.infer<typeof captureAnswer>;

/** What the JWS of a captured record holds. */
export const biometricData = z.object({
  digitalId: z.string().max(16_384),
  deviceCode: text,
  bioType: text,
  /** Absent for a face. */
  bioSubType: text.nullish(),
  purpose: text,
  env: text,
  /** The ISO record in base64url. */
  bioValue: z.string().min(1),
  transactionId: text,
  timestamp: text,
  qualityScore: number.nullish(),
});

/** An error in place of a stream, or of anything else. */
export const errorAnswer = z.object({ error });

export const PURPOSE = 'Registration';

/** SHA-256 of nothing: what the first record of a chain is chained to. */
export const FIRST_HASH = 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855';

/** What a capture asks of a device, and what its answer is held against. */
export interface Asked {
  readonly type: BioType;
  /** 0 a face or a single finger; 1 left, 2 right, 3 thumbs or both irises. */
  readonly deviceSubId: number;
  /** As they are to come back; none for a face. */
  readonly subTypes: readonly string[];
  readonly exceptions: readonly string[];
}

export interface CaptureRequest extends Asked {
  readonly deviceId: string;
  readonly transactionId: string;
  readonly env: string;
  readonly specVersion: string;
  readonly timeoutMs: number;
  readonly requestedScore: number;
  readonly time: Date;
}

/** `count`: how many the device is to give; with the exceptions 4, 4 or 2 on a slap scanner. */
export const countOf = ({ subTypes }: Asked) => Math.max(1, subTypes.length);

/** Body of RCAPTURE. The order of the members is that of the specification. */
export function captureRequest(request: CaptureRequest): unknown {
  return {
    env: request.env,
    purpose: PURPOSE,
    specVersion: request.specVersion,
    timeout: String(request.timeoutMs),
    captureTime: isoSeconds(request.time),
    transactionId: request.transactionId,
    bio: [
      {
        type: request.type,
        count: String(countOf(request)),
        bioSubType: request.subTypes,
        exception: request.exceptions,
        requestedScore: String(request.requestedScore),
        deviceId: request.deviceId,
        deviceSubId: String(request.deviceSubId),
        previousHash: FIRST_HASH,
      },
    ],
    customOpts: {},
  };
}

/** `yyyy-mm-ddTHH:MM:ssZ`, as the specification's glossary asks. */
const isoSeconds = (time: Date) => time.toISOString().replace(/\.\d{3}/, '');

/** The specification's error codes; all others are the provider's own. */
const byServiceCode: ReadonlyMap<string, FailureCode> = new Map([
  ['100', 'SBI-NOT-REGISTERED'],
  ['101', 'SBI-NOTHING-SEEN'],
  ['102', 'SBI-EXTRACTION-FAILED'],
  ['103', 'SBI-TAMPERED'],
  ['104', 'SBI-MANAGEMENT-UNREACHABLE'],
  ['105', 'SBI-ORIENTATION'],
  ['106', 'SBI-ABSENT'],
  ['107', 'SBI-KEY-EXPIRED'],
  ['108', 'SBI-KEY-MISSING'],
  ['109', 'SBI-REQUEST-UNSUPPORTED'],
  ['110', 'SBI-NOT-READY'],
  ['111', 'SBI-BUSY'],
  ['202', 'SBI-ABSENT'],
]);

/** The failure that the service tells with an error document; undefined for none. Its words are not repeated. */
export function serviceFailure(
  error: { readonly errorCode: string } | null | undefined,
): Failure | undefined {
  const code = error?.errorCode.trim();
  if (code === undefined || code === '' || Number(code) === 0) return undefined;
  return { code: byServiceCode.get(code) ?? 'SBI-REFUSED', detail: `service error ${code.slice(0, 16)}` };
}

/** HTTP-GARBLED names the first field that is not as it should be, never what is in it. */
export function parseJson<T extends z.ZodType>(bytes: Uint8Array, schema: T): Result<z.output<T>> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return fail('HTTP-GARBLED', 'no JSON');
  }
  const parsed = z.safeParse(schema, json);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return fail('HTTP-GARBLED', `${issue?.path.join('.') ?? ''}: ${issue?.code ?? 'not as specified'}`);
}
