/**
 * The driver of a Suprema SFM fingerprint module on a serial line: optical, 500 dpi, 8 bits, one finger, one image a
 * scan. It opens the line when it is needed and anew after a loss.
 */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { FingerSensor } from './port.ts';
import type { SupremaSfmSettings } from './settings.ts';
import { openSfmLink, orAborted, type SfmLink } from './sfm-link.ts';
import { COMMAND, FLAG, PARAMETER } from './sfm-packets.ts';
import { FIRST, next, type ScanState } from './sfm-scan.ts';

/** The module's own patience with a finger, then it is asked again: what a silent module is told from. */
const FINGER_SECONDS = 10;
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

/**
 * Failures: SENSOR-… and, from opening the line, SERIAL-FORBIDDEN, SERIAL-BUSY, SERIAL-OPEN-FAILED. An abort ends
 * `acquire` at once; the module is then told to stop and heard out, for as long as an image on the line takes,
 * and whoever comes next waits for that.
 */
export function createSupremaSfm(
  settings: Pick<SupremaSfmSettings, 'id' | 'port' | 'baudRate'>,
): FingerSensor {
  let link: SfmLink | undefined;
  /** Somebody waits for a finger. */
  let acquiring = false;
  /** The work on the line, one after the other; it never rejects. */
  let work: Promise<unknown> = Promise.resolve();
  const closing = new AbortController();

  /** Runs after all work before it; the caller gets away earlier by aborting: undefined. */
  function inTurn<T>(signal: AbortSignal, job: () => Promise<T>): Promise<T | undefined> {
    const turn = work.then(() => (signal.aborted ? undefined : job()));
    work = turn.catch(() => {});
    return orAborted(turn, signal);
  }

  async function connect(): Promise<Result<SfmLink>> {
    if (link?.alive) return ok(link);
    const opened = await openSfmLink({ path: settings.port, baudRate: settings.baudRate });
    if (opened.ok) link = opened.value;
    return opened;
  }

  /** The line with a module on it that listens; a module that does not is met with a fresh line next time. */
  async function ready(): Promise<Result<SfmLink>> {
    const connected = await connect();
    if (!connected.ok) return connected;
    const settled = await connected.value.settle();
    if (settled.ok) return connected;
    await connected.value.close();
    return settled;
  }

  /** undefined: aborted. */
  async function capture(signal: AbortSignal): Promise<Result<GrayImage> | undefined> {
    const found = await ready();
    if (!found.ok) return found;
    for (const parameter of PARAMETERS) {
      const written = await found.value.ask(COMMAND.writeParameter, parameter);
      if (!written.ok) return written;
      if (written.value.flag !== FLAG.success) {
        const [which, flag] = [parameter.flag.toString(16), written.value.flag.toString(16)];
        return fail('SENSOR-REFUSED', `parameter ${which}: flag ${flag}`);
      }
    }
    const scanned = await scan(found.value, signal);
    if (!scanned && !(await found.value.settle()).ok) await found.value.close();
    return scanned;
  }

  return {
    id: settings.id,
    traits: { slap: false, live: false, enrolmentGrade: true, dpi: 500 },

    async *acquire(_want, signal) {
      if (closing.signal.aborted) return fail('SENSOR-LOST', 'closed');
      if (acquiring) return fail('SENSOR-BUSY');
      acquiring = true;
      const either = AbortSignal.any([signal, closing.signal]);
      const captured = await inTurn(either, () => capture(either)).finally(() => {
        acquiring = false;
      });
      if (!captured) return ok();
      if (!captured.ok) return captured;
      yield { image: captured.value };
      return ok();
    },

    async check(signal) {
      if (closing.signal.aborted) return fail('SENSOR-LOST', 'closed');
      if (acquiring) return fail('SENSOR-BUSY');
      const identity = await inTurn(AbortSignal.any([signal, closing.signal]), async () => {
        const found = await ready();
        return found.ok ? identify(found.value) : found;
      });
      return identity ?? fail('SENSOR-BUSY', 'no time left for the check');
    },

    async close() {
      closing.abort();
      await work;
      await link?.close();
    },
  };
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

async function identify(link: SfmLink): Promise<Result<{ readonly identity: string }>> {
  const firmware = await link.ask(COMMAND.readParameter, { flag: PARAMETER.firmwareVersion });
  if (!firmware.ok) return firmware;
  const serial = await link.ask(COMMAND.readParameter, { flag: PARAMETER.serialNumber });
  if (!serial.ok) return serial;
  // Four characters in the four bytes of the size, the first in the lowest: as they cross the line.
  const characters = [0, 8, 16, 24].map((shift) => (firmware.value.size >>> shift) & 0xff);
  const version = String.fromCharCode(...characters).replace(/[^\x20-\x7e]/g, '');
  return ok({ identity: `Suprema SFM, firmware ${version.trim()}, serial number ${serial.value.size}` });
}
