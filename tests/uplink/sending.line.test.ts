/** The process is killed, or its stick is pulled, at any moment of sealing and sending, start after start on one folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { readStick } from '../../src/devices/usb-guard/stick.ts';
import { readCentreKey } from '../../src/packet/centre-key.ts';
import { sha256Of } from '../../src/packet/content.ts';
import { openKioskKey } from '../../src/packet/kiosk-key.ts';
import { createSealing } from '../../src/packet/seal-session.ts';
import { openStore } from '../../src/store/store.ts';
import { createFolderUplink } from '../../src/uplink/folder.ts';
import { VirtualCentre } from '../../src/virtual/centre/centre.ts';
import { testCentreFiles } from '../../src/virtual/centre/keys.ts';
import { sealingParts } from '../packet/session.ts';
import { options, temporaryFolder, value } from '../store/fixture.ts';
import { DAY, foldersIn } from './fixture.ts';

const writer = fileURLToPath(new URL('sending-writer.ts', import.meta.url));
/** Delays after the first act, ms: before, in and after a packet's way to the stick. Odd ones pull the stick first. */
const CUTS = [17, 140, 333];

test('whatever is cut off, each packet is sealed once and received once, and no number is skipped', async () => {
  const folder = temporaryFolder();
  const { dataDir, outbox, inbox } = foldersIn(folder);
  for (const made of [outbox, inbox]) mkdirSync(made);
  const centre = await VirtualCentre.open(path.join(folder, 'centre'));
  const { publicFile } = testCentreFiles(path.join(folder, 'centre'));
  const received = new Set<string>();
  const acknowledged = new Set<string>();

  for (const cut of CUTS) {
    const child = spawn(process.execPath, [writer, dataDir, publicFile, outbox], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const printed = listen(child);
    await once(child.stdout, 'data');
    await sleep(cut);
    if (cut % 2 === 1) renameSync(outbox, `${outbox}-pulled`);
    await sleep(cut);
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    if (cut % 2 === 1) renameSync(`${outbox}-pulled`, outbox);
    for (const [, packet] of printed().matchAll(/^sealed (\S+)\n/gm)) acknowledged.add(packet!);

    const store = value(await openStore(options(dataDir)));
    const kiosk = value(await openKioskKey(path.join(dataDir, 'keys', 'kiosk.key'), false));
    const key = value(await readCentreKey(publicFile));
    const parts = sealingParts(store, dataDir, kiosk, key);
    const uplink = createFolderUplink({ ...parts, store, centre: key, outbox, inbox, readFolder: readStick });
    await centre.enrol(kiosk.id);

    value(await createSealing(parts).settleOpen());
    value(await uplink.settleOpen());
    expect(value(await store.intents.open())).toEqual([]);
    const rows = [...value(await store.outbox.pending()), ...value(await store.outbox.unconfirmed())];
    const packets = rows.filter(({ kind }) => kind === 'packet');
    const onShelf = readdirSync(path.join(dataDir, 'packets')).filter((name) => name.endsWith('.packet'));
    expect(onShelf.toSorted()).toEqual(packets.map(({ id }) => `${id}.packet`).toSorted());
    for (const { id, payload } of packets)
      expect(payload).toMatchObject({ sha256: sha256Of(value(await parts.shelf.get(id))!) });

    value(await uplink.send('operator-1'));
    const collected = await centre.collect(outbox, DAY);
    expect(collected.refused).toEqual([]);
    for (const { packet } of collected.packets) received.add(packet);
    await centre.answer(inbox, kiosk.id);
    expect(value(await uplink.receive('operator-1'))).toMatchObject({ rejected: [], strangers: 0 });
    for (const kind of value(await uplink.reconcile()))
      expect(kind).toMatchObject({ unknown: 0, waiting: 0 });
    expect(centre.missingBatches(kiosk.id)).toEqual([]);
    expect(value(await store.audit.verify()).ok).toBe(true);
    await store.close();
  }
  expect(acknowledged.size).toBeGreaterThan(0);
  expect([...acknowledged].filter((packet) => !received.has(packet))).toEqual([]);
});

function listen({ stdout }: ChildProcess): () => string {
  let text = '';
  stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}
