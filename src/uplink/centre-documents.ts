/**
 * What the centre sends: each document is a compact JWS (RFC 7515) by the centre's signing key, its type in the header,
 * and names the kiosk it is for. A document tells how things stand, so that one that is read twice changes nothing.
 */
import { compactVerify } from 'jose';
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { CentreKey } from '../packet/centre-key.ts';
import type { KeyId } from '../packet/key-id.ts';
import { shipment } from '../store/cards.ts';
import { invitation } from '../store/roster.ts';
import { OUTBOX_KINDS } from '../store/sending-events.ts';
import { reportedStatus } from '../store/statuses.ts';

const kiosk = z.string().length(43);
const receipt = z.strictObject({
  kind: z.enum(OUTBOX_KINDS),
  id: z.guid(),
  /** dispatch.ts, rowSha256. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  verdict: z.enum(['received', 'refused']),
  /** A word of the centre's, where it refused. */
  reason: z.string().max(64).optional(),
});
export type CentreReceipt = z.infer<typeof receipt>;

const documents = {
  'anjungan-roster': z.strictObject({
    kiosk,
    number: z.int().min(1),
    invitations: z.array(invitation).max(50_000),
  }),
  'anjungan-shipments': z.strictObject({ kiosk, shipments: z.array(shipment).max(1_000) }),
  'anjungan-receipts': z.strictObject({ kiosk, receipts: z.array(receipt).max(50_000) }),
  'anjungan-statuses': z.strictObject({ kiosk, statuses: z.array(reportedStatus).max(50_000) }),
} as const;

type Type = keyof typeof documents;
export type CentreDocument = {
  [T in Type]: { readonly type: T; readonly content: z.infer<(typeof documents)[T]> };
}[Type];

/** Errors: UPLINK-SIGNATURE-INVALID, UPLINK-OTHER-KIOSK, UPLINK-DOCUMENT-INVALID. */
export async function readDocument(
  bytes: Uint8Array,
  { signing }: CentreKey,
  kiosk: KeyId,
): Promise<Result<CentreDocument>> {
  let verified: Awaited<ReturnType<typeof compactVerify>>;
  try {
    verified = await compactVerify(bytes, signing.key, { algorithms: ['EdDSA'] });
  } catch {
    return fail('UPLINK-SIGNATURE-INVALID');
  }
  const type = verified.protectedHeader.typ ?? '';
  if (!isType(type)) return fail('UPLINK-DOCUMENT-INVALID', 'a type that this kiosk does not know');
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(verified.payload));
  } catch {
    return fail('UPLINK-DOCUMENT-INVALID', `${type}: no JSON`);
  }
  const read = documents[type].safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    return fail('UPLINK-DOCUMENT-INVALID', `${type}: ${issue?.path.join('.')}`);
  }
  if (read.data.kiosk !== kiosk) return fail('UPLINK-OTHER-KIOSK', read.data.kiosk);
  return ok({ type, content: read.data } as CentreDocument);
}

function isType(type: string): type is Type {
  return Object.hasOwn(documents, type);
}
