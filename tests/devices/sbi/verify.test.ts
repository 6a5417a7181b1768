import { describe, expect, it } from 'vitest';
import { type Asked, FIRST_HASH } from '../../../src/devices/sbi/documents.ts';
import {
  chainHash,
  type ExpectedCapture,
  verifyCapture,
  verifyInfo,
} from '../../../src/devices/sbi/verify.ts';
import { jws, keys, NOW, trusted } from './signed.ts';

const SERIAL = 'TEST-0001';
const asked: Asked = {
  type: 'Finger',
  deviceSubId: 3,
  subTypes: ['Left Thumb', 'Right Thumb'],
  exceptions: [],
};
const expected: ExpectedCapture = {
  serialNumber: SERIAL,
  env: 'Staging',
  specVersion: '0.9.5',
  trusted,
  now: NOW,
  asked,
  transactionId: '1e6f0b52-5c09-4f6b-9f7c-8a9a2f2f7b11',
};
/** Calculated with sha256sum: of SHA-256("") and SHA-256("one"), then of that and SHA-256("two"). */
const ONE = '526137FD4A5FD2487CF4F584229C1B8AC65BC490636F2C079DD37F2F9A03CEE8';
const TWO = '78CD9A394B3A874052EC574F8379A088A3FB609AE3CACC50347129E564A1F3A6';

const identity = { serialNo: SERIAL, make: 'M', model: 'X', type: 'Finger', deviceSubType: 'Slap' };
const digitalId = await jws(identity, keys.module);
const told = (subType: string | undefined, record: string) => ({
  digitalId,
  deviceCode: SERIAL,
  deviceServiceVersion: '0.9.5',
  bioType: 'Finger',
  bioSubType: subType,
  purpose: 'Registration',
  env: 'Staging',
  bioValue: Buffer.from(record).toString('base64url'),
  transactionId: expected.transactionId,
  timestamp: '2026-03-04T05:06:05Z',
  requestedScore: '60',
  qualityScore: '81.5',
});
const none = { errorCode: '0', errorInfo: 'Success' };
const item = async (payload: object, hash: string, signer = keys.device) => ({
  specVersion: '0.9.5',
  data: await jws(payload, signer),
  hash,
  error: none,
});
const left = await item(told('Left Thumb', 'one'), ONE);
const right = await item(told('Right Thumb', 'two'), TWO);

/** The codes, or the records in order. */
const outcome = async (biometrics: readonly object[], than: Partial<ExpectedCapture> = {}) => {
  const verified = await verifyCapture({ biometrics: biometrics as never }, { ...expected, ...than });
  return verified.ok ? verified.value : verified.failure.code;
};
/** With something else in what the left thumb's record tells. */
const outcomeOf = async (changed: object) =>
  outcome([await item({ ...told('Left Thumb', 'one'), ...changed }, ONE), right]);

it('chains hashes as bytes', () => {
  expect(chainHash(FIRST_HASH, Buffer.from('one'))).toBe(ONE);
  expect(chainHash(ONE, Buffer.from('two'))).toBe(TWO);
});

it('takes an answer in which all agrees, with the proof of each record', async () => {
  expect(await outcome([left, right])).toEqual([
    { record: Buffer.from('one'), subType: 'Left Thumb', proof: { jws: left.data, hash: ONE } },
    { record: Buffer.from('two'), subType: 'Right Thumb', proof: { jws: right.data, hash: TWO } },
  ]);
});

