import { createHash, randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DRAFT } from '../../src/packet/atomic-file.ts';
import { createFolderUplink } from '../../src/uplink/folder.ts';
import { VirtualCentre } from '../../src/virtual/centre/centre.ts';
import { testCentre, testKiosk } from '../packet/fixture.ts';
import { BIODATA } from '../packet/session.ts';
import { codeOf, value } from '../store/fixture.ts';
import { activated, DAY, invitation, kioskAndCentre, sealedSession } from './fixture.ts';

test('packets and rows go out, receipts come back, and only then the packet leaves the disk', async () => {
  const kiosk = await kioskAndCentre();
  const { store, centre, parts, uplink, dataDir } = kiosk;
  const packet = await sealedSession(kiosk);
  const activation = await activated(store);
  const onShelf = () => existsSync(path.join(dataDir, 'packets', `${packet}.packet`));

  expect(value(await uplink.send('operator-1'))).toEqual({ batch: 1, rows: 2, missing: [] });
  expect(value(await uplink.send('operator-1'))).toEqual({ batch: null, rows: 0, missing: [] });
  expect(value(await uplink.reconcile())).toContainEqual({
    kind: 'packet',
    sent: 1,
    received: 0,
    unknown: 1,
    waiting: 0,
  });
  expect(onShelf()).toBe(true);

  const collected = await centre.collect(parts.outbox, DAY);
  expect(collected).toMatchObject({ packets: [{ packet, nik: BIODATA.nik }], rows: 1, refused: [] });
  expect(readdirSync(parts.outbox)).toEqual([]);
  await centre.answer(parts.inbox, parts.kiosk.id);
  expect(value(await uplink.receive('operator-1'))).toMatchObject({
    received: 2,
    refused: [],
    rejected: [],
    strangers: 0,
  });
  expect(onShelf()).toBe(false);
  expect(value(await uplink.reconcile())).toEqual([
    { kind: 'activation', sent: 1, received: 1, unknown: 0, waiting: 0 },
    { kind: 'packet', sent: 1, received: 1, unknown: 0, waiting: 0 },
  ]);
  expect(value(await store.statuses.of(BIODATA.nik))).toMatchObject({
    status: 'RECEIVED_AT_CENTRAL',
    source: 'centre',
  });
  expect(activation).toBeDefined();

  // The same documents again change nothing.
  expect(value(await uplink.receive('operator-1'))).toMatchObject({
    documents: 3,
    received: 0,
    refused: [],
    strangers: 0,
  });
  expect(value(await store.audit.verify()).ok).toBe(true);
});

test('a roster and shipments come in; an older roster and whatever is not the centre’s is refused by code', async () => {
  const { store, centre, parts, uplink, folder } = await kioskAndCentre();
  await centre.invite([invitation(1), invitation(2)]);
  await centre.ship({
    id: 'kiriman-1',
    arrivedOn: DAY,
    cards: [{ nik: invitation(1).nik, name: 'SRI CONTOH', village: 'TANJUNG LAGO' }],
  });
  await centre.answer(parts.inbox, parts.kiosk.id);
  const oldRoster = readFileSync(path.join(parts.inbox, 'roster.jws'));
  expect(value(await uplink.receive('rina'))).toMatchObject({ documents: 4, refused: [] });
  expect(value(await store.roster.lookUp({ nik: invitation(2).nik }, 'rina'))).toMatchObject([
    { id: 'undangan-2' },
  ]);
  expect(value(await store.cards.counts())).toMatchObject([{ arrived: 1, handedOver: 0, inSafe: 1 }]);

  await centre.invite([invitation(3)]);
  await centre.answer(parts.inbox, parts.kiosk.id);
  value(await uplink.receive('rina'));
  reread(parts.inbox, 'roster.jws', oldRoster);
  expect(value(await uplink.receive('rina')).refused).toMatchObject([
    { file: 'roster.jws', failure: { code: 'ROSTER-OLDER' } },
  ]);
  expect(value(await store.roster.current())).toMatchObject({ number: 2 });

  const forged = await VirtualCentre.open(path.join(folder, 'forger'));
  await forged.enrol(parts.kiosk.id);
  await forged.answer(parts.inbox, parts.kiosk.id);
  const codes = value(await uplink.receive('rina')).refused.map(({ failure }) => failure.code);
  expect(codes).toEqual(Array(3).fill('UPLINK-SIGNATURE-INVALID'));

  const neighbour = await testKiosk();
  await centre.enrol(neighbour.id);
  await centre.answer(parts.inbox, neighbour.id);
  const others = value(await uplink.receive('rina')).refused.map(({ failure }) => failure.code);
  expect(others).toEqual(Array(4).fill('UPLINK-OTHER-KIOSK'));

  rmSync(path.join(parts.inbox, 'manifest.json'));
  expect(codeOf(await uplink.receive('rina'))).toBe('STICK-MANIFEST-INVALID');
});

