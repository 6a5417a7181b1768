/** One scan of a Suprema SFM module as a pure transition function: what came in → what to do next. */
import { fail, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Heard } from './packet-line.ts';
import { COMMAND, decodeImage, FLAG, type SfmEvent } from './sfm-packets.ts';

export interface ScanState {
  /** finger: none seen yet. image: the module has scanned. again: it sends the image once more. */
  readonly step: 'finger' | 'image' | 'again';
  /** How often something had to be repeated because it came spoilt. */
  readonly repairs: number;
}

export type ScanAction =
  | { readonly do: 'wait' }
  | { readonly do: 'scan' }
  /** Ask for the scanned image once more. */
  | { readonly do: 'read' }
  /** Cancel, and scan anew. */
  | { readonly do: 'restart' }
  | { readonly do: 'finish'; readonly result: Result<GrayImage> };

export interface Move {
  readonly state: ScanState;
  readonly action: ScanAction;
}

export const FIRST: ScanState = { step: 'finger', repairs: 0 };

const MOST_REPAIRS = 3;

export function next(state: ScanState, heard: Heard<SfmEvent>): Move {
  switch (heard.type) {
    case 'silence':
      return finish(state, fail('SENSOR-SILENT', `step ${state.step}`));
    case 'noise':
      return repair(state, state.step);
    case 'torn':
      return isAwaited(state, heard) ? repair(state, 'image') : wait(state);
    case 'packet':
      return isAwaited(state, heard) ? answer(state, heard) : wait(state);
  }
}

/** An answer to another command is a late one. */
function isAwaited({ step }: ScanState, { packet }: SfmEvent): boolean {
  return packet.command === (step === 'again' ? COMMAND.readImage : COMMAND.scanImage);
}

function answer(state: ScanState, { packet, data }: Extract<SfmEvent, { type: 'packet' }>): Move {
  switch (packet.flag) {
    case FLAG.scanSuccess:
      return wait({ ...state, step: 'image' });
    case FLAG.success: {
      const image = data && decodeImage(data);
      if (image) return finish(state, { ok: true, value: image });
      return finish(state, fail('SENSOR-REFUSED', `no 8-bit grey image in ${data?.length ?? 0} bytes`));
    }
    case FLAG.timeOut:
      // The module's patience, not ours.
      return { state: { ...state, step: 'finger' }, action: { do: 'scan' } };
    case FLAG.scanFail:
    case FLAG.tryAgain:
      return finish(state, fail('SENSOR-SCAN-FAILED', `flag ${hex(packet.flag)}`));
    case FLAG.busy:
    case FLAG.cancelled:
    case FLAG.notFound:
      return repair(state, 'finger');
    default:
      return finish(
        state,
        fail('SENSOR-REFUSED', `command ${hex(packet.command)}, flag ${hex(packet.flag)}`),
      );
  }
}

/**
 * The image is read once more only when the module has told that it scanned: before that its last image is that of
 * the person before.
 */
function repair(state: ScanState, step: ScanState['step']): Move {
  const repairs = state.repairs + 1;
  if (repairs > MOST_REPAIRS) return finish(state, fail('SENSOR-GARBLED', `step ${state.step}`));
  return step === 'finger'
    ? { state: { step: 'finger', repairs }, action: { do: 'restart' } }
    : { state: { step: 'again', repairs }, action: { do: 'read' } };
}

const wait = (state: ScanState): Move => ({ state, action: { do: 'wait' } });
const finish = (state: ScanState, result: Result<GrayImage>): Move => ({
  state,
  action: { do: 'finish', result },
});
const hex = (byte: number) => byte.toString(16).padStart(2, '0').toUpperCase();
