/**
 * Keys of certified devices and what they sign: JWS in compact form (RFC 7515), RS256, the certificates in `x5c`
 * (MOSIP device service specification 0.9.5, "Digital ID" and "Signature"). All of it with keys named TEST.
 */
import { sign } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Identity, longOver, makeIdentity } from './test-certificates.ts';

/** The root that the bench's kiosk trusts, and one that it does not. */
let authorities: Promise<Record<'trusted' | 'foreign', Authority>> | undefined;

interface Authority {
  readonly root: Identity;
  /** Issues the certificates of devices. */
  readonly provider: Identity;
}

export interface DeviceKeys {
  readonly provider: Identity;
  /** Signs records and infos. */
  readonly device: Identity;
  /** Of the trust module: signs the digital ID. */
  readonly module: Identity;
}

async function makeAuthority(name: string): Promise<Authority> {
  const root = await makeIdentity(`${name} root`, { authority: true });
  return { root, provider: await makeIdentity(`${name} provider`, { authority: true, issuer: root }) };
}

async function authority(which: 'trusted' | 'foreign'): Promise<Authority> {
  authorities ??= Promise.all([makeAuthority('SBI'), makeAuthority('foreign SBI')]).then(
    ([trusted, foreign]) => ({ trusted, foreign }),
  );
  return (await authorities)[which];
}

/** Writes the root that devices with `trusted` keys lead to. */
export async function writeTrust(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, (await authority('trusted')).root.certificate.toString());
}

export async function makeKeys(
  serialNumber: string,
  which: 'trusted' | 'foreign' | 'expired',
): Promise<DeviceKeys> {
  const { provider } = await authority(which === 'foreign' ? 'foreign' : 'trusted');
  const validity = which === 'expired' ? { validity: longOver() } : {};
  const [device, module] = await Promise.all([
    makeIdentity(`device ${serialNumber}`, { issuer: provider, ...validity }),
    makeIdentity(`trust module ${serialNumber}`, { issuer: provider }),
  ]);
  return { provider, device, module };
}

export function signJws(payload: unknown, signer: Identity, provider: Identity): string {
  const x5c = [signer, provider].map(({ certificate }) => certificate.raw.toString('base64'));
  const input = `${encode({ alg: 'RS256', typ: 'JWT', x5c })}.${encode(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), signer.key).toString('base64url')}`;
}

/** The same JWS with another signature. */
export function spoilSignature(jws: string): string {
  const [header, payload, signature] = jws.split('.');
  const bytes = Buffer.from(signature!, 'base64url');
  bytes[0]! ^= 1;
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}

/** As documents are where they are not signed. */
export const encode = (document: unknown) => Buffer.from(JSON.stringify(document)).toString('base64url');
