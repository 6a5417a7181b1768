/**
 * What a certified device answered, held against what it was asked: signatures, identity, transaction, time, purpose,
 * subtypes, count, and the hash chain. Each check has its own code; nothing of an answer that fails one is used.
 */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { SbiProof } from '../transport/sbi-proof.ts';
import {
  type Asked,
  biometricData,
  type CaptureAnswer,
  countOf,
  type DigitalId,
  deviceInfo,
  digitalId,
  FIRST_HASH,
  PURPOSE,
  parseJson,
  serviceFailure,
} from './documents.ts';
import { type Trusted, verifyJws } from './trust.ts';

/** The device's clock may be off by so much. */
const MOST_OFF_MS = 5 * 60_000;

/** What an answer is held against. */
export interface Expected {
  readonly serialNumber: string;
  readonly env: string;
  readonly specVersion: string;
  readonly trusted: Trusted;
  readonly now: Date;
}

export interface ExpectedCapture extends Expected {
  readonly asked: Asked;
  readonly transactionId: string;
}

export interface SbiRecord {
  /** The ISO/IEC 19794 record. */
  readonly record: Uint8Array;
  /** One of those asked for; empty for a face. */
  readonly subType: string;
  readonly proof: SbiProof;
}

/** All records of one capture, in the order of their chain. */
export async function verifyCapture(
  { biometrics }: CaptureAnswer,
  expected: ExpectedCapture,
): Promise<Result<readonly SbiRecord[]>> {
  const { asked } = expected;
  const failures = biometrics.map(({ error }) => serviceFailure(error));
  const serious = failures.find((failure) => failure && failure.code !== 'SBI-NOTHING-SEEN');
  if (serious) return { ok: false, failure: serious };
  if (failures.length > 0 && failures.every((failure) => failure !== undefined))
    return { ok: false, failure: failures[0]! };

  const records: SbiRecord[] = [];
  for (const [i, item] of biometrics.entries()) {
    if (failures[i]) continue;
    const previous = records.at(-1);
    const record = await verifyRecord(item, previous?.proof.hash ?? FIRST_HASH, expected);
    if (!record.ok) return record;
    if (records.some(({ subType }) => subType === record.value.subType))
      return fail('SBI-SUBTYPE-OTHER', `${record.value.subType} came twice`);
    records.push(record.value);
  }
  const count = countOf(asked);
  if (records.length !== count) return fail('SBI-COUNT-WRONG', `${records.length} of ${count}`);
  return ok(records);
}

async function verifyRecord(
  { data, hash, specVersion }: CaptureAnswer['biometrics'][number],
  previousHash: string,
  expected: ExpectedCapture,
): Promise<Result<SbiRecord>> {
  const jws = data ?? '';
  const opened = await openSigned(jws, biometricData, expected);
  if (!opened.ok) return opened;
  const told = opened.value;
  const identified = await verifyIdentity(told, expected);
  if (!identified.ok) return identified;

  const { asked, transactionId, now } = expected;
  if (told.transactionId !== transactionId) return fail('SBI-TRANSACTION-OTHER');
  const off = Math.abs(new Date(told.timestamp).getTime() - now.getTime());
  // A time that is none is not within anything.
  if (!(off <= MOST_OFF_MS)) return fail('SBI-TIME-OFF', `off by ${Math.round(off / 1_000)} s`);
  const fitting = verifyPurpose({ ...told, specVersion: [specVersion ?? ''] }, expected);
  if (!fitting.ok) return fitting;

  const subType = asked.type === 'Face' ? '' : (told.bioSubType ?? '');
  if (told.bioType !== asked.type || (asked.type !== 'Face' && !asked.subTypes.includes(subType)))
    return fail('SBI-SUBTYPE-OTHER', `${told.bioType} ${told.bioSubType ?? ''}`.slice(0, 64));

  const record = Buffer.from(told.bioValue, 'base64url');
  const chained = chainHash(previousHash, record);
  if (hash !== chained) return fail('SBI-HASH-CHAIN-BROKEN');
  return ok({ record, subType, proof: { jws, hash } });
}

/** The next hash of a chain: of the one before, as bytes, and the record's own. Upper-case hex. */
export function chainHash(previousHash: string, record: Uint8Array): string {
  const own = createHash('sha256').update(record).digest();
  const chained = createHash('sha256').update(Buffer.from(previousHash, 'hex')).update(own);
  return chained.digest('hex').toUpperCase();
}

export interface Identity {
  readonly digitalId: DigitalId;
  readonly firmware: string;
  readonly certification: string;
}

/** Whether a signed device info is that of the device, registered for what the kiosk does. */
export async function verifyInfo(jws: string, expected: Expected): Promise<Result<Identity>> {
  const opened = await openSigned(jws, deviceInfo, expected);
  if (!opened.ok) return opened;
  const identified = await verifyIdentity(opened.value, expected);
  if (!identified.ok) return identified;
  const fitting = verifyPurpose(opened.value, expected);
  if (!fitting.ok) return fitting;
  const { firmware, certification } = opened.value;
  return ok({ digitalId: identified.value, firmware: firmware ?? '', certification: certification ?? '' });
}

/** The digital ID within is signed too: by the trust module's key, or the device's. */
async function verifyIdentity(
  told: { readonly digitalId: string; readonly deviceCode: string },
  expected: Expected,
): Promise<Result<DigitalId>> {
  const { serialNumber } = expected;
  const opened = await openSigned(told.digitalId, digitalId, expected);
  if (!opened.ok) {
    const { code, detail } = opened.failure;
    // Who signed it matters to staff as much here as outside.
    const inside = code === 'SBI-SIGNATURE-INVALID' || code === 'HTTP-GARBLED';
    return fail(inside ? 'SBI-DIGITAL-ID-INVALID' : code, `digital ID: ${detail ?? ''}`);
  }
  if (told.deviceCode !== serialNumber || opened.value.serialNo !== serialNumber)
    return fail('SBI-DEVICE-OTHER', `device ${told.deviceCode}, digital ID of ${opened.value.serialNo}`);
  return opened;
}

function verifyPurpose(
  told: { readonly env: string; readonly purpose: string; readonly specVersion: readonly string[] },
  { env, specVersion }: Expected,
): Result<void> {
  if (told.env !== env) return fail('SBI-ENVIRONMENT-OTHER', told.env);
  if (told.purpose !== PURPOSE) return fail('SBI-PURPOSE-OTHER', told.purpose);
  if (!told.specVersion.includes(specVersion))
    return fail('SBI-VERSION-OTHER', told.specVersion.join(', ').slice(0, 64));
  return ok();
}

async function openSigned<T extends z.ZodType>(
  jws: string,
  schema: T,
  { trusted, now }: Expected,
): Promise<Result<z.output<T>>> {
  const payload = await verifyJws(jws, trusted, now);
  if (!payload.ok) return payload;
  return parseJson(payload.value, schema);
}
