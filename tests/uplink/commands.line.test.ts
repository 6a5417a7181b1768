/** The technician's commands for packets and the way to the centre, each in a process of its own. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readCentreKey } from '../../src/packet/centre-key.ts';
import { openKioskKey } from '../../src/packet/kiosk-key.ts';
import { createSealing } from '../../src/packet/seal-session.ts';
import { openStore } from '../../src/store/store.ts';
import { VirtualCentre } from '../../src/virtual/centre/centre.ts';
import { makeTestCentreFolders } from '../../src/virtual/centre/folders.ts';
import { testCentreFiles } from '../../src/virtual/centre/keys.ts';
import { sealingParts, storeSession } from '../packet/session.ts';
import { options, temporaryFolder, value } from '../store/fixture.ts';
import { runJson } from '../support/command.ts';
import { DAY, foldersIn } from './fixture.ts';

test('a packet is sent, inspected, received and confirmed', async () => {
  const folder = temporaryFolder();
  const { dataDir, outbox, inbox } = foldersIn(folder);
  await makeTestCentreFolders(folder);
  const { publicFile, privateFile } = testCentreFiles(folder);
  const config = path.join(folder, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      dataDir,
      readers: [],
      centre: { key: publicFile },
      uplink: { kind: 'folder', outbox, inbox },
      bench: { folder },
    }),
  );
  const { kioskId, session } = await sealOne(dataDir, publicFile);
  const sent = await runJson(config, 'uplink', 'send');
  expect(sent).toMatchObject({ status: 0, output: { batch: 1, rows: 1, missing: [] } });

  const name = readdirSync(outbox).find((file) => file.endsWith('.packet'))!;
  const file = path.join(outbox, name);
  const cut = path.join(folder, 'cut.packet');
  writeFileSync(cut, readFileSync(file).subarray(0, -1));
  const inspected = await Promise.all([
    runJson(config, 'packet', 'inspect', file),
    runJson(config, 'packet', 'inspect', cut, '--key', privateFile),
  ]);
  expect(inspected).toMatchObject([
    { status: 0, output: { valid: true, sessionId: session } },
    { status: 1, output: { error: { code: 'PACKET-CUT' } } },
  ]);

  const centre = await VirtualCentre.open(folder);
  await centre.enrol(kioskId);
  await centre.collect(outbox, DAY);
  await centre.answer(inbox, kioskId);
  const received = await runJson(config, 'uplink', 'receive');
  expect(received).toMatchObject({ status: 0, output: { received: 1, refused: [] } });
  const counted = await runJson(config, 'uplink', 'status');
  expect(counted.output).toEqual({
    kinds: [{ kind: 'packet', sent: 1, received: 1, unknown: 0, waiting: 0 }],
  });
  expect(readdirSync(path.join(dataDir, 'packets'))).toEqual([]);
});

async function sealOne(dataDir: string, centreFile: string) {
  mkdirSync(dataDir);
  const store = value(await openStore(options(dataDir)));
  const kiosk = value(await openKioskKey(path.join(dataDir, 'keys', 'kiosk.key'), true));
  const parts = sealingParts(store, dataDir, kiosk, value(await readCentreKey(centreFile)));
  const sealing = createSealing(parts);
  const session = await storeSession(store, sealing);
  value(await sealing.seal(session, 'operator-1'));
  await store.close();
  return { kioskId: kiosk.id, session };
}
