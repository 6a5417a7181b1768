import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fail, ok } from '../../src/failures/failure.ts';
import { inspectPacket } from '../../src/packet/inspect.ts';
import { createSealing } from '../../src/packet/seal-session.ts';
import { packetShelf } from '../../src/packet/shelf.ts';
import { loadTestCentreKeys } from '../../src/virtual/centre/keys.ts';
import { openPacket } from '../../src/virtual/centre/open-packet.ts';
import { codeOf, opened, temporaryFolder, value } from '../store/fixture.ts';
import { testCentre, testKiosk } from './fixture.ts';
import { sealingParts, storeSession } from './session.ts';

async function kiosk() {
  const dataDir = temporaryFolder();
  const store = await opened(dataDir);
  const centre = await testCentre();
  const parts = sealingParts(store, dataDir, await testKiosk(), centre.centre);
  const sealing = createSealing(parts);
  return { dataDir, store, parts, sealing, centre, session: await storeSession(store, sealing) };
}

test('a proved session is sealed once, and the centre finds what the store keeps', async () => {
  const { store, parts, sealing, session, centre } = await kiosk();
  const first = value(await sealing.seal(session, 'operator-1'));
  expect(first).toMatchObject([{ type: 'sealed', by: 'operator-1' }]);
  expect(value(await sealing.seal(session, 'operator-1'))).toEqual(first);

  const [row, second] = value(await store.outbox.pending());
  expect(second).toBeUndefined();
  const bytes = value(await parts.shelf.get(row!.id))!;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(row!.payload).toMatchObject({ session, sha256, bytes: bytes.length });
  expect(first).toMatchObject([{ packet: row!.id, sha256 }]);
  expect(value(await store.intents.open())).toEqual([]);

  expect(value(await inspectPacket(bytes, centre.opening, parts.kiosk.id)).sessionId).toBe(session);
  const found = await openPacket(bytes, await loadTestCentreKeys(centre.folder), new Set([parts.kiosk.id]));
  expect(found).toMatchObject({ session, packet: row!.id });

  const number = value(await sealing.receiptNumber(session));
  expect(number).toMatch(/^[0-9A-F]{4}-000001$/);
  expect(value(await sealing.receiptNumber(session))).toBe(number);
  expect(value(await createSealing(parts).receiptNumber(randomUUID()))).toMatch(/-000002$/);
  expect(value(await store.audit.verify()).ok).toBe(true);
});

test('a proof that was lost with the process is made again, and must be the same', async () => {
  const { parts, session } = await kiosk();
  const proveSample = async () => ok({ score: 9, ok: true });
  const doubting = createSealing({ ...parts, proveSample });
  expect(codeOf(await doubting.seal(session, 'operator-1'))).toBe('PACKET-UNPROVED');
  const restarted = createSealing(parts);
  expect(codeOf(await restarted.seal(session, 'operator-1'))).toBe('ok');
});

test('no centre, or a disk that takes no packet, leaves the session unsealed and nothing behind', async () => {
  const { dataDir, store, parts, session } = await kiosk();
  const folder = path.join(dataDir, 'packets');
  writeFileSync(folder, 'a file in the way');
  const lone = createSealing({ ...parts, centre: undefined });
  expect(codeOf(await lone.seal(session, 'operator-1'))).toBe('PACKET-CENTRE-UNTOLD');
  const sealing = createSealing(parts);
  expect(codeOf(await sealing.seal(session, 'operator-1'))).toBe('STORE-READ-ONLY');
  rmSync(folder);
  expect(value(await store.outbox.pending())).toEqual([]);
  expect(value(await sealing.seal(session, 'operator-1'))).toMatchObject([{ type: 'sealed' }]);
});

test('at start an intent without its fact is given up, and what it left is removed', async () => {
  const { dataDir, store, parts, sealing, session } = await kiosk();
  const packet = randomUUID();
  const intent = {
    id: randomUUID(),
    kind: 'sealing',
    sessionId: session,
    subject: { packet },
    by: 'rina',
  } as const;
  value(await store.intents.begin(intent));
  value(await parts.shelf.put(packet, new Uint8Array(100)));
  value(await sealing.settleOpen());
  expect(readdirSync(path.join(dataDir, 'packets'))).toEqual([]);
  expect(value(await store.intents.open())).toEqual([]);
  expect(value(await sealing.seal(session, 'rina'))).toHaveLength(1);
});

test('a sealing whose fact was stored is done, though nobody heard of it, and its packet stays', async () => {
  const { dataDir, store, parts, session } = await kiosk();
  // The process ends right after the transaction: its answer never comes.
  // The rooms are proxies: what they can do is not listed by spreading.
  const { facts } = store.sessions;
  const record: typeof store.sessions.record = async (...step) => {
    value(await store.sessions.record(...step));
    return fail('STORE-STOPPED');
  };
  const dying = createSealing({
    ...parts,
    store: { ...store, sessions: { ...store.sessions, facts, record } },
  });
  expect(codeOf(await dying.seal(session, 'rina'))).toBe('STORE-STOPPED');
  expect(value(await store.intents.open())).toEqual([]);
  value(await createSealing(parts).settleOpen());
  const [sealed] = value(await createSealing(parts).seal(session, 'rina'));
  if (sealed?.type !== 'sealed') throw new Error('a session that is sealed has that fact');
  expect(existsSync(path.join(dataDir, 'packets', `${sealed.packet}.packet`))).toBe(true);
  expect(value(await store.outbox.pending())).toMatchObject([{ id: sealed.packet }]);
});

test('packets that are put at once do not take each other’s drafts for remains of a power cut', async () => {
  const folder = temporaryFolder();
  const shelf = packetShelf(folder);
  const packets = Array.from({ length: 8 }, () => randomUUID());
  const put = await Promise.all(packets.map((packet) => shelf.put(packet, new Uint8Array(100_000))));
  expect(put.map(codeOf)).toEqual(packets.map(() => 'ok'));
  writeFileSync(path.join(folder, 'packets', 'torn.draft'), '');
  value(await packetShelf(folder).put(packets[0]!, new Uint8Array(1)));
  expect(readdirSync(path.join(folder, 'packets')).toSorted()).toEqual(
    packets.map((id) => `${id}.packet`).toSorted(),
  );
});
