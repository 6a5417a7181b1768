/** Everything but the card readers: a driver for each configured device, in the care of the supervisor. */
import type { Configuration } from './config.ts';
import { redactCodes } from './devices/code-scanner/code-lines.ts';
import { createKeyboardWedge } from './devices/code-scanner/keyboard-wedge.ts';
import type { CodeScanner } from './devices/code-scanner/port.ts';
import { createSerialScanner } from './devices/code-scanner/serial-scanner.ts';
import type { Device } from './devices/device.ts';
import { createGt511c3 } from './devices/fingerprint/gt511c3.ts';
import { redactGt511c3 } from './devices/fingerprint/gt511c3-redaction.ts';
import type { FingerSensor } from './devices/fingerprint/port.ts';
import { createR30x } from './devices/fingerprint/r30x.ts';
import { redactR30x } from './devices/fingerprint/r30x-redaction.ts';
import { redactSupremaSfm } from './devices/fingerprint/sfm-redaction.ts';
import { createSupremaSfm } from './devices/fingerprint/suprema-sfm.ts';
import type { IrisCamera } from './devices/iris/port.ts';
import { createV4l2IrisCamera } from './devices/iris/v4l2.ts';
import { createFirmataPanel, redactFirmata } from './devices/panel/firmata.ts';
import { createGpioPanel } from './devices/panel/gpio.ts';
import type { Panel } from './devices/panel/port.ts';
import type { PhotoCamera } from './devices/photo-camera/port.ts';
import { createV4l2PhotoCamera } from './devices/photo-camera/v4l2.ts';
import { createEscposPrinter } from './devices/receipt-printer/escpos.ts';
import { redactEscpos } from './devices/receipt-printer/escpos-redaction.ts';
import type { ReceiptPrinter } from './devices/receipt-printer/port.ts';
import { createSbiFingerSensor } from './devices/sbi/finger-sensor.ts';
import { createSbiIrisCamera } from './devices/sbi/iris-camera.ts';
import { createSbiPhotoCamera } from './devices/sbi/photo-camera.ts';
import { redactSbi } from './devices/sbi/redaction.ts';
import { createEvdevPad } from './devices/signature/evdev-pad.ts';
import { redactIsdv4 } from './devices/signature/isdv4-packets.ts';
import type { SignaturePad } from './devices/signature/port.ts';
import { createTopaz } from './devices/signature/topaz.ts';
import { redactTopaz } from './devices/signature/topaz-packets.ts';
import { createWacomIsdv4 } from './devices/signature/wacom-isdv4.ts';
import { createWacomStu } from './devices/signature/wacom-stu.ts';
import type { FlightRecorder } from './devices/supervision/flight-recorder.ts';
import type { Supervisor } from './devices/supervision/supervisor.ts';
import { type BeginUse, unwatched, watchedCall, watchedStream } from './devices/supervision/watched.ts';
import { redactInput } from './devices/transport/input-line.ts';
import type { Redaction, WireTrace } from './devices/transport/trace.ts';
import type { Result } from './failures/failure.ts';

export type DeviceSettings = Configuration['devices'][number];
type Of<K extends DeviceSettings['kind']> = Extract<DeviceSettings, { readonly kind: K }>;

export interface Devices {
  readonly fingerSensors: readonly FingerSensor[];
  readonly irisCameras: readonly IrisCamera[];
  readonly photoCameras: readonly PhotoCamera[];
  readonly signaturePads: readonly SignaturePad[];
  readonly codeScanners: readonly CodeScanner[];
  readonly receiptPrinters: readonly ReceiptPrinter[];
  readonly panels: readonly Panel[];
  /** All of them, as they were configured. */
  readonly all: readonly { readonly settings: DeviceSettings; readonly device: Device }[];
  close(): Promise<void>;
}

