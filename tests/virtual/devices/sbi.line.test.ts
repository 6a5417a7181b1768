/**
 * The virtual SBI service against bytes written by hand after the specification (MOSIP device service specification
 * 0.9.5: mosip/documentation, docs/biometrics/mds-specification.md), over a real socket.
 */
import { createHash, verify, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import type { BenchDevice } from '../../../src/virtual/device.ts';
import { virtualSbi } from '../../../src/virtual/devices/sbi.ts';
import { Random } from '../../../src/virtual/people/random.ts';

const port = 40_000 + (process.pid % 5_000) * 2;
const image: GrayImage = { width: 64, height: 96, dpi: 500, data: new Uint8Array(64 * 96).fill(200) };
const FIRST = 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855';
const DEVICE = 'device SN-SLAP';

let folder: string;
let slap: BenchDevice;
let iris: BenchDevice;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'virtual-sbi-'));
  const add = async (entry: object) => {
    const common = { driver: 'sbi', trust: join(folder, 'trust.pem'), ports: [port, port + 1] };
    const added = await virtualSbi(
      { ...common, ...entry },
      { people: [], random: (owner) => new Random(owner) },
    );
    if (!added.ok) throw new Error(added.failure.detail);
    return added.value;
  };
  slap = await add({ id: 'slap', kind: 'finger-sensor', subType: 'Slap', serialNumber: 'SN-SLAP' });
  iris = await add({ id: 'iris', kind: 'iris-camera', subType: 'Double', serialNumber: 'SN-IRIS' });
});
afterAll(async () => {
  await slap.close();
  await iris.close();
  await rm(folder, { recursive: true });
});

/** Everything that comes until the service closes the connection. */
async function exchange(pieces: readonly string[]): Promise<{ head: string; body: string }> {
  const socket = connect(port, '127.0.0.1');
  for (const piece of pieces) {
    socket.write(piece);
    await delay(2);
  }
  const heard: Buffer[] = [];
  for await (const bytes of socket) heard.push(bytes);
  const text = Buffer.concat(heard).toString('latin1');
  const headEnd = text.indexOf('\r\n\r\n');
  return { head: text.slice(0, headEnd), body: text.slice(headEnd + 4) };
}
const request = (method: string, path: string, body: object) => {
  const json = JSON.stringify(body);
  return `${method} http://127.0.0.1:${port}${path} HTTP/1.1\r\nHOST: 127.0.0.1: ${port}\r\nEXT: test\r\nContent-Length: ${json.length}\r\n\r\n${json}`;
};
const ask = async (method: string, path: string, body: object) =>
  JSON.parse((await exchange([request(method, path, body)])).body);

const bio = {
  type: 'Finger',
  count: '1',
  bioSubType: ['Left Thumb'],
  exception: ['Right Thumb'],
  requestedScore: '60',
  deviceId: DEVICE,
  deviceSubId: '3',
  previousHash: FIRST,
};
const capture = (changed: object = {}, changedBio: object = {}) =>
  ask('RCAPTURE', '/capture', {
    env: 'Production',
    purpose: 'Registration',
    specVersion: '0.9.5',
    timeout: '150',
    captureTime: '2026-03-04T05:06:07Z',
    transactionId: '1e6f0b52-5c09-4f6b',
    bio: [{ ...bio, ...changedBio }],
    customOpts: {},
    ...changed,
  });

/** The payload of a JWS that is signed by a key whose certificate the provider's in it, and the trusted root, issued. */
async function opened(jws: string): Promise<Record<string, string>> {
  const [header, payload, signature] = jws.split('.') as [string, string, string];
  const { alg, typ, x5c } = JSON.parse(Buffer.from(header, 'base64url').toString());
  expect([alg, typ]).toEqual(['RS256', 'JWT']);
  const [signer, provider] = x5c.map((der: string) => new X509Certificate(Buffer.from(der, 'base64')));
  const root = new X509Certificate(await readFile(join(folder, 'trust.pem')));
  expect(signer.verify(provider.publicKey) && provider.verify(root.publicKey)).toBe(true);
  for (const { subject } of [signer, provider, root]) expect(subject).toMatch(/^CN=TEST /);
  const whole = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    signer.publicKey,
    Buffer.from(signature, 'base64url'),
  );
  expect(whole).toBe(true);
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

