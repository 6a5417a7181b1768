/** What virtual people do before a kiosk reaches the devices that are there for it, and no others. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ok, type Result } from '../../src/failures/failure.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import type { Deed } from '../../src/virtual/deeds.ts';
import type { BenchDevice, VirtualDevice } from '../../src/virtual/device.ts';
import { Isdv4Pad } from '../../src/virtual/devices/isdv4-pad.ts';
import { invitations } from '../../src/virtual/people/invitations.ts';
import { residents } from '../../src/virtual/people/residents.ts';
import { World } from '../../src/virtual/world.ts';
import { standIn } from './holder.ts';

const touch = (mark: number): GrayImage => ({ width: 1, height: 1, dpi: 500, data: Uint8Array.of(mark) });
const person = standIn('endah', 1);
const people = [
  {
    ...person,
    fingers: person.fingers.map((finger) => ({ ...finger, impressions: [touch(1), touch(2)] })),
  },
];

/** Notes what is done to it. */
class Noting implements VirtualDevice {
  readonly acts: unknown[] = [];
  receive(): void {}
  act(act: unknown): Result {
    this.acts.push(act);
    return ok();
  }
  restart(): void {}
  close(): void {}
}
class NotingSensor extends Noting {
  awaitsFinger = false;
  readonly pressed: (number | undefined)[] = [];
  press(image: GrayImage | null): void {
    this.pressed.push(image?.data[0]);
  }
}

/** On a wire that has no faults. */
const wired = (device: VirtualDevice): BenchDevice => ({
  device,
  plugged: true,
  fault: null,
  disturb() {},
  async plug() {
    return ok();
  },
  power() {},
  async close() {},
});

let world: World;
beforeEach(() => {
  world = new World({}, people);
});

function add<D extends VirtualDevice>(id: string, device: D, kind: string, driver: string): D {
  world.addDevice(id, wired(device), { kind, driver });
  return device;
}
const does = (deed: Deed, who = 'endah') => world.execute({ command: 'person', person: who, deed });

describe('a virtual person', () => {
  it('signs on the pad, looks into the cameras, and holds the invitation before the scanner', async () => {
    const pad = add('pad', new Noting(), 'signature-pad', 'wacom-isdv4');
    const photo = add('photo', new Noting(), 'photo-camera', 'v4l2');
    const iris = add('iris', new Noting(), 'iris-camera', 'v4l2');
    const scanner = add('scanner', new Noting(), 'code-scanner', 'serial');
    const printer = add('printer', new Noting(), 'receipt-printer', 'escpos');
    const deeds: Deed[] = [
      { does: 'invitation' },
      { does: 'face', background: 'red' },
      { does: 'sign' },
      { does: 'eyes', eyes: ['left'] },
      { does: 'leave' },
    ];
    for (const deed of deeds) expect(await does(deed)).toEqual(ok());
    expect(pad.acts).toEqual([{ sign: { seed: 'endah' } }]);
    expect(photo.acts).toEqual([
      { show: { person: 'endah', background: 'red' } },
      { show: { person: null } },
    ]);
    expect(iris.acts).toEqual([{ show: { person: 'endah', eye: 'left' } }, { show: { person: null } }]);
    expect(scanner.acts).toEqual([{ scan: 'UJI-ENDAH' }]);
    expect(printer.acts).toEqual([]);
  });

  it('stands at certified devices with what is asked for', async () => {
    const slap = add('slap', new NotingSensor(), 'finger-sensor', 'sbi');
    const iris = add('iris', new Noting(), 'iris-camera', 'sbi');
    slap.awaitsFinger = true;
    await does({ does: 'fingers', fingers: [7, 8, 9, 10] });
    await does({ does: 'eyes', eyes: ['right', 'left'] });
    await does({ does: 'leave' });
    expect(slap.acts).toEqual([{ present: { person: 'endah', fingers: [7, 8, 9, 10] } }, { present: null }]);
    expect(slap.pressed).toEqual([]);
    expect(iris.acts).toEqual([{ present: { person: 'endah', eyes: ['right', 'left'] } }, { present: null }]);
  });

  it('presses the first finger on a plain sensor that waits, each time anew', async () => {
    const slap = add('slap', new NotingSensor(), 'finger-sensor', 'sbi');
    const plain = add('finger', new NotingSensor(), 'finger-sensor', 'suprema-sfm');
    plain.awaitsFinger = true;
    for (let time = 0; time < 2; time++) await does({ does: 'fingers', fingers: [2, 3] });
    expect(plain.pressed).toEqual([1, 2]);
    expect(slap.pressed).toEqual([]);
  });

  it('waits for the sensor, and for the pad, but not for ever', async () => {
    const sensor = add('finger', new NotingSensor(), 'finger-sensor', 'suprema-sfm');
    const pressing = does({ does: 'fingers', fingers: [2] });
    sensor.awaitsFinger = true;
    expect(await pressing).toEqual(ok());
    const pad = add('pad', new Isdv4Pad(() => {}, 0), 'signature-pad', 'wacom-isdv4');
    expect((await does({ does: 'sign' })).ok).toBe(false);
    pad.receive(Buffer.from('1'));
    expect(await does({ does: 'sign' })).toEqual(ok());
    pad.close();
  });

  it('cannot do what no device is there for, and must exist', async () => {
    expect((await does({ does: 'sign' })).ok).toBe(false);
    expect((await does({ does: 'leave' }, 'nobody')).ok).toBe(false);
  });
});

it('everybody has an invitation of their own, with the date of birth of their card', () => {
  expect(new Set(invitations.map(({ id }) => id)).size).toBe(residents.length);
  expect(invitations.find(({ id }) => id === 'UJI-KARTO')?.birthDate).toBe('1951-12-31');
});