test('a kiosk’s own signature does not make a document of the centre, nor does a form that nobody knows', async () => {
  const { centre, parts, uplink } = await kioskAndCentre();
  await centre.answer(parts.inbox, parts.kiosk.id);
  const ours = await parts.kiosk.sign('anjungan-dispatch', Buffer.from('{}'));
  reread(parts.inbox, 'receipts.jws', Buffer.from(ours));
  expect(value(await uplink.receive('rina')).refused).toMatchObject([
    { failure: { code: 'UPLINK-SIGNATURE-INVALID' } },
  ]);
  await centre.invite([{ ...invitation(1), nik: '12' }]);
  await centre.answer(parts.inbox, parts.kiosk.id);
  expect(value(await uplink.receive('rina')).refused).toMatchObject([
    { failure: { code: 'UPLINK-DOCUMENT-INVALID' } },
  ]);
});

test('a target that vanishes, is full of something else or read-only costs nothing; the batch keeps its number', async () => {
  const { store, centre, parts, uplink } = await kioskAndCentre();
  await activated(store);
  renameSync(parts.outbox, `${parts.outbox}-pulled`);
  expect(codeOf(await uplink.send('rina'))).toBe('UPLINK-TARGET-LOST');
  writeFileSync(parts.outbox, 'not a folder');
  expect(codeOf(await uplink.send('rina'))).toBe('UPLINK-TARGET-LOST');
  rmSync(parts.outbox);
  // At start, too, the kiosk opens without its stick.
  expect(codeOf(await uplink.settleOpen())).toBe('ok');
  expect(value(await uplink.reconcile())).toMatchObject([{ sent: 0, waiting: 1 }]);

  mkdirSync(parts.outbox);
  chmodSync(parts.outbox, 0o500);
  // Root writes everywhere.
  if (process.getuid?.() !== 0) expect(codeOf(await uplink.send('rina'))).toBe('UPLINK-TARGET-READ-ONLY');
  chmodSync(parts.outbox, 0o700);
  await activated(store);
  expect(value(await uplink.send('rina'))).toMatchObject({ batch: 1, rows: 1 });
  expect(value(await uplink.send('rina'))).toMatchObject({ batch: 2, rows: 1 });
  expect(await centre.collect(parts.outbox, DAY)).toMatchObject({ rows: 2, refused: [] });
  expect(centre.missingBatches(parts.kiosk.id)).toEqual([]);
});

test('a stick that was lost is seen by its number, and what was on it is sent again', async () => {
  const { store, centre, parts, uplink } = await kioskAndCentre();
  await activated(store);
  value(await uplink.send('rina'));
  for (const name of readdirSync(parts.outbox)) rmSync(path.join(parts.outbox, name));
  await activated(store);
  expect(value(await uplink.send('rina', true))).toMatchObject({ batch: 2, rows: 2 });
  expect(await centre.collect(parts.outbox, DAY)).toMatchObject({ rows: 2 });
  expect(centre.missingBatches(parts.kiosk.id)).toEqual([1]);
});