describe('refuses', () => {
  it.each([
    ['SBI-TRANSACTION-OTHER', { transactionId: '1e6f0b52-5c09-4f6b-9f7c-8a9a2f2f7b12' }],
    ['SBI-TIME-OFF', { timestamp: '2026-03-04T05:01:06Z' }],
    ['SBI-TIME-OFF', { timestamp: '2026-03-04T05:11:08Z' }],
    ['SBI-TIME-OFF', { timestamp: 'yesterday' }],
    ['SBI-ENVIRONMENT-OTHER', { env: 'Developer' }],
    ['SBI-PURPOSE-OTHER', { purpose: 'Auth' }],
    ['SBI-SUBTYPE-OTHER', { bioSubType: 'Left IndexFinger' }],
    ['SBI-SUBTYPE-OTHER', { bioSubType: 'UNKNOWN' }],
    ['SBI-SUBTYPE-OTHER', { bioSubType: undefined }],
    ['SBI-SUBTYPE-OTHER', { bioSubType: 'Right Thumb' }],
    ['SBI-SUBTYPE-OTHER', { bioType: 'Iris' }],
    ['SBI-DEVICE-OTHER', { deviceCode: 'TEST-0002' }],
    ['SBI-HASH-CHAIN-BROKEN', { bioValue: Buffer.from('onE').toString('base64url') }],
    ['HTTP-GARBLED', { bioValue: '' }],
    ['HTTP-GARBLED', { bioValue: 17 }],
    ['SBI-DIGITAL-ID-INVALID', { digitalId: `${digitalId.slice(0, -6)}AAAAAA` }],
    // Unsigned, as in a discovery.
    ['SBI-DIGITAL-ID-INVALID', { digitalId: Buffer.from(JSON.stringify(identity)).toString('base64url') }],
    ['SBI-DIGITAL-ID-INVALID', { digitalId: '' }],
  ] as const)('%s: %o', async (code, changed) => {
    expect(await outcomeOf(changed)).toBe(code);
  });

  it('the digital ID of another device, or of one that is not trusted', async () => {
    const other = await jws({ ...identity, serialNo: 'TEST-0002' }, keys.module);
    expect(await outcomeOf({ digitalId: other })).toBe('SBI-DEVICE-OTHER');
    const foreign = await jws(identity, keys.stranger, [keys.stranger]);
    expect(await outcomeOf({ digitalId: foreign })).toBe('SBI-CERTIFICATE-UNTRUSTED');
    expect(await outcomeOf({ digitalId: await jws({ serialNo: SERIAL }, keys.module) })).toBe(
      'SBI-DIGITAL-ID-INVALID',
    );
  });

  it('records out of order, a hash in lower case, records too few, too many, twice', async () => {
    expect(await outcome([right, left])).toBe('SBI-HASH-CHAIN-BROKEN');
    expect(await outcome([{ ...left, hash: ONE.toLowerCase() }, right])).toBe('SBI-HASH-CHAIN-BROKEN');
    expect(await outcome([{ ...left, hash: null }, right])).toBe('SBI-HASH-CHAIN-BROKEN');
    expect(await outcome([left])).toBe('SBI-COUNT-WRONG');
    expect(await outcome([])).toBe('SBI-COUNT-WRONG');
    const twice = await item(told('Left Thumb', 'two'), TWO);
    expect(await outcome([left, twice])).toBe('SBI-SUBTYPE-OTHER');
    expect(await outcome([left, right], { asked: { ...asked, subTypes: ['Left Thumb'] } })).toBe(
      'SBI-SUBTYPE-OTHER',
    );
  });

  it('another version of the specification', async () => {
    expect(await outcome([left, right], { specVersion: '1.0' })).toBe('SBI-VERSION-OTHER');
  });

  it('an answer by a device that is not trusted, and one without a signature', async () => {
    const foreign = { ...left, data: await jws(told('Left Thumb', 'one'), keys.stranger, [keys.stranger]) };
    expect(await outcome([foreign, right])).toBe('SBI-CERTIFICATE-UNTRUSTED');
    expect(await outcome([{ ...left, data: '' }, right])).toBe('SBI-SIGNATURE-INVALID');
  });
});

describe('an error of the service', () => {
  const failed = (code: string) => ({ specVersion: '0.9.5', data: '', hash: '', error: { errorCode: code } });

  it.each([
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
    ['112', 'SBI-REFUSED'],
    ['202', 'SBI-ABSENT'],
    ['500', 'SBI-REFUSED'],
    ['__proto__', 'SBI-REFUSED'],
  ])('%s is %s', async (code, failure) => {
    expect(await outcome([failed(code)])).toBe(failure);
  });

  it('of one finger that was not seen leaves too few; a serious one counts for all', async () => {
    expect(await outcome([left, failed('101')])).toBe('SBI-COUNT-WRONG');
    expect(await outcome([failed('101'), failed('101')])).toBe('SBI-NOTHING-SEEN');
    expect(await outcome([failed('101'), failed('103')])).toBe('SBI-TAMPERED');
    expect(await outcome([left, failed('103')])).toBe('SBI-TAMPERED');
  });
});

it('takes a face, whatever is told of its subtype', async () => {
  const face = { asked: { type: 'Face', deviceSubId: 0, subTypes: [], exceptions: ['Left Thumb'] } as Asked };
  for (const subType of [undefined, 'Face']) {
    const one = await item({ ...told(subType, 'one'), bioType: 'Face' }, ONE);
    expect(await outcome([one], face)).toMatchObject([{ subType: '' }]);
    expect(await outcome([one, one], face)).toBe('SBI-HASH-CHAIN-BROKEN');
  }
});

describe('a device info', () => {
  const info = {
    deviceId: '1',
    deviceCode: SERIAL,
    firmware: '3.1',
    certification: 'L1',
    digitalId,
    env: 'Staging',
    purpose: 'Registration',
    specVersion: ['0.9.5'],
  };
  const infoOutcome = async (changed: object, signer = keys.device) => {
    const verified = await verifyInfo(await jws({ ...info, ...changed }, signer), expected);
    return verified.ok ? verified.value : verified.failure.code;
  };

  it('identifies the device', async () => {
    expect(await infoOutcome({})).toEqual({ digitalId: identity, firmware: '3.1', certification: 'L1' });
  });

  it.each([
    ['SBI-DEVICE-OTHER', { deviceCode: 'TEST-0002' }],
    ['SBI-ENVIRONMENT-OTHER', { env: 'None' }],
    ['SBI-PURPOSE-OTHER', { purpose: '' }],
    ['SBI-VERSION-OTHER', { specVersion: '0.9.2' }],
    ['SBI-DIGITAL-ID-INVALID', { digitalId: 'e30' }],
  ])('is refused: %s', async (code, changed) => {
    expect(await infoOutcome(changed)).toBe(code);
  });
});
