import { describe, expect, it } from 'vitest';
import { isKey, isOwnOrigin, ownAuthorities } from '../../../src/ui/server/access.ts';
import { createAllowance } from '../../../src/ui/server/allowance.ts';
import { screens } from '../../../src/ui/server/settings.ts';

describe('own origin', () => {
  const own = ownAuthorities('127.0.0.1', 7012);

  it.each(['http://127.0.0.1:7012', 'http://localhost:7012'])('%s', (origin) => {
    expect(isOwnOrigin(origin, own)).toBe(true);
  });

  it.each([
    'http://evil.example',
    'http://127.0.0.1:7013',
    'https://127.0.0.1:7012',
    'http://127.0.0.1:7012.evil.example',
    'http://evil.example/http://127.0.0.1:7012',
    'null',
    '',
  ])('not %j', (origin) => {
    expect(isOwnOrigin(origin, own)).toBe(false);
  });

  it('writes IPv6 as a browser does', () => {
    expect(ownAuthorities('::1', 7012)).toContain('[::1]:7012');
  });
});

it('a key is a key only when it is the same', () => {
  expect(isKey('secret', 'secret')).toBe(true);
  expect(isKey('secre', 'secret')).toBe(false);
  expect(isKey('', 'secret')).toBe(false);
});

it('an allowance lets some through at once and the rest as time goes by', () => {
  const allowance = createAllowance(3, 10);
  const at = (ms: number) => allowance.take(ms);
  expect([at(0), at(0), at(0), at(0)]).toEqual([true, true, true, false]);
  expect([at(100), at(100)]).toEqual([true, false]);
  expect([at(10_000), at(10_000), at(10_000), at(10_000)]).toEqual([true, true, true, false]);
});

describe('where the screens are served', () => {
  it('is this machine, unless told otherwise', () => {
    expect(screens.parse(undefined)).toEqual({ host: '127.0.0.1', port: 7012 });
    expect(screens.parse({ host: '::1', port: 0 })).toEqual({ host: '::1', port: 0 });
  });

  it.each([
    { host: '0.0.0.0' },
    { host: '192.168.1.4' },
    { host: 'kiosk.example' },
    { port: 70_000 },
    { prot: 1 },
  ])('is never %j', (settings) => {
    expect(screens.safeParse(settings).success).toBe(false);
  });
});