test('a packet that the centre refuses stays, with its reason; a stranger’s receipt confirms nothing', async () => {
  const kiosk = await kioskAndCentre();
  const { centre, parts, store, uplink } = kiosk;
  // Sealed before the configuration was told the right centre.
  const other = await testCentre();
  const packet = await sealedSession({ ...kiosk, sealing: { ...kiosk.sealing, centre: other.centre } });
  value(await uplink.send('rina'));
  expect(await centre.collect(parts.outbox, DAY)).toMatchObject({ refused: [{ reason: 'other-centre' }] });
  await centre.answer(parts.inbox, parts.kiosk.id);
  const answer = value(await uplink.receive('rina'));
  expect(answer).toMatchObject({
    received: 0,
    rejected: [{ kind: 'packet', id: packet, reason: 'other-centre' }],
    strangers: 0,
  });
  expect(value(await store.outbox.unconfirmed())).toMatchObject([{ id: packet }]);
  expect(value(await parts.shelf.get(packet))).not.toBeNull();
});

test('what was altered on the way or on the disk is never confirmed', async () => {
  const kiosk = await kioskAndCentre();
  const { centre, parts, store, uplink } = kiosk;
  const packet = await sealedSession(kiosk);
  const bytes = value(await parts.shelf.get(packet))!;
  const altered = bytes.with(200, bytes[200]! ^ 1);
  value(await uplink.send('rina'));
  const file = path.join(parts.outbox, `${packet}.packet`);
  writeFileSync(file, altered);
  const seen = await centre.collect(parts.outbox, DAY);
  expect(seen.refused).toMatchObject([{ reason: 'a file is missing or differs' }]);
  writeFileSync(file, bytes);

  value(await parts.shelf.put(packet, altered));
  value(await uplink.send('rina', true));
  await centre.collect(parts.outbox, DAY);
  await centre.answer(parts.inbox, parts.kiosk.id);
  // The receipt names the hash of what was sent, which is not that of what was sealed.
  expect(value(await uplink.receive('rina'))).toMatchObject({ received: 0, strangers: 1 });
  expect(value(await store.outbox.unconfirmed())).toMatchObject([{ id: packet }]);
  expect(value(await parts.shelf.get(packet))).not.toBeNull();
});

test('a packet that somebody removed from the disk is told, and the others go', async () => {
  const kiosk = await kioskAndCentre();
  const packet = await sealedSession(kiosk);
  await activated(kiosk.store);
  value(await kiosk.parts.shelf.remove(packet));
  expect(value(await kiosk.uplink.send('rina'))).toEqual({ batch: 1, rows: 1, missing: [packet] });
  expect(value(await kiosk.store.outbox.pending())).toMatchObject([{ kind: 'packet', id: packet }]);
});

test('what a cut-off batch left is passed over, and the next start writes it whole', async () => {
  const { store, centre, parts } = await kioskAndCentre();
  await activated(store);
  writeFileSync(path.join(parts.outbox, `${randomUUID()}${DRAFT}`), 'torn');
  const rows = value(await store.outbox.pending()).map(({ kind, id }) => ({ kind, id }));
  const id = randomUUID();
  value(await store.intents.begin({ id, kind: 'export', sessionId: null, subject: { rows }, by: 'rina' }));
  expect(await centre.collect(parts.outbox, DAY)).toMatchObject({ rows: 0, refused: [] });
  value(await createFolderUplink(parts).settleOpen());
  expect(value(await store.intents.open())).toEqual([]);
  expect(await centre.collect(parts.outbox, DAY)).toMatchObject({ rows: 1, refused: [] });
});

/** Puts another content in the place of a document, and makes the folder's manifest agree. */
function reread(inbox: string, name: string, bytes: Uint8Array): void {
  const file = path.join(inbox, 'manifest.json');
  const { files } = JSON.parse(readFileSync(file, 'utf8')) as { files: { name: string }[] };
  writeFileSync(path.join(inbox, name), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const told = files.map((one) => (one.name === name ? { name, bytes: bytes.length, sha256 } : one));
  writeFileSync(file, JSON.stringify({ files: told }));
}
