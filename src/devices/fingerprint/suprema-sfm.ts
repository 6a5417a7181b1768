/**
 * The driver of a Suprema SFM fingerprint module on a serial line: optical, 500 dpi, 8 bits, one finger, one image a
 * scan.
 */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Findings } from '../device.ts';
import type { WireTrace } from '../transport/trace.ts';
import { createModuleSensor } from './module-sensor.ts';
import type { FingerSensor } from './port.ts';
import type { SupremaSfmSettings } from './settings.ts';
import { openSfmLink, type SfmLink } from './sfm-link.ts';
import { COMMAND, FLAG, PARAMETER } from './sfm-packets.ts';
import { FIRST, next, type ScanState } from './sfm-scan.ts';

/** The module's own patience with a finger, then it is asked again: what a silent module is told from. */
const FINGER_SECONDS = 3;
/** How late the module may be with telling that nobody came. */
const FINGER_PATIENCE_MS = FINGER_SECONDS * 1_000 + 2_000;
/** From the scan to the first byte of its image. */
const IMAGE_PATIENCE_MS = 3_000;

/** Set before every scan, since a module that was switched off and on has forgotten them. */
const PARAMETERS: readonly { readonly flag: number; readonly size: number }[] = [
  { flag: PARAMETER.imageFormat, size: 0x30 },
  { flag: PARAMETER.timeOut, size: 0x30 + FINGER_SECONDS },
  { flag: PARAMETER.sendScanSuccess, size: 0x31 },
];

export function createSupremaSfm(
  { id, port, baudRate }: Pick<SupremaSfmSettings, 'id' | 'port' | 'baudRate'>,
  wire?: WireTrace,
): FingerSensor {
  return createModuleSensor(
    id,
    { slap: false, live: false, enrolmentGrade: true, dpi: 500 },
    {
      open: () => openSfmLink({ path: port, baudRate }, wire),
      settle: (link) => link.settle(),
      capture,
      identify,
      async ping(link) {
        const status = await link.ask(COMMAND.status);
        return status.ok ? ok() : status;
      },
    },
  );
}

async function capture(link: SfmLink, signal: AbortSignal): Promise<Result<GrayImage> | undefined> {
  for (const parameter of PARAMETERS) {
    const written = await link.ask(COMMAND.writeParameter, parameter);
    if (!written.ok) return written;
    if (written.value.flag !== FLAG.success) {
      const [which, flag] = [parameter.flag.toString(16), written.value.flag.toString(16)];
      return fail('SENSOR-REFUSED', `parameter ${which}: flag ${flag}`);
    }
  }
  return scan(link, signal);
}

/** One scan, from asking for a finger to its image. undefined: aborted, and the module is still at it. */
async function scan(link: SfmLink, signal: AbortSignal): Promise<Result<GrayImage> | undefined> {
  let state: ScanState = FIRST;
  let sent = await link.request(COMMAND.scanImage);
  for (;;) {
    if (!sent.ok) return sent;
    const patience = state.step === 'finger' ? FINGER_PATIENCE_MS : IMAGE_PATIENCE_MS;
    const heard = await link.hear(patience, signal);
    if (!heard?.ok) return heard;
    const move = next(state, heard.value);
    state = move.state;
    switch (move.action.do) {
      case 'wait':
        break;
      case 'scan':
        sent = await link.request(COMMAND.scanImage);
        break;
      case 'read':
        sent = await link.request(COMMAND.readImage);
        break;
      case 'restart':
        sent = await link.settle();
        if (sent.ok) sent = await link.request(COMMAND.scanImage);
        break;
      case 'finish':
        return move.action.result;
    }
  }
}

async function identify(link: SfmLink): Promise<Result<Findings>> {
  const firmware = await link.ask(COMMAND.readParameter, { flag: PARAMETER.firmwareVersion });
  if (!firmware.ok) return firmware;
  const serial = await link.ask(COMMAND.readParameter, { flag: PARAMETER.serialNumber });
  if (!serial.ok) return serial;
  // Four characters in the four bytes of the size, the first in the lowest: as they cross the line.
  const characters = [0, 8, 16, 24].map((shift) => (firmware.value.size >>> shift) & 0xff);
  const version = String.fromCharCode(...characters).replace(/[^\x20-\x7e]/g, '');
  return ok({ identity: `Suprema SFM, firmware ${version.trim()}, serial number ${serial.value.size}` });
}
