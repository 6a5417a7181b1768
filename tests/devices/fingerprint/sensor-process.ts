/** The virtual sensor in a process of its own, on a pty: obeys its parent's messages and answers each with one. */

import { type SensorFault, VirtualFingerSensor } from '../../../src/virtual/finger-sensor.ts';
import { openPty, type Pty } from '../../../src/virtual/pty.ts';

export type Order =
  | { readonly do: 'plug'; readonly path: string }
  | { readonly do: 'unplug' }
  | { readonly do: 'press'; readonly grey: number; readonly rests: boolean }
  | { readonly do: 'lift' }
  | { readonly do: 'disturb'; readonly as: SensorFault | null; readonly answers: number | undefined }
  | { readonly do: 'awaits-finger' };

const WIDTH = 320;
const HEIGHT = 400;

/** Every byte value occurs, start and end codes of packets too. */
export function picture(grey: number) {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (grey + i * 7 + (i >> 9)) & 0xff);
  return { width: WIDTH, height: HEIGHT, dpi: 500, data };
}

let pty: Pty | undefined;
let sensor: VirtualFingerSensor | undefined;

async function obey(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'plug': {
      const opened = await openPty(order.path, (bytes) => sensor?.receive(bytes));
      if (!opened.ok) return opened.failure.code;
      pty = opened.value;
      sensor = new VirtualFingerSensor((bytes) => opened.value.write(bytes));
      return 'ok';
    }
    case 'unplug':
      sensor?.close();
      await pty?.close();
      pty = undefined;
      return 'ok';
    case 'press':
      return sensor?.press(picture(order.grey), order.rests);
    case 'lift':
      return sensor?.press(null);
    case 'disturb':
      return sensor?.disturb(order.as, order.answers);
    case 'awaits-finger':
      return sensor?.awaitsFinger;
  }
}

// Only as a process of its own: the tests import `picture` from here.
if (process.send) {
  process.on('message', (order: Order) => void obey(order).then((answer) => process.send?.({ answer })));
  process.on('disconnect', () => void obey({ do: 'unplug' }).then(() => process.exit()));
}
