import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildPacket } from '../../src/packet/build.ts';
import { readCentreKey, readOpeningKey } from '../../src/packet/centre-key.ts';
import { inspectPacket } from '../../src/packet/inspect.ts';
import { loadTestCentreKeys } from '../../src/virtual/centre/keys.ts';
import { openPacket } from '../../src/virtual/centre/open-packet.ts';
import { codeOf, value } from '../store/fixture.ts';
import { provenContent, testCentre, testKiosk } from './fixture.ts';
import { BIODATA, sampleOf } from './session.ts';

async function sealed() {
  const content = await provenContent();
  const kiosk = await testKiosk();
  const { centre, opening, folder } = await testCentre();
  const { bytes } = value(await buildPacket(content, kiosk, centre));
  return { content, kiosk, centre, opening, folder, bytes };
}

test('what is sealed opens with the centre’s key, and all of it is told', async () => {
  const { content, kiosk, opening, bytes } = await sealed();
  const inspected = value(await inspectPacket(bytes, opening, kiosk.id));
  expect(inspected).toMatchObject({ valid: true, packet: content.packet, sessionId: content.session });
  const papers = inspected.files.filter(({ name }) => name.startsWith('papers/'));
  expect(papers).toHaveLength(2);
  expect(inspected.files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['biodata.json', 'biometrics.xml', 'audit.jsonl']),
  );
});

test('a certified device’s signed answer goes with its sample', async () => {
  const { kiosk, centre, opening } = await sealed();
  const content = await provenContent();
  const proof = { jws: 'header.payload.signature', hash: 'AB'.repeat(32) };
  const [first, ...others] = content.samples;
  const { bytes } = value(
    await buildPacket({ ...content, samples: [{ ...first!, proof }, ...others] }, kiosk, centre),
  );
  const { files } = value(await inspectPacket(bytes, opening, kiosk.id));
  expect(files.filter(({ name }) => name.startsWith('proofs/'))).toMatchObject([
    { name: `proofs/${first!.id}.json`, bytes: JSON.stringify(proof).length + 1 },
  ]);
});

test('the centre, by its own reading, finds the same records', async () => {
  const { content, kiosk, folder, bytes } = await sealed();
  const opened = await openPacket(bytes, await loadTestCentreKeys(folder), new Set([kiosk.id]));
  if ('refused' in opened) throw new Error(`${opened.refused}: ${opened.detail}`);
  expect(opened).toMatchObject({ session: content.session, nik: BIODATA.nik, biodata: BIODATA });
  const biometric = content.samples.filter(({ kind }) => !['document', 'exception-photo'].includes(kind));
  expect(new Map(opened.records.map(({ index, data }) => [index, data]))).toEqual(
    new Map(biometric.map(({ id, record }) => [id, record])),
  );
  expect(opened.records.map(({ type, subtype }) => [type, ...subtype].join(' '))).toEqual(
    expect.arrayContaining(['Face', 'SignatureSign', 'Finger Right IndexFinger', 'Iris Left', 'Iris Right']),
  );
  expect(opened.manifest.exceptions).toMatchObject([{ kind: 'missing', settled: { by: 'supervisor-1' } }]);
});

test('a packet that was cut, however short, is told from an altered one', async () => {
  const { kiosk, opening, bytes } = await sealed();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
      expect(codeOf(await inspectPacket(bytes.slice(0, length), opening, kiosk.id))).toBe('PACKET-CUT');
    }),
    { numRuns: 100 },
  );
});

test('no bit can be turned unseen', async () => {
  const { kiosk, opening, folder, bytes } = await sealed();
  const keys = await loadTestCentreKeys(folder);
  // Every bit of what is in clear, and some of the rest.
  const bits = fc.oneof(
    fc.integer({ min: 0, max: 126 * 8 }),
    fc.integer({ min: 0, max: bytes.length * 8 - 1 }),
  );
  const told = new Set<string>();
  await fc.assert(
    fc.asyncProperty(bits, async (bit) => {
      const turned = Uint8Array.from(bytes);
      turned[bit >> 3]! ^= 1 << (bit & 7);
      const code = codeOf(await inspectPacket(turned, opening, kiosk.id));
      expect(code).toMatch(/^PACKET-(UNKNOWN|CUT|ALTERED|OTHER-CENTRE)$/);
      told.add(code);
      expect(await openPacket(turned, keys, new Set([kiosk.id]))).toHaveProperty('refused');
    }),
    { numRuns: 150 },
  );
  expect(told).toContain('PACKET-ALTERED');
});

