/** config/bench.json for a kiosk of a test: everything that it writes or listens on is its own. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

interface AnyDevice {
  readonly id: string;
  readonly kind: string;
  readonly driver: string;
  readonly relay?: string;
  readonly serialNumber?: string;
}

/** Where SBI services of tests listen: beside the ports of the specification, and for each process its own. */
const sbiPort = 20_000 + (process.pid % 5_000) * 4;

/**
 * As JSON, not checked yet: all paths in `folder`, any free port for the screen, empty readers, fresh cards.
 *
 * @param devices The ids that stay, or all of them. Most tests need the fingerprint sensor and the panel; the others take
 *   seconds to start.
 */
export async function benchIn(folder: string, devices: readonly string[] | 'all' = ['finger', 'panel']) {
  const text = await readFile('config/bench.json', 'utf8');
  // What the bench makes for itself, such as the test centre's keys, it makes in its own folder.
  const inFolder = text.replaceAll('"data/bench/', `"${path.join(folder, 'bench')}/`);
  const { $schema: _, ...base } = JSON.parse(inFolder);
  const kept = base.devices.filter(({ id }: AnyDevice) => devices === 'all' || devices.includes(id));
  const relays = kept.some(({ kind }: AnyDevice) => kind === 'panel');
  const elsewhere = ({ relay, ...rest }: AnyDevice) => {
    // No relay without the panel that has it.
    const device = { ...rest, ...(relays && relay && { relay }) };
    return device.driver === 'sbi'
      ? {
          ...device,
          serialNumber: `${device.serialNumber}-${process.pid}`,
          ports: [sbiPort, sbiPort + 3],
        }
      : device;
  };
  return {
    ...base,
    dataDir: path.join(folder, 'kiosk'),
    devices: kept.map(elsewhere),
    bench: { folder: path.join(folder, 'bench') },
    screens: { port: 0 },
  };
}
