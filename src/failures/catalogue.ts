/** Every coded failure of the kiosk, joined from one file a room. Codes are stable: they are never reused. */
import { bench } from './bench.ts';
import { camera } from './camera.ts';
import { capture } from './capture.ts';
import { cardReader } from './card-reader.ts';
import { codeScanner } from './code-scanner.ts';
import { console } from './console.ts';
import { desk } from './desk.ts';
import { devices } from './devices.ts';
import type { Entry } from './entry.ts';
import { fingerprint } from './fingerprint.ts';
import { guards } from './guards.ts';
import { http } from './http.ts';
import { input } from './input.ts';
import { iris } from './iris.ts';
import { ktp } from './ktp.ts';
import { oldReader } from './old-reader.ts';
import { packet } from './packet.ts';
import { panel } from './panel.ts';
import { photo } from './photo.ts';
import { printer } from './printer.ts';
import { records } from './records.ts';
import { sbi } from './sbi.ts';
import { sensor } from './sensor.ts';
import { serial } from './serial.ts';
import { service } from './service.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { signature } from './signature.ts';
import { staff } from './staff.ts';
import { store } from './store.ts';
import { ui } from './ui.ts';
import { uplink } from './uplink.ts';
import { usb } from './usb.ts';

const entries = {
  ...bench,
  ...camera,
  ...capture,
  ...cardReader,
  ...codeScanner,
  ...console,
  ...desk,
  ...devices,
  ...fingerprint,
  ...guards,
  ...http,
  ...input,
  ...iris,
  ...ktp,
  ...oldReader,
  ...panel,
  ...packet,
  ...photo,
  ...printer,
  ...records,
  ...sbi,
  ...sensor,
  ...serial,
  ...session,
  ...service,
  ...settings,
  ...signature,
  ...staff,
  ...store,
  ...ui,
  ...uplink,
  ...usb,
};

export type FailureCode = keyof typeof entries;
export const catalogue: Readonly<Record<FailureCode, Entry>> = entries;
