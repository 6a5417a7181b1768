import { describe, expect, it } from 'vitest';
import type { Heard as HeardOf } from '../../../src/devices/fingerprint/packet-line.ts';
import { COMMAND, FLAG, type SfmEvent } from '../../../src/devices/fingerprint/sfm-packets.ts';
import { FIRST, next, type ScanState } from '../../../src/devices/fingerprint/sfm-scan.ts';

type Heard = HeardOf<SfmEvent>;

const data = new Uint8Array(28 + 6);
data[0] = 3;
data[4] = 2;
const packet = (command: number, flag: number, bytes?: Uint8Array): Heard => ({
  type: 'packet',
  packet: { command, param: 0, size: bytes?.length ?? 0, flag },
  ...(bytes && { data: bytes }),
});
const torn = (command: number): Heard => ({
  type: 'torn',
  packet: { command, param: 0, size: data.length, flag: FLAG.success },
});
const { scanImage: SCAN, readImage: READ, cancel: CANCEL } = COMMAND;

/** What is done after each of these. */
function run(...heard: Heard[]): string[] {
  let state: ScanState = FIRST;
  return heard.map((one) => {
    const move = next(state, one);
    state = move.state;
    if (move.action.do !== 'finish') return move.action.do;
    return move.action.result.ok ? 'image' : move.action.result.failure.code;
  });
}

describe('a scan', () => {
  it.each<[string, Heard[], string[]]>([
    [
      'gives the image',
      [packet(SCAN, FLAG.scanSuccess), packet(SCAN, FLAG.success, data)],
      ['wait', 'image'],
    ],
    ['gives it also without being told of the scan', [packet(SCAN, FLAG.success, data)], ['image']],
    [
      'asks again for a finger as long as nobody comes',
      [packet(SCAN, FLAG.timeOut), packet(SCAN, FLAG.timeOut), packet(SCAN, FLAG.success, data)],
      ['scan', 'scan', 'image'],
    ],
    ['passes over late answers', [packet(CANCEL, FLAG.success), torn(READ)], ['wait', 'wait']],
    [
      'reads a torn image once more',
      [packet(SCAN, FLAG.scanSuccess), torn(SCAN), packet(READ, FLAG.success, data)],
      ['wait', 'read', 'image'],
    ],
    [
      'reads an image that came as noise once more',
      [packet(SCAN, FLAG.scanSuccess), { type: 'noise' }],
      ['wait', 'read'],
    ],
    // Before a scan the module's last image may be another person's.
    ['never reads an image of which it was not told that it is new', [{ type: 'noise' }], ['restart']],
    ['starts over when the module is busy', [packet(SCAN, FLAG.busy)], ['restart']],
    [
      'starts over when the module forgot the image',
      [torn(SCAN), packet(READ, FLAG.notFound)],
      ['read', 'restart'],
    ],
    [
      'gives up after three repairs',
      [torn(SCAN), torn(READ), torn(READ), torn(READ)],
      ['read', 'read', 'read', 'SENSOR-GARBLED'],
    ],
    ['fails when the finger lay badly', [packet(SCAN, FLAG.scanFail)], ['SENSOR-SCAN-FAILED']],
    ['fails on silence', [{ type: 'silence' }], ['SENSOR-SILENT']],
    ['fails when it is refused', [packet(SCAN, 0x75)], ['SENSOR-REFUSED']],
    ['fails on an image of another kind', [packet(SCAN, FLAG.success, data.subarray(1))], ['SENSOR-REFUSED']],
    ['fails on a success without image', [packet(SCAN, FLAG.success)], ['SENSOR-REFUSED']],
  ])('%s', (_, heard, done) => {
    expect(run(...heard)).toEqual(done);
  });
});
