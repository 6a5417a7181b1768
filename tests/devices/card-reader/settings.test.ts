import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readerSettings } from '../../../src/devices/card-reader/settings.ts';

const profile = z.strictObject({ clearChunk: z.int().default(248) }).prefault({});
const schema = readerSettings(profile);

const fresh = {
  id: 'new',
  generation: 'new',
  driver: 'pcsc',
  chip: '^ACS ACR1281.* PICC',
  sam: '^ACS ACR1281.* SAM',
  samOpen: { credential: 'sam-open' },
};
const PCID = '00112233445566778899aabbccddeeff';

const problems = (entry: object) =>
  schema.safeParse(entry).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('a reader in the configuration', () => {
  test('a PC/SC reader needs its names and its SAM only', () => {
    expect(schema.parse(fresh)).toEqual({
      ...fresh,
      profile: { clearChunk: 248 },
      wire: { apduTimeoutMs: 5000, connectTimeoutMs: 8000 },
      virtual: false,
    });
  });

  test('the bench may write PCID and CONF inline', () => {
    expect(problems({ ...fresh, samOpen: { pcid: PCID, conf: PCID + PCID } })).toBeUndefined();
  });

  test('an old reader is told apart by its driver', () => {
    expect(
      schema.parse({ id: 'old', generation: 'old', driver: 'len', ports: ['/dev/ttyUSB0'] }).driver,
    ).toBe('len');
  });

  test.each([
    ['an expression that cannot be read', { chip: '^ACS (' }, /^chip: a regular expression/],
    ['an empty name', { sam: '' }, /^sam: a regular expression/],
    ['no SAM name', { sam: undefined }, /^sam: /],
    [
      'half a PCID',
      { samOpen: { pcid: PCID.slice(2), conf: PCID + PCID } },
      /^samOpen.pcid: 32 hex digits \(16 bytes\)/,
    ],
    ['no way to open the SAM', { samOpen: {} }, /^samOpen: \{"credential": name\}, or/],
    ['a secret beside a credential', { samOpen: { credential: 'a', pcid: PCID } }, /^samOpen: /],
    ['an unknown driver', { driver: 'ccid' }, /^driver: /],
    ['the wrong generation', { generation: 'old' }, /^generation: /],
    ['a field nobody knows', { baud: 9600 }, /^: Unrecognized key: "baud"/],
    ['a time-out of zero', { wire: { apduTimeoutMs: 0 } }, /^wire.apduTimeoutMs: /],
    [
      'an escape command with half a byte',
      { wire: { samSlotCommand: '689' } },
      /^wire.samSlotCommand: an escape command/,
    ],
    ['an unknown profile', { profile: { chunk: 1 } }, /^profile: /],
  ])('%s is refused, and the field named', (_, change, message) => {
    expect(problems({ ...fresh, ...change })?.join('\n')).toMatch(message);
  });
});
