/** Somebody wants the device while the supervisor tests it. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Device } from '../../../src/devices/device.ts';
import { supervisionSettings } from '../../../src/devices/supervision/settings.ts';
import { createSupervisor } from '../../../src/devices/supervision/supervisor.ts';
import { fail, type Result } from '../../../src/failures/failure.ts';

test('a use breaks the test off, and begins only when the driver has let go', async () => {
  let held = false;
  const device: Device = {
    id: 'camera',
    async check(signal): Promise<Result<{ identity: string }>> {
      held = true;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await delay(20);
      held = false;
      return fail('CAMERA-BUSY');
    },
    close: async () => {},
  };
  const supervisor = createSupervisor(supervisionSettings.parse({}));
  const begin = supervisor.watch({ device, kind: 'photo-camera', driver: 'v4l2' });
  expect(held).toBe(true);
  const use = await begin('capture');
  expect({ ok: use.ok, held }).toEqual({ ok: true, held: false });
  expect(supervisor.health()[0]?.state).toBe('busy');
  if (use.ok) use.value('done');
  expect(supervisor.health()[0]?.state).toBe('ready');
  expect(supervisor.health()[0]?.failure).toBeUndefined();
  supervisor.close();
});
