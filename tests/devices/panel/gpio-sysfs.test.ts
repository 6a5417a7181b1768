import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findGpioChip, openGpioSysfs } from '../../../src/devices/panel/gpio-sysfs.ts';
import { codeOf } from '../../support/bench-kiosk.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'anjungan-gpio-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** As Linux shows a chip (Documentation/admin-guide/gpio/sysfs.rst). */
function addChip(name: string, label: string, base: number, count: number): void {
  mkdirSync(path.join(folder, name));
  for (const [file, text] of Object.entries({ label, base, ngpio: count }))
    writeFileSync(path.join(folder, name, file), `${text}\n`);
}

it('finds the chip by its label, whatever its numbers are', async () => {
  addChip('gpiochip512', 'pinctrl-bcm2711', 512, 58);
  addChip('gpiochip570', 'raspberrypi-exp-gpio', 570, 8);
  for (const file of ['export', 'unexport']) writeFileSync(path.join(folder, file), '');
  expect(await findGpioChip('pinctrl-bcm2711', folder)).toEqual({
    ok: true,
    value: { label: 'pinctrl-bcm2711', base: 512, count: 58 },
  });
});

it('says which labels there are when it is not among them', async () => {
  addChip('gpiochip571', 'pinctrl-rp1', 571, 54);
  expect(await findGpioChip('pinctrl-bcm2711', folder)).toEqual({
    ok: false,
    failure: { code: 'PANEL-CHIP-ABSENT', detail: 'pinctrl-bcm2711; there are pinctrl-rp1' },
  });
});

it('knows a kernel without GPIO in sysfs', async () => {
  expect(await findGpioChip('pinctrl-bcm2711', path.join(folder, 'none'))).toEqual({
    ok: true,
    value: undefined,
  });
});

it('refuses a pin that the chip does not have', async () => {
  const chip = { label: 'pinctrl-rp1', base: 571, count: 54 };
  const pins = { inputs: [], outputs: [{ pin: 54, high: false }] };
  expect(codeOf(await openGpioSysfs(chip, pins, () => {}))).toBe('PANEL-PIN-UNFIT');
});

it('refuses pins that this computer does not have', async () => {
  const chip = { label: 'none', base: 100_000, count: 54 };
  const pins = { inputs: [], outputs: [{ pin: 3, high: false }] };
  expect(codeOf(await openGpioSysfs(chip, pins, () => {}))).toBe('PANEL-GPIO-REFUSED');
});
