/** Puts the way to the centre together: keys, packets on the disk, the folders of the configuration. */
import { type Configuration, fromProject, kioskKeyOf } from './config.ts';
import { readStick } from './devices/usb-guard/stick.ts';
import { fail, ok, type Result } from './failures/failure.ts';
import { readCentreKey } from './packet/centre-key.ts';
import { openKioskKey } from './packet/kiosk-key.ts';
import { packetShelf } from './packet/shelf.ts';
import type { Store } from './store/store.ts';
import { createFolderUplink, type Uplink } from './uplink/folder.ts';

/** Errors: UPLINK-UNTOLD without a centre or an uplink in the configuration; those of the keys. */
export async function composeUplink(configuration: Configuration, store: Store): Promise<Result<Uplink>> {
  const { uplink, centre, dataDir } = configuration;
  if (!uplink || !centre) return fail('UPLINK-UNTOLD');
  const key = await readCentreKey(fromProject(centre.key));
  if (!key.ok) return key;
  const kiosk = await openKioskKey(kioskKeyOf(configuration), true);
  if (!kiosk.ok) return kiosk;
  return ok(
    createFolderUplink({
      store,
      shelf: packetShelf(dataDir),
      kiosk: kiosk.value,
      centre: key.value,
      outbox: fromProject(uplink.outbox),
      inbox: fromProject(uplink.inbox),
      readFolder: readStick,
    }),
  );
}
