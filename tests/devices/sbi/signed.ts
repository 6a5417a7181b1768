/** Answers signed with test keys, made of the bench's certificates and jose's own signer. */
import { CompactSign, SignJWT } from 'jose';
import {
  type Identity,
  makeIdentity,
  type Validity,
} from '../../../src/virtual/devices/test-certificates.ts';

export const NOW = new Date('2026-03-04T05:06:07Z');
const validity: Validity = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };

const root = await makeIdentity('root', { authority: true, validity });
const provider = await makeIdentity('provider', { authority: true, issuer: root, validity });
const [device, module, stranger] = await Promise.all([
  makeIdentity('device', { issuer: provider, validity }),
  makeIdentity('trust module', { issuer: provider, validity }),
  makeIdentity('root', { authority: true, validity }),
]);
export const keys = { root, provider, device, module, stranger };
export const trusted = [root.certificate];
export { validity };

export const der = ({ certificate }: Identity) => certificate.raw.toString('base64');

export function jws(
  payload: object,
  signer: Identity = device,
  x5c: readonly Identity[] = [signer, provider],
): Promise<string> {
  return new SignJWT({ ...payload })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', x5c: x5c.map(der) })
    .sign(signer.key);
}

export function signBytes(bytes: Uint8Array, header: { readonly alg: string; readonly x5c?: string[] }) {
  return new CompactSign(bytes).setProtectedHeader(header);
}
