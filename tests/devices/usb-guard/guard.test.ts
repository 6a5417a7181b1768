import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Intrusion, lookRound, startUsbGuard } from '../../../src/devices/usb-guard/guard.ts';
import { usbGuardSettings } from '../../../src/devices/usb-guard/settings.ts';
import { SysfsTree } from './sysfs-tree.ts';

const HID = '03';
const STORAGE = '08';
const keyboard = { vendor: '046d', product: 'c31c', classes: [HID, HID] };
const scanner = { vendor: '0c2e', product: '0b61', serial: '18107B41A2', classes: [HID] };
/** KEY_ESC to KEY_S and more, as a keyboard has them; one power button. */
const KEYBOARD = '1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe';
const BUTTON = '10000000000000 0';

let tree: SysfsTree;
beforeEach(() => {
  tree = new SysfsTree();
});
afterEach(() => tree.remove());
const authorised = (place: string) => readFileSync(tree.fileOf(place, 'authorized'), 'utf8').trim();

describe('a look round', () => {
  it('refuses a keyboard that nobody allowed, and nothing else', async () => {
    tree.plug('1-1', scanner);
    tree.plug('1-1.2', keyboard);
    tree.plug('1-1.3', { vendor: '0781', product: '5581', classes: [STORAGE] });
    expect(await lookRound(['0c2e:0b61'], tree.root)).toEqual([
      { outcome: 'refused', place: '1-1.2', device: '046d:c31c' },
    ]);
    expect(['1-1', '1-1.2', '1-1.3', 'usb1'].map(authorised)).toEqual(['1', '0', '1', '1']);
    expect(await lookRound(['0c2e:0b61'], tree.root)).toEqual([]);
  });

  it('refuses a stick that is a keyboard as well', async () => {
    tree.plug('1-1', { vendor: '0781', product: '5581', classes: [STORAGE, HID] });
    expect(await lookRound([], tree.root)).toMatchObject([{ outcome: 'refused', place: '1-1' }]);
  });

  it.each<[string, boolean]>([
    ['0c2e:0b61', true],
    ['0c2e:0b61:18107B41A2', true],
    ['path:1-1.4', true],
    ['0c2e:0b61:another', false],
    ['0c2e:0b62', false],
    ['path:1-1', false],
    ['path:1-1.40', false],
  ])('with %s allowed lets the scanner be: %s', async (allowed, lets) => {
    tree.plug('1-1.4', scanner);
    expect(await lookRound([allowed], tree.root)).toHaveLength(lets ? 0 : 1);
    expect(authorised('1-1.4')).toBe(lets ? '1' : '0');
  });

  it('does not take a device without a serial number for one with', async () => {
    tree.plug('1-1', { ...keyboard, classes: [HID] });
    expect(await lookRound(['046d:c31c:1'], tree.root)).toHaveLength(1);
  });

  it('tells what it may not refuse', async () => {
    tree.plug('1-1', keyboard);
    rmSync(tree.fileOf('1-1', 'authorized'));
    mkdirSync(tree.fileOf('1-1', 'authorized')); // cannot be written, also by root
    expect(await lookRound([], tree.root)).toMatchObject([
      { outcome: 'seen', place: '1-1', failure: { code: 'USB-REFUSAL-FAILED', detail: '1-1: EISDIR' } },
    ]);
  });

  it('tells keyboards that hang on no plug, once among all that they may be', async () => {
    tree.addInput('devices/virtual/misc/uhid/0005:05AC:0256.0001/input', 'input7', KEYBOARD);
    tree.addInput('devices/platform/gpio-keys/input', 'input1', BUTTON);
    tree.addInput('devices/pci0000:00/usb1/1-1/1-1:1.0/input', 'input9', KEYBOARD);
    expect(await lookRound([], tree.root)).toEqual([
      { outcome: 'seen', place: 'input7', device: '05ac:0256' },
    ]);
    expect(await lookRound(['05ac:0256'], tree.root)).toEqual([]);
  });

  it('finds nothing where there is no sysfs', async () => {
    expect(await lookRound([], `${tree.root}/nowhere`)).toEqual([]);
  });
});

describe('the guard', () => {
  it('tells each plugging-in once, and one that is plugged in again, again', async () => {
    const told: Intrusion[] = [];
    tree.addInput('devices/virtual/input', 'input3', KEYBOARD);
    const guard = startUsbGuard({ allow: [] }, (intrusion) => told.push(intrusion), tree.root);
    const until = async (count: number) => {
      for (let i = 0; told.length < count; i++) {
        expect(i).toBeLessThan(500);
        await delay(10);
      }
    };
    await until(1);
    tree.plug('1-1', keyboard);
    await until(2);
    tree.unplug('1-1');
    await delay(600);
    tree.plug('1-1', keyboard);
    await until(3);
    await delay(600);
    expect(told.map(({ place }) => place)).toEqual(['input3', '1-1', '1-1']);
    await guard.close();
    tree.plug('1-2', keyboard);
    await delay(600);
    expect(told).toHaveLength(3);
  });
});

describe('the settings', () => {
  it.each(['056a:00a8', '0c2e:0b61:18107B41A2', 'path:1-1.2', 'path:2-4'])('take %s', (allowed) => {
    expect(usbGuardSettings.safeParse({ allow: [allowed] }).success).toBe(true);
  });
  it.each(['056A:00A8', '056a', '056a:00a8: ', 'path:1-1:1.0', 'path:usb1', '*', '../1-1'])(
    'refuse %s',
    (allowed) => {
      expect(usbGuardSettings.safeParse({ allow: [allowed] }).success).toBe(false);
    },
  );
});
