/** Lights the panel's lamps by the state of the devices and card readers that they belong to. */
import type { CardReader } from './devices/card-reader/port.ts';
import type { Panel } from './devices/panel/port.ts';
import type { DeviceState } from './devices/supervision/health.ts';
import { LAMPS } from './devices/supervision/lamps.ts';
import type { Supervisor } from './devices/supervision/supervisor.ts';

/** Until the returned function is called. */
export function lightLamps(
  panels: readonly Panel[],
  supervisor: Pick<Supervisor, 'health' | 'subscribe'>,
  readers: readonly Pick<CardReader, 'id' | 'status' | 'subscribe'>[],
): () => void {
  const light = (id: string, state: DeviceState) => {
    for (const panel of panels)
      for (const { name, device, shows } of panel.lamps)
        if (device === id && shows) panel.lamp(name, LAMPS[state][shows]);
  };
  for (const { id, state } of supervisor.health()) light(id, state);
  for (const reader of readers) light(reader.id, reader.status().state);
  const endings = [
    supervisor.subscribe((news) => {
      if (news.type === 'changed') light(news.device, news.to);
    }),
    ...readers.map((reader) => reader.subscribe(({ state }) => light(reader.id, state))),
  ];
  return () => {
    for (const end of endings) end();
  };
}
