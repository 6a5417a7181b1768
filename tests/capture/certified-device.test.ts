import { expect, test } from 'vitest';
import { deviceOf } from '../../src/capture/certified-device.ts';

test('who the device is stands in its signed answer', () => {
  const signed = (payload: object) => `h.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.s`;
  const digitalId = signed({ make: 'Works', serialNo: 'T-1', model: 'M' });
  const proof = { jws: signed({ digitalId }), hash: '' };
  expect(deviceOf('slap', proof)).toEqual({ id: 'slap', make: 'Works', serial: 'T-1' });
  for (const jws of ['', 'a.b.c', signed({ digitalId: 'x' }), signed({ digitalId: signed({ make: 1 }) })])
    expect(deviceOf('slap', { jws, hash: '' })).toEqual({ id: 'slap' });
  expect(deviceOf('finger', undefined)).toEqual({ id: 'finger' });
});
