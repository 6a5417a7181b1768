import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrust, verifyJws } from '../../../src/devices/sbi/trust.ts';
import { makeIdentity } from '../../../src/virtual/devices/test-certificates.ts';
import { der, jws, keys, NOW, signBytes, trusted, validity } from './signed.ts';

const { root, provider, device, module, stranger } = keys;
const payload = { hello: 'device' };
const outcome = async (signed: string, anchors = trusted, now = NOW) => {
  const verified = await verifyJws(signed, anchors, now);
  return verified.ok ? JSON.parse(Buffer.from(verified.value).toString()) : verified.failure.code;
};

describe('a signature', () => {
  it('is valid by a device whose certificate leads to the root over the certificates sent along', async () => {
    expect(await outcome(await jws(payload))).toEqual(payload);
  });

  it('is valid by a device whose issuer is trusted itself, and by one that is', async () => {
    expect(await outcome(await jws(payload, device, [device]), [provider.certificate])).toEqual(payload);
    expect(await outcome(await jws(payload, device, [device]), [device.certificate])).toEqual(payload);
  });

  it('is not when any byte of it, of the payload or of the header is another', async () => {
    const signed = await jws(payload);
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.length - 1), fc.constantFrom(...'Aw_-9.'), async (at, character) => {
        const changed = `${signed.slice(0, at)}${character}${signed.slice(at + 1)}`;
        const same = (text: string) =>
          text.split('.').map((each) => Buffer.from(each, 'base64url').toString('hex'));
        // The last character of a part holds bits that nobody reads.
        fc.pre(String(same(changed)) !== String(same(signed)));
        expect(await outcome(changed)).toMatch(
          /^SBI-(SIGNATURE-INVALID|CERTIFICATE-UNTRUSTED|CERTIFICATE-EXPIRED)$/,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('is not when another key made it than that of the certificate', async () => {
    expect(
      await outcome(
        await signBytes(Buffer.from('{}'), { alg: 'RS256', x5c: [der(device), der(provider)] }).sign(
          module.key,
        ),
      ),
    ).toBe('SBI-SIGNATURE-INVALID');
  });

  it('is not by another algorithm, be it none or a secret that everybody knows', async () => {
    const x5c = [der(device), der(provider)];
    expect(await outcome(await signBytes(Buffer.from('{}'), { alg: 'PS256', x5c }).sign(device.key))).toBe(
      'SBI-SIGNATURE-INVALID',
    );
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(await outcome(`${part({ alg: 'none', x5c })}.${part({})}.`)).toBe('SBI-SIGNATURE-INVALID');
    const input = `${part({ alg: 'HS256', x5c })}.${part({})}`;
    const publicKey = device.certificate.publicKey.export({ type: 'spki', format: 'pem' });
    const mac = createHmac('sha256', publicKey).update(input).digest('base64url');
    expect(await outcome(`${input}.${mac}`)).toBe('SBI-SIGNATURE-INVALID');
  });

  it.each([
    '',
    '.',
    'a.b',
    'a.b.c',
    '..',
    'e30.e30.e30',
    'eyJ4NWMiOltdfQ.e30.e30',
    'eyJ4NWMiOlsiQUFBQSJdfQ.e30.e30',
  ])('is not %o', async (text) => {
    expect(await outcome(text)).toBe('SBI-SIGNATURE-INVALID');
  });
});

describe('a certificate', () => {
  it('is not trusted from another root, though of the same name', async () => {
    const foreign = await makeIdentity('device', { issuer: stranger, validity });
    expect(await outcome(await jws(payload, foreign, [foreign, stranger]))).toBe('SBI-CERTIFICATE-UNTRUSTED');
    expect(await outcome(await jws(payload, foreign, [foreign, root]))).toBe('SBI-CERTIFICATE-UNTRUSTED');
  });

  it('is not trusted when the one between is not sent, or is no authority', async () => {
    expect(await outcome(await jws(payload, device, [device]))).toBe('SBI-CERTIFICATE-UNTRUSTED');
    const smuggled = await makeIdentity('smuggled', { issuer: device, validity });
    expect(await outcome(await jws(payload, smuggled, [smuggled, device, provider]))).toBe(
      'SBI-CERTIFICATE-UNTRUSTED',
    );
    expect(await outcome(await jws(payload, smuggled, [smuggled]), [device.certificate])).toBe(
      'SBI-CERTIFICATE-UNTRUSTED',
    );
  });

  it('has its time, and so has each on the way', async () => {
    const signed = await jws(payload);
    expect(await outcome(signed, trusted, new Date('2025-12-31T00:00:00Z'))).toBe('SBI-CERTIFICATE-EXPIRED');
    expect(await outcome(signed, trusted, new Date('2027-01-02T00:00:00Z'))).toBe('SBI-CERTIFICATE-EXPIRED');
    const over = { from: new Date('2025-01-01T00:00:00Z'), to: new Date('2025-06-01T00:00:00Z') };
    const old = await makeIdentity('old provider', { authority: true, issuer: root, validity: over });
    const young = await makeIdentity('device', { issuer: old, validity });
    expect(await outcome(await jws(payload, young, [young, old]))).toBe('SBI-CERTIFICATE-EXPIRED');
  });
});

describe('the trust file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trust-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const read = async (text: string) => {
    const file = join(folder, 'trust.pem');
    await writeFile(file, text);
    const trust = await readTrust(file);
    return trust.ok ? trust.value.map(({ subject }) => subject) : trust.failure.code;
  };

  it('holds one certificate or more, and remarks', async () => {
    const pem = `# MOSIP\n${root.certificate.toString()}\nprovider:\n${provider.certificate.toString()}`;
    expect(await read(pem)).toEqual(['CN=TEST root', 'CN=TEST provider']);
  });

  it('is refused when it is absent, empty, or not a certificate', async () => {
    const absent = await readTrust(join(folder, 'absent.pem'));
    expect(absent).toMatchObject({ ok: false, failure: { code: 'SBI-TRUST-UNREADABLE' } });
    expect(await read('')).toBe('SBI-TRUST-UNREADABLE');
    expect(await read('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')).toBe(
      'SBI-TRUST-UNREADABLE',
    );
  });
});
