/**
 * X.509 certificates (RFC 5280, DER) for the bench's own authority, made anew at each start: whatever they sign is
 * worth nothing outside a test, and every name says so.
 */
import { generateKeyPair, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';

const newKeyPair = promisify(generateKeyPair);
const DAY_MS = 86_400_000;

export interface Identity {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
}

export interface Validity {
  readonly from: Date;
  readonly to: Date;
}

/** From yesterday on for a month, as device keys are. */
export const fresh = (): Validity => ({
  from: new Date(Date.now() - DAY_MS),
  to: new Date(Date.now() + 30 * DAY_MS),
});
export const longOver = (): Validity => ({
  from: new Date(Date.now() - 60 * DAY_MS),
  to: new Date(Date.now() - 30 * DAY_MS),
});

/** A key of RSA 2048 and a certificate for it; without an issuer it issues its own. */
export async function makeIdentity(
  name: string,
  options: { readonly issuer?: Identity; readonly authority?: boolean; readonly validity?: Validity },
): Promise<Identity> {
  const { publicKey, privateKey } = await newKeyPair('rsa', { modulusLength: 2048 });
  const subject = nameOf(`TEST ${name}`);
  const { issuer, authority = false, validity = fresh() } = options;
  const issuerName = issuer ? nameOf(issuer.certificate.subject.replace(/^CN=/, '')) : subject;
  const body = sequence(
    tlv(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    SHA256_RSA,
    issuerName,
    sequence(time(validity.from), time(validity.to)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(basicConstraints(authority))),
  );
  const signature = sign('sha256', body, issuer?.key ?? privateKey);
  const der = sequence(body, SHA256_RSA, tlv(0x03, Buffer.of(0), signature));
  return { key: privateKey, certificate: new X509Certificate(der) };
}

function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  // Short form; or the number of length bytes, then those.
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...head), content]);
}

const sequence = (...items: readonly Uint8Array[]) => tlv(0x30, ...items);
const integer = (bytes: Uint8Array) => tlv(0x02, bytes);
const objectId = (...bytes: readonly number[]) => tlv(0x06, Buffer.from(bytes));

/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11, with its NULL. */
const SHA256_RSA = sequence(
  objectId(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b),
  Buffer.of(0x05, 0x00),
);

/** Of a common name (2.5.4.3, UTF8String) only. */
const nameOf = (commonName: string) =>
  sequence(tlv(0x31, sequence(objectId(0x55, 0x04, 0x03), tlv(0x0c, Buffer.from(commonName)))));

/** UTCTime, for years to 2049. */
const time = (at: Date) => tlv(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));

/** 2.5.29.19, critical. */
const basicConstraints = (authority: boolean) =>
  sequence(
    objectId(0x55, 0x1d, 0x13),
    tlv(0x01, Buffer.of(0xff)),
    tlv(0x04, authority ? sequence(tlv(0x01, Buffer.of(0xff))) : sequence()),
  );
