/**
 * The configuration: joins the settings schemas, each of which stands beside what it configures. A bad file is
 * refused with the field's path, what was found and what is expected. Relative paths start at the project's
 * folder.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readerSettings } from './devices/card-reader/settings.ts';
import { codeScannerSettings } from './devices/code-scanner/settings.ts';
import { fingerSensorSettings } from './devices/fingerprint/settings.ts';
import { v4l2IrisSettings } from './devices/iris/settings.ts';
import { panelSettings } from './devices/panel/settings.ts';
import { v4l2PhotoSettings } from './devices/photo-camera/settings.ts';
import { receiptPrinterSettings } from './devices/receipt-printer/settings.ts';
import { sbiFingerSettings, sbiIrisSettings, sbiPhotoSettings } from './devices/sbi/settings.ts';
import { signaturePadSettings } from './devices/signature/settings.ts';
import { supervisionSettings } from './devices/supervision/settings.ts';
import { usbGuardSettings } from './devices/usb-guard/settings.ts';
import { fail, ok, type Result } from './failures/failure.ts';
import { policy } from './flows/settings.ts';
import { cardProfile } from './ktp/settings.ts';
import { centreSettings, oversightSettings, packetSettings } from './packet/settings.ts';
import { type KeySource, storeSettings } from './store/settings.ts';
import { screens } from './ui/server/settings.ts';
import { uplinkSettings } from './uplink/settings.ts';
import { benchSettings } from './virtual/settings.ts';

const deviceSettings = z.discriminatedUnion('kind', [
  z.discriminatedUnion('driver', [...fingerSensorSettings, sbiFingerSettings]),
  z.discriminatedUnion('driver', [v4l2IrisSettings, sbiIrisSettings]),
  z.discriminatedUnion('driver', [v4l2PhotoSettings, sbiPhotoSettings]),
  z.discriminatedUnion('driver', [...signaturePadSettings]),
  z.discriminatedUnion('driver', [...codeScannerSettings]),
  z.discriminatedUnion('driver', [...receiptPrinterSettings]),
  z.discriminatedUnion('driver', [...panelSettings]),
]);

const projectFolder = path.resolve(import.meta.dirname, '..');

const fields = z.strictObject({
  $schema: z.string().optional(),
  /** Where the kiosk keeps what it must not lose. One process owns it at a time. */
  dataDir: z.string().min(1),
  readers: z
    .array(readerSettings(cardProfile))
    .refine((readers) => new Set(readers.map(({ id }) => id)).size === readers.length, 'ids that differ'),
  /** Everything but the card readers. */
  devices: z
    .array(deviceSettings)
    .default([])
    .refine((devices) => new Set(devices.map(({ id }) => id)).size === devices.length, 'ids that differ'),
  supervision: supervisionSettings,
  /** Without it whatever is plugged in is let in. */
  usbGuard: usbGuardSettings.optional(),
  store: storeSettings,
  /** To whom packets are sealed; without it none can be. */
  centre: centreSettings.optional(),
  /** To whom reports of fees are sealed; without it none can be made at this kiosk. */
  oversight: oversightSettings.optional(),
  packet: packetSettings,
  uplink: uplinkSettings.optional(),
  screens,
  policy,
  /** Only for virtual devices. */
  bench: benchSettings,
});

export type Configuration = z.infer<typeof fields>;

export const configuration = fields.superRefine(({ readers, devices }, context) => {
  const panels = devices.filter((device) => device.kind === 'panel');
  const relays = panels.flatMap((panel) => Object.keys(panel.relays));
  const ids = [...readers, ...devices].map(({ id }) => id);
  for (const [i, device] of devices.entries()) {
    if ('relay' in device && device.relay !== undefined && !relays.includes(device.relay))
      context.addIssue({ code: 'custom', path: ['devices', i, 'relay'], message: 'a relay of a panel' });
    if (device.kind !== 'panel') continue;
    for (const [name, lamp] of Object.entries(device.lamps)) {
      if (lamp.device === undefined || ids.includes(lamp.device)) continue;
      const at = ['devices', i, 'lamps', name, 'device'];
      context.addIssue({ code: 'custom', path: at, message: 'the id of a device or reader' });
    }
  }
});

/** Reads and checks a configuration file. */
export async function loadConfiguration(file: string): Promise<Result<Configuration>> {
  let text: string;
  try {
    text = await readFile(fromProject(file), 'utf8');
  } catch (error) {
    return fail('CONFIG-UNREADABLE', `${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    return fail('CONFIG-INVALID', `${file}: not JSON: ${(error as Error).message}`);
  }
  return checkConfiguration(found, file);
}

/** Checks what a configuration file holds; `file` names it in the failure. */
export function checkConfiguration(found: unknown, file: string): Result<Configuration> {
  const checked = configuration.safeParse(found);
  if (!checked.success) {
    const lines = checked.error.issues.map((issue) => describe(issue, found));
    return fail('CONFIG-INVALID', `${file}: ${lines.join('; ')}`);
  }
  return ok({ ...checked.data, dataDir: fromProject(checked.data.dataDir) });
}

/** Where this kiosk's signing key is. */
export function kioskKeyOf({ packet, dataDir }: Configuration): KeySource {
  if (packet.key === undefined) return path.join(dataDir, 'keys', 'kiosk.key');
  return typeof packet.key === 'string' ? fromProject(packet.key) : packet.key;
}

/** A path of the configuration, which starts at the project's folder when it is relative. */
export function fromProject(file: string): string {
  return path.resolve(projectFolder, file);
}

/** JSON Schema (draft 2020-12) of a configuration file, as it may be written: everything with a default is optional. */
export function configurationSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(configuration, { io: 'input' }), null, 2)}\n`;
}

function describe(issue: z.core.$ZodIssue, found: unknown): string {
  const field = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const value = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    found,
  );
  return `${field.replace(/^\./, '') || 'the file'}: found ${show(issue, value)}, expected ${expectation(issue)}`;
}

/** Secrets stand in configuration files of the bench: the values of such fields are not repeated. */
function show(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.path.some((key) => /^(samOpen|pcid|conf|key)$/.test(String(key))))
    return 'a value that is not shown';
  if (issue.code === 'unrecognized_keys') return `the unknown field ${issue.keys.join(', ')}`;
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'only known fields';
  return issue.message.replace(/^Invalid input: expected /, '').replace(/, received .*/, '');
}
