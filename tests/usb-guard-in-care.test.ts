/** What the guard sees reaches the audit. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stickRead } from '../src/cli/stick-commands.ts';
import type { Kiosk } from '../src/compose.ts';
import { guardUsb } from '../src/devices-in-care.ts';
import { SysfsTree } from './devices/usb-guard/sysfs-tree.ts';
import { codeOf, opened, temporaryFolder } from './store/fixture.ts';
import { auditOf } from './support/audit.ts';

const KEYBOARD = '1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe';

let tree: SysfsTree;
beforeEach(() => {
  tree = new SysfsTree();
});
afterEach(() => tree.remove());

test('a keyboard on USB is refused, one that is not is told, and both are audited', async () => {
  const dataDir = temporaryFolder();
  const store = await opened(dataDir);
  tree.plug('1-1.2', { vendor: '046d', product: 'c31c', classes: ['03'] });
  tree.addInput('devices/virtual/input', 'input7', KEYBOARD);
  const end = guardUsb({ allow: [] }, store, tree.root);
  await vi.waitFor(() => expect(auditOf(dataDir)).toHaveLength(2), { timeout: 10_000 });
  await end();
  expect(auditOf(dataDir)).toEqual([
    { event: 'usb-refused', by: 'kiosk', data: { place: '1-1.2', device: '046d:c31c' } },
    { event: 'usb-seen', by: 'kiosk', data: { place: 'input7', device: '05ac:0256', code: null } },
  ]);
});

test('a stick that cannot be mounted is audited', async () => {
  const dataDir = temporaryFolder();
  const store = await opened(dataDir);
  const kiosk = { parts: { store } } as Kiosk;
  expect(codeOf(await stickRead(kiosk, '/dev/null'))).toBe('STICK-MOUNT-FAILED');
  expect(auditOf(dataDir)).toEqual([
    { event: 'stick-refused', by: 'console', data: { code: 'STICK-MOUNT-FAILED' } },
  ]);
});
