/** Opens a packet and checks all of it, as the centre would: for the bench, and for whoever holds a centre's key. */
import { fail, ok, type Result } from '../failures/failure.ts';
import { type Files, unpack } from './archive.ts';
import type { OpeningKey } from './centre-key.ts';
import { sha256Of } from './content.ts';
import type { KeyId } from './key-id.ts';
import { verifyKiosk } from './kiosk-key.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type PacketHeader, readHeader, unseal } from './sealing.ts';

export interface Inspected {
  /** Whatever is not valid is a failure. */
  readonly valid: true;
  readonly packet: string;
  readonly sessionId: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/**
 * @param kiosk the kiosk that it should be of
 * @returns PACKET-UNKNOWN: no packet, or of a newer version; PACKET-CUT: its end is missing; PACKET-OTHER-CENTRE,
 *   PACKET-OTHER-KIOSK; PACKET-ALTERED: not as it was sealed; PACKET-SIGNATURE-INVALID: sealed by somebody who is not
 *   the kiosk it names; PACKET-INVALID: signed, but not what a packet is
 */
export async function inspectPacket(
  packet: Uint8Array,
  opening: OpeningKey,
  kiosk: KeyId,
): Promise<Result<Inspected>> {
  const header = readHeader(packet);
  if (!header.ok) return header;
  if (header.value.centre !== opening.id) return fail('PACKET-OTHER-CENTRE', header.value.centre);
  const zip = await unseal(packet, opening.key);
  if (!zip.ok) return zip;
  // Only now is it proven that the header is as it was written.
  if (header.value.kiosk !== kiosk) return fail('PACKET-OTHER-KIOSK', header.value.kiosk);
  const files = await unpack(zip.value);
  if (!files.ok) return files;
  const manifest = await signedManifest(files.value, header.value);
  if (!manifest.ok) return manifest;
  const wrong = wrongWith(files.value, manifest.value, header.value);
  if (wrong !== undefined) return fail('PACKET-INVALID', wrong);
  return ok({
    valid: true,
    packet: manifest.value.packet,
    sessionId: manifest.value.session,
    files: manifest.value.files,
  });
}

async function signedManifest(files: Files, { kiosk }: PacketHeader): Promise<Result<Manifest>> {
  const manifest = files.get('manifest.json');
  const jws = files.get('manifest.jws');
  if (!manifest || !jws) return fail('PACKET-INVALID', 'no signed manifest');
  const [protectedHeader, payload, signature] = Buffer.from(jws).toString('latin1').split('.');
  if (payload !== '') return fail('PACKET-INVALID', 'its signature is not detached');
  const whole = `${protectedHeader}.${Buffer.from(manifest).toString('base64url')}.${signature}`;
  const verified = await verifyKiosk(whole, 'anjungan-packet', kiosk);
  return verified.ok ? readManifest(verified.value) : verified;
}

/** A signed manifest of another packet, or files that it does not tell. */
function wrongWith(files: Files, manifest: Manifest, { kiosk, centre }: PacketHeader): string | undefined {
  if (manifest.kiosk !== kiosk || manifest.centre !== centre) return 'a manifest of another packet';
  const told = new Map(manifest.files.map((file) => [file.name, file]));
  for (const [name, bytes] of files) {
    if (name === 'manifest.json' || name === 'manifest.jws') continue;
    const file = told.get(name);
    if (!file) return `${name} is not in the manifest`;
    if (file.bytes !== bytes.length || file.sha256 !== sha256Of(bytes)) return `${name} differs`;
  }
  const lacking = manifest.files.find(({ name }) => !files.has(name));
  return lacking && `${lacking.name} is missing`;
}
