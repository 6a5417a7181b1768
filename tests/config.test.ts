import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkConfiguration, configurationSchema, loadConfiguration } from '../src/config.ts';

const bench = () => JSON.parse(readFileSync('config/bench.json', 'utf8'));

const panel = { id: 'panel', kind: 'panel', driver: 'firmata', port: '/dev/ttyACM0' };

function detail(found: unknown): string {
  const checked = checkConfiguration(found, 'kiosk.json');
  if (checked.ok) throw new Error('a refusal was expected');
  expect(checked.failure.code).toBe('CONFIG-INVALID');
  return checked.failure.detail ?? '';
}

test.each(['config/bench.json', 'config/pi.json'])('%s is accepted', async (file) => {
  expect(await loadConfiguration(file)).toMatchObject({ ok: true });
});

test('dataDir and readers are all that is needed', () => {
  const { readers } = bench();
  expect(checkConfiguration({ dataDir: '/tmp/kiosk', readers }, '')).toMatchObject({
    ok: true,
    value: { dataDir: '/tmp/kiosk', policy: { fingerTries: 4 }, screens: { host: '127.0.0.1' } },
  });
});

describe('a wrong file is refused with field, what was found and what is expected', () => {
  test.each([
    ['a missing folder', { dataDir: undefined }, 'dataDir: found nothing, expected string'],
    ['a number', { dataDir: 7 }, 'dataDir: found 7, expected string'],
    [
      'an unknown field',
      { lamps: [] },
      'the file: found the unknown field lamps, expected only known fields',
    ],
    [
      'a relay that no panel has',
      { devices: [{ ...bench().devices[0], relay: 'finger-power' }] },
      'devices[0].relay: found "finger-power", expected a relay of a panel',
    ],
    [
      'a lamp of an unknown device',
      { devices: [{ ...panel, lamps: { red: { pin: 3, device: 'iris', shows: 'fault' } } }] },
      'devices[0].lamps.red.device: found "iris", expected the id of a device or reader',
    ],
    [
      'a pin that is wired twice',
      { devices: [{ ...panel, lamps: { red: { pin: 3 } }, lock: { pin: 3 } }] },
      'expected pins that differ',
    ],
    [
      'a public address',
      { screens: { host: '0.0.0.0' } },
      'screens.host: found "0.0.0.0", expected a loopback',
    ],
    ['too many tries', { policy: { fingerTries: 9 } }, 'policy.fingerTries: found 9'],
  ])('%s', (_, change, expected) => {
    expect(detail({ ...bench(), ...change })).toContain(expected);
  });

  test('a reader of an unknown driver, by its index', () => {
    const found = bench();
    found.readers[1].driver = 'usb';
    expect(detail(found)).toContain('readers[1].driver: found "usb"');
  });

  test('two readers with one id', () => {
    const found = bench();
    found.readers[1].id = 'new';
    expect(detail(found)).toContain('readers');
  });

  test('without repeating a secret', () => {
    const found = bench();
    found.readers[0].samOpen.pcid = 'C0FFEE';
    const said = detail(found);
    expect(said).toContain('readers[0].samOpen');
    expect(said).not.toContain('C0FFEE');
  });

  test('a file that is not there, or not JSON', async () => {
    expect(await loadConfiguration('config/nowhere.json')).toMatchObject({
      failure: { code: 'CONFIG-UNREADABLE' },
    });
    expect(await loadConfiguration('README.md')).toMatchObject({ failure: { code: 'CONFIG-INVALID' } });
  });
});

test('config/schema.json is what the settings say (npm run schema)', () => {
  expect(readFileSync('config/schema.json', 'utf8')).toBe(configurationSchema());
});
