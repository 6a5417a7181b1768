/** The devices, and on every screen: what it costs. */
import { useText } from '../language.tsx';
import { texts } from '../texts.ts';
import { DeviceLine } from './device-line.tsx';
import { Icon } from './icon.tsx';

export function Foot() {
  const t = useText();
  return (
    <footer class="foot">
      <DeviceLine />
      <p class="free">
        <Icon name="banknoteX" />
        <span>
          <b>{t(texts.free)}</b> {t(texts.freeLaw)}
        </span>
      </p>
    </footer>
  );
}
