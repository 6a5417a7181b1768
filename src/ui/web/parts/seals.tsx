/** What is proved of the chip: genuine or not, active or not. Shown right under the photo. */
import type { Text } from '../../../failures/entry.ts';
import type { CardView } from '../../contract/desk-view.ts';
import { useText } from '../language.tsx';
import { texts } from '../texts.ts';
import { Icon, type IconName } from './icon.tsx';

interface Props {
  readonly card: CardView | null;
  readonly evidence: 'sam' | 'box';
  readonly isReading: boolean;
}

export function Seals({ card, evidence, isReading }: Props) {
  return (
    <ul class="seals">
      <GenuineSeal card={card} evidence={evidence} isReading={isReading} />
      {card?.activated != null && (
        <Seal
          tone={card.activated ? 'good' : 'plain'}
          icon="power"
          word={card.activated ? texts.active : texts.inactive}
        />
      )}
      {card?.cardGeneration && (
        <Seal
          tone="plain"
          icon="nfc"
          word={card.cardGeneration === 'old' ? texts.oldGeneration : texts.newGeneration}
          more={card.cardType ? { id: `tipe ${card.cardType}`, en: `type ${card.cardType}` } : undefined}
        />
      )}
    </ul>
  );
}

function GenuineSeal({ card, evidence, isReading }: Props) {
  if (evidence === 'box') {
    return (
      <Seal tone="plain" icon="shieldQuestion" word={texts.genuineUntold} more={texts.genuineUntoldHelp} />
    );
  }
  if (card?.genuine === true) {
    return <Seal tone="good" icon="shieldCheck" word={texts.genuine} more={texts.genuineHelp} />;
  }
  if (card?.genuine === false) {
    return <Seal tone="bad" icon="shieldX" word={texts.notGenuine} more={texts.notGenuineHelp} />;
  }
  return (
    <Seal
      tone="plain"
      icon="shieldQuestion"
      word={isReading ? texts.genuineChecking : texts.genuineUnknown}
    />
  );
}

interface SealProps {
  readonly tone: 'good' | 'bad' | 'plain';
  readonly icon: IconName;
  readonly word: Text;
  readonly more?: Text | undefined;
}

function Seal({ tone, icon, word, more }: SealProps) {
  const t = useText();
  return (
    <li class={tone}>
      <Icon name={icon} />
      <span>
        <b>{t(word)}</b>
        {more && <> {t(more)}</>}
      </span>
    </li>
  );
}
