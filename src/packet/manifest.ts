/** What stands in a packet, of whom it comes and who approved it: the part that the kiosk signs. */
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { StoredSample } from '../store/samples.ts';
import { factsOf, type PacketContent, type StandingSample, sha256Of } from './content.ts';
import type { PacketHeader } from './sealing.ts';

export const FORMAT = 'anjungan packet';
const VERSION = 1;

/** Who did, confirmed or lifted what; the facts as they are kept. */
const APPROVALS = [
  'notice-acknowledged',
  'guardian-signed',
  'record-looked-up',
  'biodata-confirmed',
  'reviewed',
  'correction-confirmed',
  'identity-checked',
  'override-approved',
] as const;

const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const keyId = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** What `packet inspect` relies on; docs/packet.md tells all members. */
const manifest = z.looseObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  packet: id,
  session: id,
  kiosk: keyId,
  centre: keyId,
  training: z.literal(false),
  policy: sha256,
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int().min(0), sha256 })),
});
export type Manifest = z.infer<typeof manifest>;

/** @param files all of the packet but the manifest itself */
export function manifestOf(
  content: PacketContent,
  standing: readonly (readonly [StandingSample, StoredSample, file: string])[],
  files: ReadonlyMap<string, Uint8Array>,
  { kiosk, centre }: PacketHeader,
): object {
  const { facts } = content;
  const opened = factsOf(facts, 'opened')[0]!;
  const identified = factsOf(facts, 'identified')[0]!;
  const settled = new Map(
    factsOf(facts, 'exception-settled').map(({ exception, by, at, approved }) => [
      exception,
      { by, at, approved },
    ]),
  );
  return {
    format: FORMAT,
    version: VERSION,
    packet: content.packet,
    session: content.session,
    kiosk,
    centre,
    sealedAt: content.sealedAt,
    policy: content.policy,
    training: opened.training,
    reason: opened.reason,
    channel: opened.channel,
    identified: { means: identified.means, onRoster: identified.onRoster },
    receipt: factsOf(facts, 'receipt-issued').at(-1)?.receipt ?? null,
    files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256Of(bytes) })),
    samples: standing.map(([made, stored, file]) => ({
      ...made,
      file,
      kind: stored.kind,
      sha256: sha256Of(stored.record),
      bytes: stored.record.length,
      quality: stored.quality,
      reasons: stored.reasons,
      device: stored.device,
    })),
    exceptions: factsOf(facts, 'exception-recorded').map(
      ({ exception, subject, kind, reason, photo, by, at }) => ({
        exception,
        subject,
        kind,
        reason,
        photo,
        recorded: { by, at },
        settled: settled.get(exception) ?? null,
      }),
    ),
    approvals: factsOf(facts, ...APPROVALS),
    proof: content.proof,
  };
}

/** @param bytes of manifest.json, its signature checked. PACKET-INVALID when it is none of this version. */
export function readManifest(bytes: Uint8Array): Result<Manifest> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail('PACKET-INVALID', 'manifest.json is no JSON');
  }
  const read = manifest.safeParse(json);
  if (read.success) return ok(read.data);
  const fields = read.error.issues.map(({ path }) => path.join('.'));
  return fail('PACKET-INVALID', `manifest.json: ${fields.join(', ')}`);
}
