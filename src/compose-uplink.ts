/** Puts the ways out together: to the centre, by packets on the disk and folders; to the oversight, by sealed reports. */
import { type Configuration, fromProject, kioskKeyOf } from './config.ts';
import { readStick } from './devices/usb-guard/stick.ts';
import { fail, ok, type Result } from './failures/failure.ts';
import { readCentreKey } from './packet/centre-key.ts';
import { sealFeeReport } from './packet/fee-report.ts';
import { openKioskKey } from './packet/kiosk-key.ts';
import { readOversightKey } from './packet/oversight-key.ts';
import { packetShelf } from './packet/shelf.ts';
import type { FeeReport } from './rules/fee-report.ts';
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

export type KeepFeeReport = (report: FeeReport) => Promise<Result>;

/**
 * How a report of a fee is sealed and kept; undefined: the configuration names no oversight.
 * Errors: OVERSIGHT-KEY-INVALID, those of the kiosk's key.
 */
export async function composeFeeReports(
  configuration: Configuration,
  { feeReports }: Pick<Store, 'feeReports'>,
): Promise<Result<KeepFeeReport | undefined>> {
  const { oversight } = configuration;
  if (!oversight) return ok(undefined);
  const key = await readOversightKey(fromProject(oversight.key));
  if (!key.ok) return key;
  const kiosk = await openKioskKey(kioskKeyOf(configuration), true);
  if (!kiosk.ok) return kiosk;
  const { id } = kiosk.value;
  return ok(async (report) => feeReports.add(await sealFeeReport(report, id, key.value)));
}
