/** What tests of packets share: content that may be sealed, a kiosk's key and a test centre's. */
import { randomBytes, randomUUID } from 'node:crypto';
import { fail, ok } from '../../src/failures/failure.ts';
import { type CentreKey, readCentreKey, readOpeningKey } from '../../src/packet/centre-key.ts';
import { type PacketContent, type Proof, sha256OfJson } from '../../src/packet/content.ts';
import { kioskKey } from '../../src/packet/kiosk-key.ts';
import { proveSession } from '../../src/packet/prove.ts';
import { makeTestCentreKeys } from '../../src/virtual/centre/keys.ts';
import { temporaryFolder, value } from '../store/fixture.ts';
import { AT, recordedSession, type Session } from './session.ts';

export async function provenContent({ facts, samples }: Session = recordedSession()): Promise<PacketContent> {
  const session = randomUUID();
  const proof = await proofOf(session, { facts, samples });
  const proved = { type: 'proved', samples: proof.samples.length, sha256: sha256OfJson(proof) } as const;
  return {
    packet: randomUUID(),
    session,
    sealedAt: AT,
    policy: 'ab'.repeat(32),
    facts: [...facts, { ...proved, seq: facts.length + 1, at: AT, by: 'kiosk' }],
    samples,
    audit: [7, 9].map((seq) => {
      const entry = {
        seq,
        time: AT,
        event: 'session-fact',
        by: 'resident',
        policy: 'ab'.repeat(32),
        data: { session },
        previous: '00'.repeat(32),
      };
      return { ...entry, hash: sha256OfJson(entry) };
    }),
    proof,
  };
}

export async function proofOf(session: string, { facts, samples }: Session): Promise<Proof> {
  const read = async (id: string) => {
    const found = samples.find((sample) => sample.id === id);
    return found ? ok(found) : fail('PACKET-INCOMPLETE', id);
  };
  return value(await proveSession(session, facts, read, async () => ok({ score: 0, ok: true })));
}

export async function testCentre() {
  const folder = temporaryFolder();
  const { publicFile, privateFile } = await makeTestCentreKeys(folder);
  const centre: CentreKey = value(await readCentreKey(publicFile));
  return { folder, publicFile, privateFile, centre, opening: value(await readOpeningKey(privateFile)) };
}

export const testKiosk = () => kioskKey(randomBytes(32));
