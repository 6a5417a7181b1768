/** Whose screen this is, the language, and what makes it easier to read. All of it resets when the person leaves. */
import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../../../failures/entry.ts';
import emblem from '../drawings/emblem.svg';
import { useLanguage, useText } from '../language.tsx';
import { Icon } from '../parts/icon.tsx';
import { Languages } from '../parts/languages.tsx';
import { texts as general } from '../texts.ts';
import { useResident } from './resident.tsx';
import { texts } from './texts.ts';

export function ResidentHead() {
  const t = useText();
  const { choose } = useLanguage();
  const { view, can, ask } = useResident();
  const speak = (code: Language) => {
    choose(code);
    if (can('speak')) ask({ type: 'speak', language: code });
  };
  return (
    <header class="resident-head">
      <img src={emblem} alt="" />
      <b>{t(general.kiosk)}</b>
      {view.session?.training && <span class="training">{t(texts.training)}</span>}
      <div class="resident-ease">
        <Ease name="contrast" icon="contrast" label={t(texts.contrast)} />
        <Ease name="large" icon="largeText" label={t(texts.largeText)} />
        <Ease name="slow" icon="clock" label={t(texts.slow)} />
        <Languages onChoose={speak} />
      </div>
    </header>
  );
}

/** Turns a class of the whole page on and off; off again when nobody is served any more. */
function Ease({
  name,
  icon,
  label,
}: {
  name: 'contrast' | 'large' | 'slow';
  icon: 'contrast' | 'largeText' | 'clock';
  label: string;
}) {
  const [isOn, setOn] = useState(false);
  const isServed = useResident().view.session !== null;
  useEffect(() => {
    if (!isServed) setOn(false);
  }, [isServed]);
  useEffect(() => {
    document.documentElement.classList.toggle(name, isOn);
  }, [name, isOn]);
  return (
    <button type="button" class="ease" aria-pressed={isOn} onClick={() => setOn(!isOn)}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}
