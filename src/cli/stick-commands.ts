/** `stick read DEVICE`: what a USB stick brings, as far as its manifest names it. Not tried on hardware. */
import type { Kiosk } from '../compose.ts';
import { mountStick } from '../devices/usb-guard/mount.ts';
import { readStick, type StickFile } from '../devices/usb-guard/stick.ts';
import { ok, type Result } from '../failures/failure.ts';
import { CONSOLE } from '../flows/sam-binding.ts';

/** Errors: STICK-…, STORE-…. The stick is unmounted when it answers. */
export async function stickRead({ parts: { store } }: Kiosk, device: string): Promise<Result<object>> {
  const read = await filesOn(device);
  const audited = read.ok
    ? await store.audit.append('stick-read', CONSOLE, { files: read.value.length })
    : await store.audit.append('stick-refused', CONSOLE, { code: read.failure.code });
  if (!read.ok) return read;
  if (!audited.ok) return audited;
  return ok({ files: read.value.map(({ name, bytes }) => ({ name, bytes: bytes.length })) });
}

async function filesOn(device: string): Promise<Result<StickFile[]>> {
  const mounted = await mountStick(device);
  if (!mounted.ok) return mounted;
  const read = await readStick(mounted.value.folder);
  const unmounted = await mounted.value.unmount();
  return unmounted.ok ? read : unmounted;
}
