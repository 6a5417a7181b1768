/** Nobody is served: what the kiosk is for, or why it serves nobody now. */
import type { Text } from '../../../failures/entry.ts';
import type { ResidentView } from '../../contract/resident-view.ts';
import { NewReader } from '../drawings/reader.tsx';
import { useLanguage } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import type { IconName } from '../parts/icon.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { opensAt, texts } from './texts.ts';

export function Welcome() {
  const { view, can, ask, isWaiting } = useResident();
  const { language } = useLanguage();
  const { title, help } = wordsOf(view.kiosk);
  return (
    <Scene
      name={view.kiosk.state}
      title={title}
      help={help}
      {...(view.kiosk.state === 'open'
        ? { picture: <NewReader card="coming" /> }
        : { sign: signs[view.kiosk.state] })}
      action={
        can('begin') && (
          <Button
            kind="main"
            icon="arrowRight"
            label={texts.begin}
            disabled={isWaiting}
            onPress={() => ask({ type: 'begin', language })}
          />
        )
      }
    />
  );
}

const signs: Readonly<Record<Exclude<ResidentView['kiosk']['state'], 'open'>, IconName>> = {
  'self-test': 'loader',
  'date-unconfirmed': 'clock',
  closed: 'clock',
  paused: 'clock',
  tamper: 'warning',
  'power-fail': 'power',
};

function wordsOf({ state, hours }: ResidentView['kiosk']): { title: Text; help?: Text } {
  switch (state) {
    case 'open':
      return { title: texts.welcome, help: texts.welcomeHelp };
    case 'self-test':
    case 'date-unconfirmed':
      return { title: texts.kioskSelfTest, help: texts.kioskSelfTestHelp };
    case 'closed':
      return hours
        ? { title: texts.kioskClosed, help: opensAt(hours.from, hours.to) }
        : { title: texts.kioskClosed };
    case 'paused':
      return { title: texts.kioskPaused, help: texts.kioskPausedHelp };
    case 'tamper':
      return { title: texts.kioskOut, help: texts.kioskOutHelp };
    case 'power-fail':
      return { title: texts.kioskPower, help: texts.kioskPowerHelp };
  }
}
