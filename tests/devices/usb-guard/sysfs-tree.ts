/** A tree as sysfs shows plugged-in devices, in a folder of a test. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Plugged {
  readonly vendor: string;
  readonly product: string;
  readonly serial?: string;
  /** Classes of its interfaces, two hex digits each. */
  readonly classes: readonly string[];
}

export class SysfsTree {
  readonly root = mkdtempSync(path.join(tmpdir(), 'anjungan-sys-'));

  constructor() {
    this.#write('bus/usb/devices/usb1/idVendor', '1d6b');
    this.#write('bus/usb/devices/usb1/idProduct', '0002');
    this.#write('bus/usb/devices/usb1/authorized', '1');
    mkdirSync(path.join(this.root, 'class/input'), { recursive: true });
  }

  plug(place: string, { vendor, product, serial, classes }: Plugged): void {
    const folder = `bus/usb/devices/${place}`;
    this.#write(`${folder}/idVendor`, vendor);
    this.#write(`${folder}/idProduct`, product);
    if (serial !== undefined) this.#write(`${folder}/serial`, serial);
    this.#write(`${folder}/authorized`, '1');
    for (const [i, of] of classes.entries()) this.#write(`${folder}:1.${i}/bInterfaceClass`, of);
  }

  unplug(place: string): void {
    for (const name of [place, `${place}:1.0`, `${place}:1.1`])
      rmSync(path.join(this.root, 'bus/usb/devices', name), { recursive: true, force: true });
  }

  /** @param at Where it hangs, e.g. `devices/virtual` or `devices/pci0000:00/usb1/1-1`. */
  addInput(at: string, name: string, keys: string): void {
    this.#write(`${at}/${name}/capabilities/key`, keys);
    this.#write(`${at}/${name}/id/vendor`, '05ac');
    this.#write(`${at}/${name}/id/product`, '0256');
    symlinkSync(path.join(this.root, at, name), path.join(this.root, 'class/input', name));
  }

  fileOf(place: string, attribute: string): string {
    return path.join(this.root, 'bus/usb/devices', place, attribute);
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  #write(file: string, text: string): void {
    const full = path.join(this.root, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, `${text}\n`);
  }
}