/** @param supervisor Without one nobody looks after the devices: a command uses them and is gone. */
export function openDevices(
  configured: readonly DeviceSettings[],
  recorder: FlightRecorder,
  supervisor: Supervisor | undefined,
): Devices {
  const all: { settings: DeviceSettings; device: Device }[] = [];

  /** Puts a device into care: its wire is recorded, its uses are noted. */
  function take<S extends DeviceSettings, D extends Device>(
    settings: S,
    redaction: Redaction | undefined,
    create: (settings: S, wire: WireTrace) => D,
    watch: (device: D, begin: BeginUse) => D,
  ): D {
    const wire = recorder.wire(settings.id, redaction);
    const port = 'port' in settings ? settings.port : undefined;
    const device = withRecordedTests(create(settings, wire), wire);
    all.push({ settings, device });
    const { kind, driver } = settings;
    const powerCycle = 'relay' in settings ? powerCycleBy(settings.relay) : undefined;
    const begin = supervisor?.watch({ device, kind, driver, port, powerCycle }) ?? unwatched;
    return watch(device, recorded(wire, begin));
  }
  const ofKind = <K extends DeviceSettings['kind']>(kind: K) =>
    configured.filter((settings): settings is Of<K> => settings.kind === kind);

  /** Before everything else: their relays feed other devices. */
  const panels: Panel[] = [];
  function powerCycleBy(relay: string | undefined) {
    const panel = relay === undefined ? undefined : panels.find((one) => one.hasRelay(relay));
    // Where it cannot be done nothing is lost: the device is tried again, and the panel's own state tells why.
    return panel && (async (signal: AbortSignal) => void (await panel.powerCycle(relay!, signal)));
  }
  for (const settings of ofKind('panel')) {
    const panel =
      settings.driver === 'firmata'
        ? take(settings, redactFirmata(), createFirmataPanel, asItIs)
        : take(settings, undefined, createGpioPanel, asItIs);
    panels.push(panel);
  }

  function fingerSensor(settings: Of<'finger-sensor'>): FingerSensor {
    switch (settings.driver) {
      case 'suprema-sfm':
        return take(settings, redactSupremaSfm(), createSupremaSfm, watchAcquire);
      case 'r30x':
        return take(settings, redactR30x(), createR30x, watchAcquire);
      case 'gt511c3':
        return take(settings, redactGt511c3(), createGt511c3, watchAcquire);
      case 'sbi':
        return take(settings, redactSbi(), createSbiFingerSensor, watchAcquire);
    }
  }
  function signaturePad(settings: Of<'signature-pad'>): SignaturePad {
    switch (settings.driver) {
      case 'evdev':
        return take(settings, redactInput(), createEvdevPad, watchAcquire);
      case 'wacom-isdv4':
        return take(settings, redactIsdv4(), createWacomIsdv4, watchAcquire);
      case 'topaz':
        return take(settings, redactTopaz(), createTopaz, watchAcquire);
      case 'wacom-stu':
        return take(settings, redactInput(), createWacomStu, watchAcquire);
    }
  }

  const devices = {
    panels,
    fingerSensors: ofKind('finger-sensor').map(fingerSensor),
    irisCameras: ofKind('iris-camera').map((settings) =>
      settings.driver === 'v4l2'
        ? take(settings, undefined, createV4l2IrisCamera, watchAcquire)
        : take(settings, redactSbi(), createSbiIrisCamera, watchAcquire),
    ),
    photoCameras: ofKind('photo-camera').map((settings) =>
      settings.driver === 'v4l2'
        ? take(settings, undefined, createV4l2PhotoCamera, watchAcquire)
        : take(settings, redactSbi(), createSbiPhotoCamera, watchAcquire),
    ),
    signaturePads: ofKind('signature-pad').map(signaturePad),
    codeScanners: ofKind('code-scanner').map((settings) =>
      settings.driver === 'serial'
        ? take(settings, redactCodes(), createSerialScanner, watchScan)
        : take(settings, redactInput(), createKeyboardWedge, watchScan),
    ),
    receiptPrinters: ofKind('receipt-printer').map((settings) =>
      take(settings, redactEscpos(), createEscposPrinter, watchPrint),
    ),
  };
  return {
    ...devices,
    all: configured.map((settings) => all.find((one) => one.settings === settings)!),
    async close() {
      await Promise.all(all.map(({ device }) => device.close()));
    },
  };
}

/** Uses are part of the recording: a replay does them again. */
function recorded(wire: WireTrace, begin: BeginUse): BeginUse {
  return async (what) => {
    const use = await begin(what);
    if (!use.ok) return use;
    wire.event(what);
    return {
      ok: true,
      value(outcome) {
        wire.event(`${what}: ${typeof outcome === 'object' ? outcome.code : outcome}`);
        use.value(outcome);
      },
    };
  };
}

/** So are the supervisor's tests: they open the line. */
function withRecordedTests<D extends Device>(device: D, wire: WireTrace): D {
  const begin = recorded(wire, unwatched);
  const { check, heartbeat } = device;
  return Object.create(device, {
    check: { value: watchedCall(begin, 'check', check) },
    ...(heartbeat && { heartbeat: { value: watchedCall(begin, 'heartbeat', heartbeat) } }),
  });
}

/** A panel is not used one at a time. */
const asItIs = <D>(device: D) => device;

type Acquiring = { acquire(...args: never[]): AsyncGenerator<unknown, Result<void>> };

// A device keeps its getters: what is watched is laid over it.
function watchAcquire<D extends Acquiring>(device: D, begin: BeginUse): D {
  return Object.create(device, { acquire: { value: watchedStream(begin, 'capture', device.acquire) } });
}

function watchScan(device: CodeScanner, begin: BeginUse): CodeScanner {
  return Object.create(device, { scan: { value: watchedStream(begin, 'scan', device.scan) } });
}

function watchPrint(device: ReceiptPrinter, begin: BeginUse): ReceiptPrinter {
  return Object.create(device, { print: { value: watchedCall(begin, 'print', device.print) } });
}
