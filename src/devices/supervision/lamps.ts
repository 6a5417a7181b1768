/** What the two lamps of a device show of its state. */
import type { DeviceState } from './health.ts';

interface Lamps {
  /** It can be used; blinks while it is. */
  readonly ready: 'off' | 'on' | 'blink';
  /** Somebody has to see to it; blinks while the kiosk does so itself, or while it works all the same. */
  readonly fault: 'off' | 'on' | 'blink';
}

export const LAMPS: Readonly<Record<DeviceState, Lamps>> = {
  connecting: { ready: 'off', fault: 'blink' },
  'self-testing': { ready: 'on', fault: 'off' },
  ready: { ready: 'on', fault: 'off' },
  busy: { ready: 'blink', fault: 'off' },
  degraded: { ready: 'on', fault: 'blink' },
  lost: { ready: 'off', fault: 'on' },
  'backing-off': { ready: 'off', fault: 'blink' },
  'power-cycling': { ready: 'off', fault: 'blink' },
  disabled: { ready: 'off', fault: 'on' },
};
