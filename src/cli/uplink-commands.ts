/** `uplink send|receive|status`: what goes to the centre, what came back, what is still unknown. */
import type { Kiosk } from '../compose.ts';
import { ok, type Result } from '../failures/failure.ts';
import { CONSOLE } from '../flows/sam-binding.ts';

/** Errors: UPLINK-…, STICK-…, CENTRE-KEY-…, STORE-…. */
export async function actOnUplink(
  kiosk: Kiosk,
  command: 'uplink send' | 'uplink send again' | 'uplink receive' | 'uplink status',
): Promise<Result<object>> {
  const uplink = await kiosk.uplink();
  if (!uplink.ok) return uplink;
  switch (command) {
    case 'uplink send':
    case 'uplink send again':
      return uplink.value.send(CONSOLE, command === 'uplink send again');
    case 'uplink receive': {
      const received = await uplink.value.receive(CONSOLE);
      if (!received.ok) return received;
      // Finished cards may have come.
      await kiosk.desk()?.refresh();
      const refused = received.value.refused.map(({ file, failure }) => ({ file, ...failure }));
      return ok({ ...received.value, refused });
    }
    case 'uplink status': {
      const kinds = await uplink.value.reconcile();
      return kinds.ok ? ok({ kinds: kinds.value }) : kinds;
    }
  }
}
