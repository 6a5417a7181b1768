/**
 * Watches over what is plugged into the kiosk: a keyboard, or any other HID device, that is not on the list of allowed
 * ones is taken from the kernel's drivers at once (de-authorised), and told for the audit. A keyboard that hangs on no
 * USB plug cannot be refused this way; it is told only.
 *
 * sysfs tells nobody of changes, so it is looked at twice a second: what a device types within that time it has typed.
 * docs/devices/usb-guard.md says how the kernel is told to let nothing new in at all.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Failure, fail } from '../../failures/failure.ts';
import type { UsbGuardSettings } from './settings.ts';
import { type OtherKeyboard, otherKeyboards, type UsbDevice, usbDevices } from './sysfs.ts';

export interface Intrusion {
  /** refused: it cannot type any more. seen: it still can, and `failure` says why where something went wrong. */
  readonly outcome: 'refused' | 'seen';
  /** E.g. `1-1.2` or `input7`. */
  readonly place: string;
  /** `vendor:product`, four hex digits each. */
  readonly device: string;
  readonly failure?: Failure;
}

export interface UsbGuard {
  close(): Promise<void>;
}

const LOOK_MS = 500;

/**
 * @param tell Called once for each plugging-in of a device that is not allowed.
 * @param sys `/sys`, or a tree like it for tests.
 */
export function startUsbGuard(
  { allow }: UsbGuardSettings,
  tell: (intrusion: Intrusion) => void,
  sys = '/sys',
): UsbGuard {
  const stop = new AbortController();
  async function watch(): Promise<void> {
    /** What was told and is still there. */
    let known = new Set<string>();
    while (!stop.signal.aborted) {
      const intrusions = await lookRound(allow, sys);
      for (const intrusion of intrusions) if (!known.has(nameOf(intrusion))) tell(intrusion);
      // One that was refused is no intruder any more; plugged in again it is told again.
      known = new Set(intrusions.filter(({ outcome }) => outcome === 'seen').map(nameOf));
      await delay(LOOK_MS, undefined, { signal: stop.signal, ref: false }).catch(() => {});
    }
  }
  const watching = watch();
  return {
    async close() {
      stop.abort();
      await watching;
    },
  };
}

/** One look: refuses what is not allowed, and returns it. */
export async function lookRound(allow: readonly string[], sys = '/sys'): Promise<Intrusion[]> {
  const [devices, keyboards] = await Promise.all([usbDevices(sys), otherKeyboards(sys)]);
  const intruders = devices.filter((device) => device.hid && device.authorised && !isAllowed(device, allow));
  const refused = await Promise.all(intruders.map((device) => refuse(device, sys)));
  const others = keyboards
    .filter((keyboard) => !isAllowed(keyboard, allow))
    .map((keyboard) => ({ outcome: 'seen' as const, ...identify(keyboard) }));
  return [...refused, ...others];
}

function isAllowed(device: UsbDevice | OtherKeyboard, allow: readonly string[]): boolean {
  const id = `${device.vendor}:${device.product}`;
  const names = [id, `path:${device.place}`];
  if ('serial' in device && device.serial !== undefined) names.push(`${id}:${device.serial}`);
  return names.some((name) => allow.includes(name));
}

async function refuse(device: UsbDevice, sys: string): Promise<Intrusion> {
  const file = join(sys, 'bus/usb/devices', device.place, 'authorized');
  try {
    await writeFile(file, '0');
    return { outcome: 'refused', ...identify(device) };
  } catch (error) {
    const { failure } = fail(
      'USB-REFUSAL-FAILED',
      `${device.place}: ${(error as NodeJS.ErrnoException).code}`,
    );
    return { outcome: 'seen', ...identify(device), failure };
  }
}

const identify = ({ place, vendor, product }: UsbDevice | OtherKeyboard) => ({
  place,
  device: `${vendor}:${product}`,
});
const nameOf = ({ place, device }: Intrusion) => `${place} ${device}`;
