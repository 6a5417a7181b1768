/**
 * The outside of a packet: a header in clear, then the zip sealed with HPKE (RFC 9180, base mode: DHKEM(X25519,
 * HKDF-SHA256), HKDF-SHA256, AES-256-GCM) to the centre's key, the header authenticated with it. Whoever sealed it
 * cannot open it again. Numbers are big-endian; docs/packet.md has the layout for those who write the other side.
 */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { KeyId } from './key-id.ts';

const MAGIC = Buffer.from('ANJUNGAN', 'latin1');
const VERSION = 1;
/** What is inside; sealed as one of them, it does not open as the other. */
const INFO = {
  packet: Buffer.from('anjungan packet 1', 'latin1'),
  /** What else goes to the centre (uplink/dispatch.ts). */
  rows: Buffer.from('anjungan rows 1', 'latin1'),
  /** To the oversight, through the centre, which cannot open it (packet/fee-report.ts). */
  feeReport: Buffer.from('anjungan fee report 1', 'latin1'),
} as const;
const AT = { version: 8, kiosk: 10, centre: 42, length: 74, enc: 78, sealed: 110 } as const;
const TAG = 16;

/** Of a whole packet, bytes: a recording with its papers is some 3 MB. */
export const LARGEST_PACKET = 32 * 2 ** 20;

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

export interface PacketHeader {
  /** Whose signature is inside. */
  readonly kiosk: KeyId;
  /** To whom it is sealed: the centre, of a fee report the oversight. */
  readonly centre: KeyId;
}

/**
 * @param receiverKey the public X25519 key of whoever `header.centre` names
 * @throws RangeError for more than 32 MiB
 */
export async function seal(
  content: Uint8Array,
  header: PacketHeader,
  receiverKey: CryptoKey,
  what: keyof typeof INFO,
): Promise<Uint8Array> {
  const size = AT.sealed + content.length + TAG;
  if (size > LARGEST_PACKET) throw new RangeError(`a packet of ${size} bytes`);
  const sender = await suite.createSenderContext({ recipientPublicKey: receiverKey, info: INFO[what] });
  const packet = Buffer.alloc(size);
  MAGIC.copy(packet);
  packet.writeUInt16BE(VERSION, AT.version);
  packet.write(header.kiosk, AT.kiosk, 'base64url');
  packet.write(header.centre, AT.centre, 'base64url');
  packet.writeUInt32BE(content.length + TAG, AT.length);
  packet.set(new Uint8Array(sender.enc), AT.enc);
  packet.set(new Uint8Array(await sender.seal(content, packet.subarray(0, AT.enc))), AT.sealed);
  return packet;
}

/** What stands outside; nothing of it is proven yet. Errors: PACKET-UNKNOWN, PACKET-CUT, PACKET-ALTERED. */
export function readHeader(packet: Uint8Array): Result<PacketHeader> {
  const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength);
  const begins = bytes.subarray(0, MAGIC.length);
  if (!begins.equals(MAGIC.subarray(0, begins.length))) return fail('PACKET-UNKNOWN', 'another beginning');
  if (bytes.length < AT.sealed + TAG) return fail('PACKET-CUT', `${bytes.length} bytes`);
  const version = bytes.readUInt16BE(AT.version);
  if (version !== VERSION) return fail('PACKET-UNKNOWN', `version ${version}`);
  const size = AT.sealed + bytes.readUInt32BE(AT.length);
  if (bytes.length < size) return fail('PACKET-CUT', `${bytes.length} bytes of ${size}`);
  if (bytes.length > size || size > LARGEST_PACKET)
    return fail('PACKET-ALTERED', `${bytes.length} bytes, ${size} are told`);
  return ok({
    kiosk: bytes.toString('base64url', AT.kiosk, AT.centre) as KeyId,
    centre: bytes.toString('base64url', AT.centre, AT.length) as KeyId,
  });
}

/**
 * The zip inside, as it was sealed. Only the centre can do this, and the bench with its test centre's key.
 * @param packet one that `readHeader` has read
 * @param privateKey the centre's, for X25519
 * @returns PACKET-ALTERED when a byte is not as it was sealed
 */
export async function unseal(packet: Uint8Array, privateKey: CryptoKey): Promise<Result<Uint8Array>> {
  const part = (from: number, to?: number) => packet.slice(from, to);
  try {
    const recipient = await suite.createRecipientContext({
      recipientKey: privateKey,
      enc: part(AT.enc, AT.sealed),
      info: INFO.packet,
    });
    return ok(new Uint8Array(await recipient.open(part(AT.sealed), part(0, AT.enc))));
  } catch {
    // The library throws on a wrong tag and on an encapsulated key of low order alike.
    return fail('PACKET-ALTERED', 'it does not open');
  }
}
