/** What is plugged in, as sysfs shows it (Linux Documentation/ABI/testing/sysfs-bus-usb, sysfs-class-input). */
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';

export interface UsbDevice {
  /** Where it is plugged in, e.g. `1-1.2`: bus, port, port of the hub there. */
  readonly place: string;
  /** Four hex digits each. */
  readonly vendor: string;
  readonly product: string;
  readonly serial: string | undefined;
  /** The kernel lets its drivers have it. */
  readonly authorised: boolean;
  /** An interface of class 03: keyboard, mouse, tablet, or anything that may type. */
  readonly hid: boolean;
}

/** A keyboard that hangs on no USB plug: Bluetooth, PS/2, or made by a program. */
export interface OtherKeyboard {
  /** E.g. `input7`. */
  readonly place: string;
  readonly vendor: string;
  readonly product: string;
}

const PLACE = /^\d+-\d+(?:\.\d+)*$/;
const HID_CLASS = '03';
/** KEY_ESC (1) to KEY_S (31): the bits by which udev too tells a keyboard from a few buttons. */
const TYPING_KEYS = 0xfffffffen;

/** @param sys `/sys`, or a tree like it. */
export async function usbDevices(sys: string): Promise<UsbDevice[]> {
  const folder = join(sys, 'bus/usb/devices');
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => PLACE.test(name))
      .map(async (place): Promise<UsbDevice | undefined> => {
        const of = (attribute: string) => attributeOf(join(folder, place, attribute));
        const [vendor, product, serial, authorised] = await Promise.all(
          ['idVendor', 'idProduct', 'serial', 'authorized'].map(of),
        );
        // Unplugged while it was looked at.
        if (vendor === undefined || product === undefined) return undefined;
        const classes = await Promise.all(
          names
            .filter((name) => name.startsWith(`${place}:`))
            .map((name) => attributeOf(join(folder, name, 'bInterfaceClass'))),
        );
        return {
          place,
          vendor,
          product,
          serial,
          authorised: authorised !== '0',
          hid: classes.includes(HID_CLASS),
        };
      }),
  );
  return found.filter((device) => device !== undefined);
}

/** @param sys `/sys`, or a tree like it. */
export async function otherKeyboards(sys: string): Promise<OtherKeyboard[]> {
  const folder = join(sys, 'class/input');
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => /^input\d+$/.test(name))
      .map(async (place): Promise<OtherKeyboard | undefined> => {
        const path = await realpath(join(folder, place)).catch(() => '');
        const [keys, vendor, product] = await Promise.all(
          ['capabilities/key', 'id/vendor', 'id/product'].map((attribute) =>
            attributeOf(join(folder, place, attribute)),
          ),
        );
        const onUsb = /\/usb\d+\//.test(path);
        if (onUsb || !canType(keys) || vendor === undefined || product === undefined) return undefined;
        return { place, vendor, product };
      }),
  );
  return found.filter((keyboard) => keyboard !== undefined);
}

/** The bitmap of its keys: hex words of 64 bits, the lowest last. */
function canType(keys: string | undefined): boolean {
  const lowest = keys?.split(' ').at(-1) ?? '';
  return /^[0-9a-f]{1,16}$/.test(lowest) && (BigInt(`0x${lowest}`) & TYPING_KEYS) === TYPING_KEYS;
}

async function attributeOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}
