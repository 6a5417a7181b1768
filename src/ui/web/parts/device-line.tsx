/** Readers and scanner, each in a word; what is wrong with one is told on the first screen. */
import type { Text } from '../../../failures/entry.ts';
import type { ReaderView, SensorView } from '../../contract/desk-view.ts';
import { useDesk } from '../desk/desk.tsx';
import { readerName } from '../desk/reader-name.ts';
import { useText } from '../language.tsx';
import { texts } from '../texts.ts';
import { Icon } from './icon.tsx';

export function DeviceLine() {
  const t = useText();
  const { readers, sensor } = useDesk().view;
  return (
    <ul class="devices" aria-label={t(texts.devices)}>
      {readers.map((reader) => (
        <Device
          key={reader.id}
          name={readerName(reader.id, readers)}
          words={readerWords(reader)}
          state={readerState(reader)}
        />
      ))}
      <Device name={texts.sensor} words={sensorWords(sensor)} state={sensor?.failure ? 'faulty' : 'fine'} />
    </ul>
  );
}

interface DeviceProps {
  readonly name: Text;
  readonly words: readonly Text[];
  readonly state: 'fine' | 'working' | 'faulty';
}

function Device({ name, words, state }: DeviceProps) {
  const t = useText();
  return (
    <li class={state}>
      {state === 'faulty' ? <Icon name="unplug" /> : <span class="device-lamp" aria-hidden="true" />}
      <span>
        <b>{t(name)}</b> {words.map(t).join(' · ')}
      </span>
    </li>
  );
}

function readerState({ failure, state }: ReaderView): DeviceProps['state'] {
  if (failure || state === 'lost') return 'faulty';
  return state === 'ready' ? 'fine' : 'working';
}

function readerWords({ state, card, sam }: ReaderView): Text[] {
  const stateWord = { connecting: texts.starting, ready: texts.ready, busy: texts.busy, lost: texts.broken }[
    state
  ];
  const words: Text[] = [stateWord];
  if (state !== 'lost' && card !== null) words.push(card ? texts.cardOn : texts.cardOff);
  if (sam === false) words.push(texts.samMissing);
  return words;
}

function sensorWords(sensor: SensorView | null): Text[] {
  if (!sensor) return [texts.noSensor];
  return [sensor.failure ? texts.faulty : texts.ready];
}
