/**
 * The driver of a panel on the Pi's own pins: through onoff where the kernel still has GPIO in sysfs, else through
 * Debian's gpiod. Not tried on hardware.
 */
import type { WireTrace } from '../transport/trace.ts';
import { findGpioChip, openGpioSysfs } from './gpio-sysfs.ts';
import { openGpioTools } from './gpio-tools.ts';
import { createPanel } from './panel.ts';
import type { Panel } from './port.ts';
import type { GpioSettings } from './settings.ts';

/** Failures: PANEL-CHIP-ABSENT, -PIN-UNFIT, -GPIO-REFUSED, -OUTPUT-WRONG, -LOST. */
export function createGpioPanel(settings: GpioSettings, wire?: WireTrace): Panel {
  return createPanel(settings, async (pins, onLevel) => {
    const chip = await findGpioChip(settings.chip);
    if (!chip.ok) return chip;
    const opened = chip.value
      ? await openGpioSysfs(chip.value, pins, onLevel)
      : await openGpioTools(settings.chip, pins, onLevel);
    if (opened.ok) wire?.event('opened');
    return opened;
  });
}
