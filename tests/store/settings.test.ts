import { describe, expect, it } from 'vitest';
import { storeSettings } from '../../src/store/settings.ts';

describe('the settings of the store', () => {
  it('may be left out', () => {
    expect(storeSettings.parse(undefined)).toEqual({});
  });

  it.each([
    { key: '/somewhere/store.key' },
    { key: { credential: 'store-key' }, auditKey: { credential: 'audit.key' } },
  ])('take a file or a credential: %j', (settings) => {
    expect(storeSettings.parse(settings)).toEqual(settings);
  });

  it.each([
    { key: '' },
    { key: 12 },
    { key: { credential: '../../etc/shadow' } },
    { key: { credential: '..' } },
    { key: { credential: 'a', file: 'b' } },
    { kye: '/somewhere' },
  ])('refuse %j', (settings) => {
    expect(storeSettings.safeParse(settings).success).toBe(false);
  });
});
