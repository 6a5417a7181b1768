/** Purpose and basis in plain words, to be acknowledged (UU PDP 27/2022 art. 20 and 21). */
import { useText } from '../language.tsx';
import { Button } from '../parts/button.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { useResident } from './resident.tsx';
import { Scene } from './scene.tsx';
import { texts } from './texts.ts';

const points: readonly {
  icon: IconName;
  text: (typeof texts)['noticePurpose' | 'noticeBasis' | 'noticeKeep' | 'noticeRights'];
}[] = [
  { icon: 'fingerprint', text: texts.noticePurpose },
  { icon: 'scale', text: texts.noticeBasis },
  { icon: 'lock', text: texts.noticeKeep },
  { icon: 'message', text: texts.noticeRights },
];

export function Notice({ version }: { version: number }) {
  const t = useText();
  const { ask, isWaiting } = useResident();
  return (
    <Scene
      name="notice"
      title={texts.noticeTitle}
      spoken={points.map(({ text }) => text)}
      action={
        <Button
          kind="main"
          icon="check"
          label={texts.noticeAgree}
          disabled={isWaiting}
          onPress={() => ask({ type: 'acknowledge-notice', version })}
        />
      }
    >
      <ul class="points">
        {points.map(({ icon, text }) => (
          <li key={icon}>
            <Icon name={icon} />
            <span>{t(text)}</span>
          </li>
        ))}
      </ul>
    </Scene>
  );
}
