/** Puts the recording together, as compose.ts does the desk: devices → captures → guards → packet → station. */
import { type CaptureRoom, createCaptureRoom } from './capture/room.ts';
import { type Configuration, fromProject, kioskKeyOf } from './config.ts';
import type { Supervisor } from './devices/supervision/supervisor.ts';
import { ok, type Result } from './failures/failure.ts';
import { createCaptures } from './flows/captures.ts';
import { createGuards } from './flows/identity-guards.ts';
import { numberSlip } from './flows/number-slip.ts';
import type { DeskParts } from './flows/parts.ts';
import { receiptOf } from './flows/receipt.ts';
import { createRegistry } from './flows/registry.ts';
import { openStation, type Station, type StationOptions, type StationParts } from './flows/station.ts';
import type { DeviceFault } from './flows/station-status.ts';
import type { Devices } from './open-devices.ts';
import { type CentreKey, readCentreKey } from './packet/centre-key.ts';
import { openKioskKey } from './packet/kiosk-key.ts';
import { createSealing } from './packet/seal-session.ts';
import { packetShelf } from './packet/shelf.ts';

export interface StationNeeds {
  readonly configuration: Configuration;
  readonly policyHash: string;
  /** The desk's parts: store, workers and readers are the same. */
  readonly desk: DeskParts;
  readonly devices: Devices;
  readonly supervisor: Supervisor | undefined;
}

/** A self-test of the kiosk's devices takes no longer, ms. */
const SELF_TEST_PATIENCE_MS = 20_000;

export interface OpenedStation {
  readonly station: Station;
  /** For the previews of the capture at hand. */
  readonly captureRoom: CaptureRoom;
}

/**
 * Settles what was cut off in a sealing, takes up or wipes an unfinished session, and opens the station.
 * Errors: those of keys, packets and the store.
 */
export async function composeStation(
  { configuration, policyHash, desk, devices, supervisor }: StationNeeds,
  options: StationOptions,
): Promise<Result<OpenedStation>> {
  const { dataDir, policy } = configuration;
  const { store, biometrics } = desk;
  const now = () => new Date();
  const kiosk = await openKioskKey(kioskKeyOf(configuration), true);
  if (!kiosk.ok) return kiosk;
  const centre = await centreOf(configuration);
  if (!centre.ok) return centre;
  const sealing = createSealing({
    store,
    shelf: packetShelf(dataDir),
    kiosk: kiosk.value,
    centre: centre.value,
    policy: policyHash,
    proveSample: biometrics.proveSample,
    now,
  });
  const settled = await sealing.settleOpen();
  if (!settled.ok) return settled;

  const captureRoom = createCaptureRoom(biometrics, now);
  const sensor = devices.fingerSensors[0];
  const station: { opened?: Station } = {};
  const parts: StationParts = {
    store,
    captures: createCaptures(
      captureRoom,
      {
        fingerSensor: sensor,
        irisCamera: devices.irisCameras[0],
        photoCamera: devices.photoCameras[0],
        signaturePad: devices.signaturePads[0],
      },
      policy.capture,
      // A count that the store does not take holds nobody up.
      (judged) => void store.devices.judge(judged),
    ),
    registry: createRegistry(store),
    guards: createGuards({
      store,
      biometrics,
      sensor,
      onDuty: () => station.opened?.status().staff.map(({ id }) => id) ?? [],
      policy: policy.recording,
    }),
    sealing,
    scanCode: scannerOf(devices),
    print: printerOf(devices, configuration.oversight?.channel ?? null),
    printNumber: numberPrinterOf(devices),
    desk,
    policy: policy.recording,
    selfTest: (signal) => selfTest(devices, supervisor, signal),
    // A clock before this program was written is none.
    clockTrusted: now().getUTCFullYear() >= 2026,
    now,
  };
  const opened = await openStation(parts, options);
  if (!opened.ok) return opened;
  station.opened = opened.value;
  return ok({ station: opened.value, captureRoom });
}

async function centreOf({ centre }: Configuration): Promise<Result<CentreKey | undefined>> {
  return centre ? readCentreKey(fromProject(centre.key)) : ok(undefined);
}

/** The first code that the first scanner sees. */
function scannerOf({ codeScanners: [scanner] }: Devices): StationParts['scanCode'] {
  if (!scanner) return undefined;
  return async (signal) => {
    const codes = scanner.scan(signal);
    const step = await codes.next();
    if (!step.done) {
      await codes.return(ok());
      return ok(step.value);
    }
    return step.value.ok ? { ok: false, failure: { code: 'CAPTURE-CANCELLED' } } : step.value;
  };
}

function printerOf(
  { receiptPrinters: [printer] }: Devices,
  feeChannel: string | null,
): StationParts['print'] {
  return (
    printer && ((data, language, signal) => printer.print(receiptOf(data, language, feeChannel), signal))
  );
}

function numberPrinterOf({ receiptPrinters: [printer] }: Devices): StationParts['printNumber'] {
  return printer && ((place, language, signal) => printer.print(numberSlip(place, language), signal));
}

/** Each device's own test, all at once; one in use has just proved itself. */
async function selfTest(
  { all }: Devices,
  supervisor: Supervisor | undefined,
  signal: AbortSignal,
): Promise<readonly DeviceFault[]> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(SELF_TEST_PATIENCE_MS)]);
  const tested = await Promise.all(
    all.map(async ({ settings: { id }, device }): Promise<DeviceFault[]> => {
      const health = supervisor ? await supervisor.test(id, patience) : await device.check(patience);
      if (!health.ok) return [{ device: id, failure: health.failure }];
      const { value } = health;
      const failure = 'state' in value ? value.failure : value.complaint;
      return failure ? [{ device: id, failure }] : [];
    }),
  );
  return tested.flat();
}
