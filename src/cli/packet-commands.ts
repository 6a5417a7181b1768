/** `packet inspect`: no kiosk needed, only its keys. With a centre's private key, so for the bench and its test centre. */
import { open } from 'node:fs/promises';
import { testCentreKeyFile } from '../compose.ts';
import { type Configuration, kioskKeyOf } from '../config.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { readOpeningKey } from '../packet/centre-key.ts';
import { type Inspected, inspectPacket } from '../packet/inspect.ts';
import { openKioskKey } from '../packet/kiosk-key.ts';
import { LARGEST_PACKET } from '../packet/sealing.ts';

/** @param key file of the centre's private key; without it the bench's test centre's */
export async function packetInspect(
  configuration: Configuration,
  file: string,
  key: string | undefined,
): Promise<Result<Inspected>> {
  const packet = await readPacket(file);
  if (!packet.ok) return packet;
  const opening = await readOpeningKey(key ?? testCentreKeyFile(configuration));
  if (!opening.ok) return opening;
  const kiosk = await openKioskKey(kioskKeyOf(configuration), false);
  return kiosk.ok ? inspectPacket(packet.value, opening.value, kiosk.value.id) : kiosk;
}

async function readPacket(file: string): Promise<Result<Uint8Array>> {
  try {
    await using handle = await open(file);
    const { size } = await handle.stat();
    if (size > LARGEST_PACKET) return fail('PACKET-FILE-UNREADABLE', `${size} bytes`);
    return ok(await handle.readFile());
  } catch (error) {
    return fail('PACKET-FILE-UNREADABLE', (error as NodeJS.ErrnoException).code);
  }
}