describe('a discovery', () => {
  it('is answered as the specification shows it', async () => {
    const { head, body } = await exchange([request('MOSIPDISC', '/device', { type: 'Finger' })]);
    expect(head).toBe(
      `HTTP/1.1 200 OK\r\nCACHE-CONTROL:no-store\r\nLOCATION:http://127.0.0.1:${port}\r\n` +
        `Content-Length: ${body.length}\r\nContent-Type: application/json\r\nConnection: Closed`,
    );
    const [device, ...others] = JSON.parse(body);
    expect(others).toEqual([]);
    const { digitalId, ...shown } = device;
    expect(shown).toEqual({
      deviceId: DEVICE,
      deviceStatus: 'Ready',
      certification: 'L1',
      serviceVersion: '0.9.5',
      deviceSubId: ['1', '2', '3'],
      callbackId: `http://127.0.0.1:${port}/`,
      deviceCode: 'SN-SLAP',
      specVersion: ['0.9.5'],
      purpose: 'Registration',
      error: { errorCode: '0', errorInfo: 'Success' },
    });
    expect(JSON.parse(Buffer.from(digitalId, 'base64url').toString())).toMatchObject({
      serialNo: 'SN-SLAP',
      type: 'Finger',
      deviceSubType: 'Slap',
      dateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  it('lists the devices of the type that are plugged in and powered', async () => {
    expect(await ask('SBIDISC', '/device', { type: 'Biometric Device' })).toHaveLength(2);
    const none = [{ error: { errorCode: '202', errorInfo: 'Error 202' } }];
    expect(await ask('MOSIPDISC', '/device', { type: 'Face' })).toEqual(none);
    await slap.plug(false);
    expect(await ask('MOSIPDISC', '/device', { type: 'Finger' })).toEqual(none);
    await slap.plug(true);
    slap.power(false);
    expect(await ask('MOSIPDISC', '/device', { type: 'Finger' })).toEqual(none);
    slap.power(true);
    expect(await ask('MOSIPDISC', '/device', { type: 'Finger' })).toHaveLength(1);
  });

  it('may come in pieces', async () => {
    const whole = request('MOSIPDISC', '/device', { type: 'Iris' });
    const { body } = await exchange([whole.slice(0, 9), whole.slice(9, -4), whole.slice(-4)]);
    expect(JSON.parse(body)).toMatchObject([{ deviceCode: 'SN-IRIS' }]);
  });
});

it('signs the infos of all devices, and the digital ID in each', async () => {
  const infos = await ask('MOSIPDINFO', '/info', {});
  expect(infos).toHaveLength(2);
  const info = await opened(infos[1].deviceInfo);
  expect(info).toMatchObject({ deviceCode: 'SN-IRIS', env: 'Production', purpose: 'Registration' });
  expect(await opened(info.digitalId!)).toMatchObject({ serialNo: 'SN-IRIS', deviceSubType: 'Double' });
});

it('gives a captured finger, signed and chained to the hash that was sent', async () => {
  slap.device.press?.(image);
  const { biometrics } = await capture();
  expect(biometrics).toHaveLength(1);
  const [{ data, hash, specVersion, error }] = biometrics;
  expect([specVersion, error.errorCode]).toEqual(['0.9.5', '0']);
  const told = await opened(data);
  expect(told).toMatchObject({
    deviceCode: 'SN-SLAP',
    bioType: 'Finger',
    bioSubType: 'Left Thumb',
    purpose: 'Registration',
    env: 'Production',
    transactionId: '1e6f0b52-5c09-4f6b',
    requestedScore: '60',
  });
  expect(await opened(told.digitalId!)).toMatchObject({ serialNo: 'SN-SLAP' });
  const record = Buffer.from(told.bioValue!, 'base64url');
  // "FIR" of version 020; the position, after 16 + 4 + 15 bytes of heads and one quality of 5.
  expect(record.toString('latin1', 0, 8)).toBe('FIR\0' + '020\0');
  expect(record[40]).toBe(6);
  const own = createHash('sha256').update(record).digest();
  const chained = createHash('sha256').update(Buffer.from(FIRST, 'hex')).update(own).digest('hex');
  expect(hash).toBe(chained.toUpperCase());
});

describe('refuses a capture', () => {
  const codeOf = (answer: { biometrics: { error: { errorCode: string } }[] }) =>
    answer.biometrics.map(({ error }) => error.errorCode).join();

  it('with nothing to see, of fingers that are no slap, with a bad transaction, of another device', async () => {
    expect(codeOf(await capture())).toBe('101');
    expect(codeOf(await capture({}, { exception: [] }))).toBe('109');
    expect(codeOf(await capture({}, { deviceSubId: '1' }))).toBe('109');
    expect(codeOf(await capture({}, { deviceSubId: '0' }))).toBe('109');
    expect(codeOf(await capture({ transactionId: 'a_b_c_d' }))).toBe('112');
    expect(codeOf(await capture({ transactionId: 'abc' }))).toBe('112');
    expect(codeOf(await capture({}, { deviceId: 'another' }))).toBe('106');
    expect(codeOf(await capture({ transactionId: 4 }))).toBe('500');
  });

  it('while another one runs, also when nobody waits for that one any more', async () => {
    const socket = connect(port, '127.0.0.1');
    const body = {
      env: 'a',
      purpose: 'b',
      specVersion: 'c',
      timeout: 400,
      transactionId: 'abcd',
      bio: [bio],
    };
    socket.write(request('RCAPTURE', '/capture', body));
    while ((await ask('MOSIPDISC', '/device', { type: 'Finger' }))[0].deviceStatus !== 'Busy') await delay(5);
    socket.destroy();
    expect(codeOf(await capture())).toBe('111');
    while ((await ask('MOSIPDISC', '/device', { type: 'Finger' }))[0].deviceStatus === 'Busy')
      await delay(20);
    expect(codeOf(await capture())).toBe('101');
  });
});

it('streams pictures for as long as it was asked to', async () => {
  const { head, body } = await exchange([
    request('STREAM', '/stream', { deviceId: DEVICE, deviceSubId: '3', timeout: '200' }),
  ]);
  expect(head).toContain('Content-Type: multipart/x-mixed-replace; boundary=--BoundaryString');
  expect(body).toMatch(
    /^--BoundaryString\r\nContent-Type: image\/jpeg\r\nContent-Length: \d+\r\n\r\n\xff\xd8/,
  );
});

it('answers other methods with an error', async () => {
  const { head, body } = await exchange([request('GET', '/device', {})]);
  expect(head).toMatch(/^HTTP\/1\.1 405 /);
  expect(JSON.parse(body)).toMatchObject({ error: { errorCode: '500' } });
});

it('refuses acts and entries that it does not understand', async () => {
  expect(slap.device.act?.({ glass: 'dirty' }).ok).toBe(false);
  expect(slap.device.act?.({ present: { person: 'nobody' } }).ok).toBe(false);
  const bench = { people: [], random: (owner: string) => new Random(owner) };
  expect((await virtualSbi({ id: 'x', kind: 'finger-sensor' }, bench)).ok).toBe(false);
});
