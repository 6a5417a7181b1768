/** A kiosk's store with outbox rows and packets on the shelf, a virtual centre, and the two folders between them. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { readStick } from '../../src/devices/usb-guard/stick.ts';
import { readCentreKey } from '../../src/packet/centre-key.ts';
import { kioskKey } from '../../src/packet/kiosk-key.ts';
import { createSealing } from '../../src/packet/seal-session.ts';
import type { Store } from '../../src/store/store.ts';
import { createFolderUplink, type UplinkParts } from '../../src/uplink/folder.ts';
import { VirtualCentre } from '../../src/virtual/centre/centre.ts';
import { testCentreFiles } from '../../src/virtual/centre/keys.ts';
import { sealingParts, storeSession } from '../packet/session.ts';
import { intent, opened, temporaryFolder, value } from '../store/fixture.ts';

export const DAY = '2026-06-01';

/** The kiosk's own folder and the two between it and the centre; none of them is made. */
export function foldersIn(folder: string) {
  const within = (name: string) => path.join(folder, name);
  return { dataDir: within('kiosk'), outbox: within('outbox'), inbox: within('inbox') };
}

export async function kioskAndCentre() {
  const folder = temporaryFolder();
  const { dataDir, outbox, inbox } = foldersIn(folder);
  for (const made of [outbox, inbox]) mkdirSync(made);
  const store = await opened(dataDir);
  const centre = await VirtualCentre.open(path.join(folder, 'centre'));
  const { publicFile } = testCentreFiles(path.join(folder, 'centre'));
  const key = value(await readCentreKey(publicFile));
  const sealing = sealingParts(store, dataDir, await kioskKey(randomBytes(32)), key);
  await centre.enrol(sealing.kiosk.id);
  const parts: UplinkParts = {
    store,
    shelf: sealing.shelf,
    kiosk: sealing.kiosk,
    centre: key,
    outbox,
    inbox,
    readFolder: readStick,
  };
  return { folder, dataDir, store, centre, sealing, parts, uplink: createFolderUplink(parts) };
}

/** An activation, done: a row for the centre that is no packet. */
export async function activated(store: Store): Promise<string> {
  const begun = intent();
  value(await store.activations.begin(begun));
  const proof = { score: 61, note: 'é "<\u2028>' };
  value(await store.activations.settle({ id: begun.id, outcome: 'done', proof, by: 'desk' }));
  return begun.id;
}

/** A session, sealed; the packet's id. */
export async function sealedSession(kiosk: Awaited<ReturnType<typeof kioskAndCentre>>): Promise<string> {
  const sealing = createSealing(kiosk.sealing);
  const session = await storeSession(kiosk.store, sealing);
  const [fact] = value(await sealing.seal(session, 'operator-1'));
  if (fact?.type !== 'sealed') throw new Error('a session that is sealed has that fact');
  return fact.packet;
}

export function invitation(n: number) {
  return {
    id: `undangan-${n}`,
    nik: `160712520488${String(n).padStart(4, '0')}`,
    name: 'SRI CONTOH',
    birthDate: '1988-04-12',
    village: 'TANJUNG LAGO',
    invitedOn: DAY,
    state: 'printed',
    deliveredBy: null,
  } as const;
}
