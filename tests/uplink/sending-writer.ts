/**
 * A kiosk that seals and sends without pause until somebody kills it: run by sending.line.test.ts. Arguments: data
 * folder, public keys of the centre, outbox. It prints `sealed ⟨packet⟩` and `sent ⟨batch⟩` after each answer.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import path from 'node:path';
import { readStick } from '../../src/devices/usb-guard/stick.ts';
import { readCentreKey } from '../../src/packet/centre-key.ts';
import { openKioskKey } from '../../src/packet/kiosk-key.ts';
import { createSealing } from '../../src/packet/seal-session.ts';
import { openStore } from '../../src/store/store.ts';
import { createFolderUplink } from '../../src/uplink/folder.ts';
import { sealingParts, storeSession } from '../packet/session.ts';

const [dataDir = '', centreFile = '', outbox = ''] = process.argv.slice(2);
const opened = await openStore({
  dataDir,
  settings: {},
  policyHash: 'ab'.repeat(32),
  now: () => new Date(),
});
const centre = await readCentreKey(centreFile);
const kiosk = await openKioskKey(path.join(dataDir, 'keys', 'kiosk.key'), true);
if (!opened.ok || !centre.ok || !kiosk.ok) throw new Error('the kiosk does not open');
const store = opened.value;
const parts = sealingParts(store, dataDir, kiosk.value, centre.value);
const sealing = createSealing(parts);
const uplink = createFolderUplink({
  ...parts,
  store,
  centre: centre.value,
  outbox,
  inbox: outbox,
  readFolder: readStick,
});

async function activate(): Promise<void> {
  const id = randomUUID();
  const uid = '80112233445566AA';
  await store.activations.begin({ id, uid, readerId: 'new', sessionId: randomUUID(), by: 'desk' });
  await store.activations.settle({ id, outcome: 'done', proof: { score: 61 }, by: 'desk' });
}

for (;;) {
  const session = await storeSession(store, sealing);
  const [sealed] = await Promise.all([sealing.seal(session, 'operator-1'), activate()]);
  if (sealed.ok && sealed.value[0]?.type === 'sealed') writeSync(1, `sealed ${sealed.value[0].packet}\n`);
  const sent = await uplink.send('operator-1');
  if (sent.ok) writeSync(1, `sent ${sent.value.batch}\n`);
}
