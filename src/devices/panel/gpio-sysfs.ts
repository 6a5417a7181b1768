/** The Pi's pins in sysfs, through onoff. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Gpio } from 'onoff';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { OpenBoard, PinBoard, Pins } from './pin-board.ts';

export interface GpioChip {
  readonly label: string;
  /** The kernel's number of its first pin: another one with another kernel (0, 512, 571). */
  readonly base: number;
  /** How many pins it has. */
  readonly count: number;
}

/**
 * The chip with that label, or undefined where the kernel has no GPIO in sysfs. Errors: PANEL-CHIP-ABSENT.
 * @param folder Where sysfs shows the chips.
 */
export async function findGpioChip(
  label: string,
  folder = '/sys/class/gpio',
): Promise<Result<GpioChip | undefined>> {
  const entries = await readdir(folder).catch(() => undefined);
  if (!entries) return ok(undefined);
  const chips = await Promise.all(
    entries
      .filter((entry) => entry.startsWith('gpiochip'))
      .map(async (entry): Promise<GpioChip> => {
        const read = async (name: string) => (await readFile(path.join(folder, entry, name), 'utf8')).trim();
        return {
          label: await read('label'),
          base: Number(await read('base')),
          count: Number(await read('ngpio')),
        };
      }),
  );
  const chip = chips.find((one) => one.label === label);
  return chip ? ok(chip) : fail('PANEL-CHIP-ABSENT', `${label}; there are ${chips.map((one) => one.label)}`);
}

/** sysfs cannot pull a pin up: the Pi's own configuration does (`gpio=17=pu` in config.txt). */
export async function openGpioSysfs(
  { label, base, count }: GpioChip,
  { inputs, outputs }: Pins,
  onLevel: Parameters<OpenBoard>[1],
): Promise<Result<PinBoard>> {
  const unfit = [...inputs, ...outputs].find(({ pin }) => pin >= count);
  if (unfit) return fail('PANEL-PIN-UNFIT', `${label}: pin ${unfit.pin}`);
  const { Gpio } = await import('onoff');
  const ended = Promise.withResolvers<undefined>();
  const opened = new Map<number, Gpio>();
  const levels = new Map<number, boolean>();
  const release = () => {
    for (const gpio of opened.values()) gpio.unexport();
    opened.clear();
  };

  try {
    for (const { pin, high } of outputs) {
      opened.set(pin, new Gpio(base + pin, high ? 'high' : 'low'));
      levels.set(pin, high);
    }
    for (const { pin } of inputs) {
      const gpio = new Gpio(base + pin, 'in', 'both');
      opened.set(pin, gpio);
      gpio.watch((error, value) => {
        if (!error) onLevel(pin, value === 1);
      });
    }
  } catch (error) {
    release();
    return refused(error);
  }

  const level = async (pin: number): Promise<Result<boolean>> => {
    try {
      return ok((await opened.get(pin)!.read()) === 1);
    } catch (error) {
      return refused(error);
    }
  };

  return ok({
    identity: `${label} in sysfs, not tried on hardware`,
    write(pin, high) {
      levels.set(pin, high);
      opened.get(pin)?.writeSync(high ? 1 : 0);
    },
    read: level,
    async verify() {
      for (const { pin } of outputs) {
        const found = await level(pin);
        if (!found.ok) return found;
        if (found.value !== levels.get(pin)) return fail('PANEL-OUTPUT-WRONG', `${label}: pin ${pin}`);
      }
      return ok();
    },
    ended: ended.promise,
    async close() {
      release();
      ended.resolve(undefined);
    },
  });
}

function refused(error: unknown) {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return fail('PANEL-GPIO-REFUSED', `${syscall} ${code}`);
}
