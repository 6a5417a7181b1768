/**
 * Makes a packet: the records, papers, biodata and audit of one session, a manifest that tells and hashes all of it,
 * the manifest signed by this kiosk, the whole sealed to the centre. docs/packet.md tells the format.
 */
import { encodeBirs } from '../biometrics/records/cbeff.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { canonicalJson, type Json } from '../store/canonical-json.ts';
import type { StoredSample } from '../store/samples.ts';
import { pack } from './archive.ts';
import { birOf } from './birs.ts';
import type { CentreKey } from './centre-key.ts';
import {
  checkSealable,
  correctionsOf,
  factsOf,
  type PacketContent,
  type StandingSample,
  sha256Of,
  standingBiodata,
  standingSamples,
} from './content.ts';
import type { KioskKey } from './kiosk-key.ts';
import { manifestOf } from './manifest.ts';
import { seal } from './sealing.ts';

export interface SealedPacket {
  readonly packet: string;
  readonly bytes: Uint8Array;
  /** Of the sealed bytes, lower-case hex. */
  readonly sha256: string;
}

/** Of all records and pictures together, bytes: as base64 in XML they are a third longer, and zipped as long again. */
const LARGEST_RECORDS = 20 * 2 ** 20;

/**
 * Two calls give two different packets, for each is sealed with a key of its own; what is inside is the same.
 * Errors: PACKET-TRAINING, PACKET-INCOMPLETE, PACKET-UNPROVED, PACKET-TOO-LARGE.
 */
export async function buildPacket(
  content: PacketContent,
  kiosk: KioskKey,
  centre: CentreKey,
): Promise<Result<SealedPacket>> {
  const size = content.samples.reduce(
    (sum, { record, proof }) => sum + record.length + (proof?.jws.length ?? 0),
    0,
  );
  if (size > LARGEST_RECORDS) return fail('PACKET-TOO-LARGE', `${size} bytes`);
  const sealable = checkSealable(content);
  if (!sealable.ok) return sealable;

  const header = { kiosk: kiosk.id, centre: centre.id };
  const standing = withPlaces(content);
  const files = contentFiles(content, standing);
  const manifest = jsonFile(manifestOf(content, standing, files, header));
  const [protectedHeader, , signature] = (await kiosk.sign('anjungan-packet', manifest)).split('.');
  const zip = await pack(
    new Map([
      ['manifest.json', manifest],
      // Detached (RFC 7515, appendix F): its payload is the file beside it.
      ['manifest.jws', Buffer.from(`${protectedHeader}..${signature}`)],
      ...files,
    ]),
  );
  const bytes = await seal(zip, header, centre.sealing, 'packet');
  return ok({ packet: content.packet, bytes, sha256: sha256Of(bytes) });
}

type Placed = readonly [made: StandingSample, stored: StoredSample, file: string];

const RECORDS = 'biometrics.xml';

/** The samples that stand, each with the file that holds it. */
function withPlaces({ facts, samples }: PacketContent): Placed[] {
  const held = new Map(samples.map((sample) => [sample.id, sample]));
  return standingSamples(facts).map((made) => {
    // checkSealable has seen that each is there.
    const stored = held.get(made.sample)!;
    return [made, stored, birOf(stored, made) ? RECORDS : `papers/${made.sample}.jpg`];
  });
}

function contentFiles(content: PacketContent, standing: readonly Placed[]): Map<string, Uint8Array> {
  const birs = standing.map(([made, stored]) => birOf(stored, made)).filter((bir) => bir !== null);
  return new Map([
    ['biodata.json', jsonFile(biodataOf(content))],
    [RECORDS, Buffer.from(encodeBirs(birs))],
    ['audit.jsonl', Buffer.concat(content.audit.map(jsonFile))],
    ...standing
      .filter(([, , file]) => file !== RECORDS)
      .map(([, { record }, file]) => [file, record] as const),
    ...standing.flatMap(([{ sample }, { proof }]) =>
      proof ? [[`proofs/${sample}.json`, jsonFile(proof)] as const] : [],
    ),
  ]);
}

/** As it stands, and what was corrected by whom. */
function biodataOf({ facts }: PacketContent): object {
  const { nik } = factsOf(facts, 'identified')[0]!;
  const taken = factsOf(facts, 'biodata-taken').at(-1)!;
  return {
    nik,
    from: taken.from,
    biodata: standingBiodata(facts),
    corrections: correctionsOf(taken, facts).map(({ field, value, by, at }) => ({ field, value, by, at })),
  };
}

/** Canonical (RFC 8785), so that the same content makes the same bytes; one line. */
function jsonFile(value: object): Buffer {
  return Buffer.from(`${canonicalJson(value as Json)}\n`);
}
