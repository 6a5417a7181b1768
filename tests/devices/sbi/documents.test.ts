/**
 * The documents as the specification shows them (MOSIP device service specification 0.9.5: mosip/documentation,
 * docs/biometrics/mds-specification.md), and as services send them that follow it less closely.
 */
import { expect, it } from 'vitest';
import {
  captureAnswer,
  captureRequest,
  discoveryAnswer,
  FIRST_HASH,
  infoAnswer,
  parseJson,
} from '../../../src/devices/sbi/documents.ts';
import { claimedSerial } from '../../../src/devices/sbi/service.ts';

const bytes = (document: unknown) => Buffer.from(JSON.stringify(document));
const parsed = (document: unknown, schema: Parameters<typeof parseJson>[1]) => {
  const result = parseJson(bytes(document), schema);
  return result.ok ? result.value : result.failure;
};

it('asks a slap scanner for three fingers of the left hand, the ring finger being an exception', () => {
  const request = captureRequest({
    type: 'Finger',
    deviceSubId: 1,
    subTypes: ['Left IndexFinger', 'Left MiddleFinger', 'Left LittleFinger'],
    exceptions: ['Left RingFinger'],
    deviceId: '7',
    transactionId: '1e6f0b52-5c09-4f6b-9f7c-8a9a2f2f7b11',
    env: 'Staging',
    specVersion: '0.9.5',
    timeoutMs: 10_000,
    requestedScore: 60,
    time: new Date('2026-03-04T05:06:07.890Z'),
  });
  expect(JSON.stringify(request)).toBe(
    '{"env":"Staging","purpose":"Registration","specVersion":"0.9.5","timeout":"10000",' +
      '"captureTime":"2026-03-04T05:06:07Z","transactionId":"1e6f0b52-5c09-4f6b-9f7c-8a9a2f2f7b11",' +
      '"bio":[{"type":"Finger","count":"3",' +
      '"bioSubType":["Left IndexFinger","Left MiddleFinger","Left LittleFinger"],' +
      '"exception":["Left RingFinger"],"requestedScore":"60","deviceId":"7","deviceSubId":"1",' +
      '"previousHash":"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"}],"customOpts":{}}',
  );
  expect(FIRST_HASH).toHaveLength(64);
});

const digitalId = { serialNo: 'SN-1', make: 'M', model: 'X', type: 'Iris', deviceSubType: 'Double' };
const discovery = {
  deviceId: 'Internal ID',
  deviceStatus: 'Ready',
  certification: 'L1',
  serviceVersion: '0.9.5',
  deviceSubId: ['1', '2', '3'],
  callbackId: 'http://127.0.0.1:4501/',
  digitalId: bytes(digitalId).toString('base64url'),
  deviceCode: 'SN-1',
  specVersion: ['0.9.5'],
  purpose: 'Registration',
  error: { errorCode: '0', errorInfo: 'Success' },
};

it('reads a discovery', () => {
  expect(parsed([discovery], discoveryAnswer)).toMatchObject([
    { deviceId: 'Internal ID', deviceStatus: 'Ready', error: { errorCode: '0' } },
  ]);
});

it.each([
  ['no error', [{ ...discovery, error: null }]],
  ['an error whose code is a number', [{ ...discovery, error: { errorCode: 0 } }]],
  ['one device without an array', discovery],
  ['an error in place of devices', [{ error: { errorCode: '202', errorInfo: 'No Device Connected.' } }]],
])('reads a discovery with %s', (_what, document) => {
  expect(parsed(document, discoveryAnswer)).toHaveLength(1);
});

it('knows a device by the digital ID, bare or signed, else by its code', () => {
  const code = 'another';
  expect(claimedSerial({ ...discovery, deviceCode: code } as never)).toBe('SN-1');
  const signed = `e30.${discovery.digitalId}.AAAA`;
  expect(claimedSerial({ ...discovery, digitalId: signed, deviceCode: code } as never)).toBe('SN-1');
  expect(claimedSerial({ ...discovery, digitalId: 'rubbish', deviceCode: 'SN-2' } as never)).toBe('SN-2');
  expect(claimedSerial({ digitalId: null, deviceCode: null } as never)).toBeUndefined();
});

it('reads infos, of devices that are not registered too', () => {
  const infos = [
    { deviceInfo: 'a.b.c', error: null },
    { deviceInfo: '', error: { errorCode: '100' } },
  ];
  expect(parsed(infos, infoAnswer)).toHaveLength(2);
});

it('reads the answer to a capture', () => {
  const answer = {
    biometrics: [
      { specVersion: '0.9.5', data: 'a.b.c', hash: FIRST_HASH, error: { errorCode: '0' }, more: 1 },
    ],
  };
  expect(parsed(answer, captureAnswer)).toMatchObject({ biometrics: [{ data: 'a.b.c', hash: FIRST_HASH }] });
});

it.each([
  ['no JSON', Buffer.from('{"biometrics":[')],
  ['no object', bytes('biometrics')],
  ['no list', bytes({ biometrics: { data: '' } })],
  ['more records than a person has fingers and eyes', bytes({ biometrics: Array(33).fill({ data: '' }) })],
  ['records that are no text', bytes({ biometrics: [{ data: { bioValue: 'secret' } }] })],
])('refuses %s, and tells nothing of it', (_what, document) => {
  const result = parseJson(document, captureAnswer);
  expect(result).toMatchObject({ ok: false, failure: { code: 'HTTP-GARBLED' } });
  expect(JSON.stringify(result)).not.toContain('secret');
});
