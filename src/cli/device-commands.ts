/** `device restart|disable|enable|calibrated`: what a technician does to a device. */
import type { Kiosk } from '../compose.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { CONSOLE } from '../flows/sam-binding.ts';

const acts = {
  'device restart': { event: 'device-restarted', act: 'restart' },
  'device disable': { event: 'device-disabled', act: 'disable' },
  'device enable': { event: 'device-enabled', act: 'enable' },
} as const;

/** Answers the state that the device is in then. Errors: CONSOLE-NO-KIOSK, DEVICE-UNKNOWN, STORE-…. */
export async function actOnDevice(
  { supervisor, parts }: Kiosk,
  command: keyof typeof acts,
  device: string,
): Promise<Result<object>> {
  if (!supervisor) return fail('CONSOLE-NO-KIOSK');
  const find = () => supervisor.health().find(({ id }) => id === device);
  if (!find()) return fail('DEVICE-UNKNOWN', device);
  const { event, act } = acts[command];
  const audited = await parts.store.audit.append(event, CONSOLE, { device });
  if (!audited.ok) return audited;
  const done = supervisor[act](device);
  return done.ok ? ok({ device, state: find()?.state }) : done;
}

/** A technician says that it was calibrated now; `check` tells when that was. Errors: DEVICE-UNKNOWN, STORE-…. */
export async function noteCalibration(
  { configuration, parts }: Kiosk,
  device: string,
): Promise<Result<object>> {
  const known = [...(configuration.devices ?? []), ...configuration.readers].some(({ id }) => id === device);
  if (!known) return fail('DEVICE-UNKNOWN', device);
  const calibratedAt = new Date().toISOString();
  const noted = await parts.store.facts.change(
    [{ name: 'calibrated', subject: device, value: calibratedAt }],
    {
      event: 'device-calibrated',
      by: CONSOLE,
      data: { device },
    },
  );
  return noted.ok ? ok({ device, calibratedAt }) : noted;
}