test('random bytes, also behind a good beginning, are refused', async () => {
  const { kiosk, opening, bytes } = await sealed();
  const rubbish = fc.uint8Array({ maxLength: 2_000 });
  await fc.assert(
    fc.asyncProperty(rubbish, fc.constantFrom(0, 8, 10, 78), async (rest, kept) => {
      const packet = Buffer.concat([bytes.subarray(0, kept), rest]);
      expect(codeOf(await inspectPacket(packet, opening, kiosk.id))).toMatch(/^PACKET-/);
    }),
    { numRuns: 100 },
  );
});

test('another centre, another kiosk and bytes behind the end each have their own code', async () => {
  const { kiosk, opening, bytes } = await sealed();
  const other = await testCentre();
  expect(codeOf(await inspectPacket(bytes, other.opening, kiosk.id))).toBe('PACKET-OTHER-CENTRE');
  const neighbour = await testKiosk();
  expect(codeOf(await inspectPacket(bytes, opening, neighbour.id))).toBe('PACKET-OTHER-KIOSK');
  const longer = Buffer.concat([bytes, randomBytes(1)]);
  expect(codeOf(await inspectPacket(longer, opening, kiosk.id))).toBe('PACKET-ALTERED');
});

test('who seals in another kiosk’s name is found by the signature', async () => {
  const content = await provenContent();
  const { centre, opening, folder } = await testCentre();
  const [kiosk, thief] = [await testKiosk(), await testKiosk()];
  const { bytes } = value(await buildPacket(content, { ...thief, id: kiosk.id }, centre));
  expect(codeOf(await inspectPacket(bytes, opening, kiosk.id))).toBe('PACKET-SIGNATURE-INVALID');
  const seen = await openPacket(bytes, await loadTestCentreKeys(folder), new Set([kiosk.id, thief.id]));
  expect(seen).toMatchObject({ refused: 'signature' });
});

test('a good signature on something else is not one on a packet', async () => {
  const content = await provenContent();
  const { centre, opening } = await testCentre();
  const kiosk = await testKiosk();
  const sign = (_: string, payload: Uint8Array) => kiosk.sign('anjungan-dispatch', payload);
  const { bytes } = value(await buildPacket(content, { ...kiosk, sign }, centre));
  expect(codeOf(await inspectPacket(bytes, opening, kiosk.id))).toBe('PACKET-SIGNATURE-INVALID');
});

test('a session with papers too large for a packet is not sealed', async () => {
  const content = await provenContent();
  const large = sampleOf('document', { record: new Uint8Array(20 * 2 ** 20) });
  const { centre } = await testCentre();
  const built = await buildPacket(
    { ...content, samples: [...content.samples, large] },
    await testKiosk(),
    centre,
  );
  expect(codeOf(built)).toBe('PACKET-TOO-LARGE');
});

test('the same content makes the same zip, and never the same packet', async () => {
  const { content, kiosk, centre, bytes } = await sealed();
  const again = value(await buildPacket(content, kiosk, centre));
  expect(again.bytes).toHaveLength(bytes.length);
  expect(again.bytes).not.toEqual(bytes);
  const renamed = value(await buildPacket({ ...content, packet: randomUUID() }, kiosk, centre));
  expect(renamed.sha256).not.toBe(again.sha256);
});

test('a kiosk takes no private key for the centre’s, and a public one opens nothing', async () => {
  const { publicFile, privateFile, folder } = await testCentre();
  expect(codeOf(await readCentreKey(privateFile))).toBe('CENTRE-KEY-INVALID');
  expect(codeOf(await readOpeningKey(publicFile))).toBe('CENTRE-KEY-INVALID');
  expect(codeOf(await readCentreKey(path.join(folder, 'none')))).toBe('CENTRE-KEY-UNREADABLE');
  const { keys } = JSON.parse(readFileSync(publicFile, 'utf8'));
  for (const wrong of ['', '{', '[]', JSON.stringify({ keys: [keys[0], keys[0]] })]) {
    writeFileSync(publicFile, wrong);
    expect(codeOf(await readCentreKey(publicFile))).toBe('CENTRE-KEY-INVALID');
  }
});
