import { describe, expect, test } from 'vitest';
import { cardFailure, cardGone } from '../../../../src/devices/card-reader/pcsc/card-failure.ts';
import type { Trouble } from '../../../../src/devices/card-reader/pcsc/helper.ts';

const pcsc = (error: number): Trouble => ({ type: 'failed', error });

describe('what went wrong, as a code', () => {
  test.each([
    // The values are those of pcsclite.h, written out: a slip in winscard.ts must not hide itself.
    ['no smart card', pcsc(0x8010000c), 'CARD-ABSENT', 'CARD-REMOVED', 'CARD-SAM-ABSENT', 'CARD-SAM-GONE'],
    ['removed', pcsc(0x80100069), 'CARD-ABSENT', 'CARD-REMOVED', 'CARD-SAM-ABSENT', 'CARD-SAM-GONE'],
    ['unresponsive', pcsc(0x80100066), 'CARD-MUTE', 'CARD-COMM', 'CARD-SAM-MUTE', 'CARD-SAM-COMM'],
    ['unpowered', pcsc(0x80100067), 'CARD-MUTE', 'CARD-COMM', 'CARD-SAM-MUTE', 'CARD-SAM-COMM'],
    ['protocol mismatch', pcsc(0x8010000f), 'CARD-MUTE', 'CARD-COMM', 'CARD-SAM-MUTE', 'CARD-SAM-COMM'],
    ['not transacted', pcsc(0x80100016), 'CARD-MUTE', 'CARD-COMM', 'CARD-SAM-MUTE', 'CARD-SAM-COMM'],
    ['unknown', pcsc(0x80100014), 'CARD-MUTE', 'CARD-COMM', 'CARD-SAM-MUTE', 'CARD-SAM-COMM'],
    ['reset by others', pcsc(0x80100068), 'CARD-COMM', 'CARD-COMM', 'CARD-SAM-GONE', 'CARD-SAM-GONE'],
    ['shared', pcsc(0x8010000b), ...always('CARD-READER-SHARED')],
    ['unknown reader', pcsc(0x80100009), ...always('CARD-READER-LOST')],
    ['reader unplugged', pcsc(0x80100017), ...always('CARD-READER-LOST')],
    ['no service', pcsc(0x8010001d), ...always('CARD-SERVICE-ABSENT')],
    ['service stopped', pcsc(0x8010001e), ...always('CARD-SERVICE-ABSENT')],
    ['line to the service broken', pcsc(0x80100013), ...always('CARD-SERVICE-ABSENT')],
    [
      'no answer',
      { type: 'timeout' } as const,
      'CARD-READER-TIMEOUT',
      'CARD-TIMEOUT',
      'CARD-READER-TIMEOUT',
      'CARD-SAM-TIMEOUT',
    ],
    ['child ended', { type: 'ended' } as const, ...always('CARD-HELPER-ENDED')],
  ])('%s', (_, trouble, chipAtFirst, chipLater, samAtFirst, samLater) => {
    expect([
      cardFailure('chip', 'connecting', trouble).code,
      cardFailure('chip', 'working', trouble).code,
      cardFailure('sam', 'connecting', trouble).code,
      cardFailure('sam', 'working', trouble).code,
    ]).toEqual([chipAtFirst, chipLater, samAtFirst, samLater]);
  });

  test('the detail names the part and the PC/SC value', () => {
    expect(cardFailure('sam', 'working', pcsc(0x80100016)).detail).toBe('sam: PC/SC 80100016');
  });

  test('taken out in the middle', () => {
    expect(cardGone('chip', 'working').code).toBe('CARD-REMOVED');
    expect(cardGone('chip', 'connecting').code).toBe('CARD-ABSENT');
    expect(cardGone('sam', 'working', 'no status word')).toEqual({
      code: 'CARD-SAM-GONE',
      detail: 'no status word',
    });
  });
});

function always(code: string): [string, string, string, string] {
  return [code, code, code, code];
}
