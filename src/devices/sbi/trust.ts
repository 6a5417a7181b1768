/**
 * Signatures of SBI devices: JWS (RFC 7515) with RS256 and the signer's certificate in `x5c`, whose path must lead to
 * a certificate that the kiosk trusts.
 */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { compactVerify, decodeProtectedHeader, errors } from 'jose';
import { fail, ok, type Result } from '../../failures/failure.ts';

/** Certificates from the signer's to a trusted one, both included. */
const LONGEST_PATH = 5;
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

export type Trusted = readonly X509Certificate[];

/** Reads a PEM file of one or more certificates; all of them are trusted. SBI-TRUST-UNREADABLE. */
export async function readTrust(file: string): Promise<Result<Trusted>> {
  try {
    const blocks = (await readFile(file, 'latin1')).match(PEM_CERTIFICATE) ?? [];
    if (blocks.length === 0) return fail('SBI-TRUST-UNREADABLE', `${file}: no certificate`);
    return ok(blocks.map((block) => new X509Certificate(block)));
  } catch (error) {
    return fail('SBI-TRUST-UNREADABLE', `${file}: ${(error as Error).message}`);
  }
}

/**
 * The payload of a JWS whose signature is valid and whose signer is trusted at that time.
 * @returns SBI-SIGNATURE-INVALID, SBI-CERTIFICATE-UNTRUSTED or SBI-CERTIFICATE-EXPIRED
 */
export async function verifyJws(jws: string, trusted: Trusted, now: Date): Promise<Result<Uint8Array>> {
  const certificates = certificatesOf(jws);
  if (!certificates.ok) return certificates;
  const [signer, ...helpers] = certificates.value;
  const led = leadsToTrust(signer!, helpers, trusted, now);
  if (!led.ok) return led;
  try {
    const { payload } = await compactVerify(jws, signer!.publicKey, { algorithms: ['RS256'] });
    return ok(payload);
  } catch (error) {
    // A key that is no RSA key of 2048 bits or more is a TypeError.
    if (error instanceof errors.JOSEError || error instanceof TypeError)
      return fail('SBI-SIGNATURE-INVALID', error.message);
    throw error;
  }
}

/** At least one. The header is not to be believed before its signature is verified. */
function certificatesOf(jws: string): Result<readonly X509Certificate[]> {
  try {
    const { x5c } = decodeProtectedHeader(jws) as { x5c?: unknown };
    // Some services send the one certificate without the array.
    const encoded = Array.isArray(x5c) ? x5c : [x5c];
    const certificates = encoded
      .slice(0, LONGEST_PATH)
      .map((der) => new X509Certificate(Buffer.from(String(der), 'base64')));
    return certificates.length > 0 ? ok(certificates) : fail('SBI-SIGNATURE-INVALID', 'no x5c');
  } catch (error) {
    return fail('SBI-SIGNATURE-INVALID', `header: ${(error as Error).message}`);
  }
}

/** Helpers are what the device sends along: they are believed only as links of a path. */
function leadsToTrust(
  signer: X509Certificate,
  helpers: readonly X509Certificate[],
  trusted: Trusted,
  now: Date,
): Result<void> {
  let at = signer;
  for (let length = 1; length < LONGEST_PATH; length++) {
    if (!isValidAt(at, now)) return expired(at);
    if (trusted.some(({ raw }) => raw.equals(at.raw))) return ok();
    const root = trusted.find((candidate) => hasIssued(candidate, at));
    if (root) return isValidAt(root, now) ? ok() : expired(root);
    const next = helpers.find((candidate) => hasIssued(candidate, at));
    if (!next) break;
    at = next;
  }
  return fail('SBI-CERTIFICATE-UNTRUSTED', `issued by ${oneLine(at.issuer)}`);
}

const hasIssued = (issuer: X509Certificate, certificate: X509Certificate) =>
  issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

const isValidAt = ({ validFromDate, validToDate }: X509Certificate, now: Date) =>
  validFromDate <= now && now <= validToDate;

const expired = ({ subject, validFrom, validTo }: X509Certificate) =>
  fail('SBI-CERTIFICATE-EXPIRED', `${oneLine(subject)}: valid from ${validFrom} to ${validTo}`);

/** Of a certificate's names, which hold what their maker liked. */
const oneLine = (name: string) => name.replace(/[^\x20-\x7e]+/g, ', ').slice(0, 120);
