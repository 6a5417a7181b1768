/**
 * Where a browser in kiosk mode finds its screen: a page for each, which leads to the address with the key of this boot.
 * So the key stands neither in a command line nor in a log.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** @param folder of this service (systemd's RuntimeDirectory), which its group may read */
export async function writeScreenPages(folder: string, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    const screen = new URLSearchParams(new URL(address).hash.slice(1)).get('screen');
    const page = `<!doctype html><meta http-equiv="refresh" content="0; url=${address.replaceAll('&', '&amp;')}">\n`;
    await writeFile(path.join(folder, `${screen}.html`), page, { mode: 0o640 });
  }
}
