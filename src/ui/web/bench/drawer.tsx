/** The bench drawer: lay a virtual card on a reader, pull it, press a virtual finger. Never there on real devices. */
import { useState } from 'preact/hooks';
import type { BenchCommand, BenchStatus } from '../../contract/bench.ts';
import { useDesk } from '../desk/desk.tsx';
import { useText } from '../language.tsx';
import { Icon } from '../parts/icon.tsx';
import { layOn, pressImpression, texts } from '../texts.ts';

export function Drawer({ bench }: { bench: BenchStatus }) {
  const t = useText();
  const [isOpen, setOpen] = useState(true);
  return (
    <aside class={isOpen ? 'drawer open' : 'drawer'} aria-label={t(texts.bench)}>
      <button
        type="button"
        class="drawer-handle"
        aria-expanded={isOpen}
        aria-controls="drawer-content"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="flask" />
        <span>
          <b>Bench</b> {t(texts.bench)}
        </span>
        <Icon name="chevronRight" />
      </button>
      <div id="drawer-content" class="drawer-content" hidden={!isOpen}>
        <p class="drawer-note">{t(texts.benchHelp)}</p>
        <Readers bench={bench} />
        <Cards bench={bench} />
        <Fingers bench={bench} />
      </div>
    </aside>
  );
}

function useBench(): { isWaiting: boolean; send(command: BenchCommand): void } {
  const { ask, isWaiting } = useDesk();
  return { isWaiting, send: (command) => ask({ type: 'bench', command }) };
}

function Readers({ bench: { readers, cards } }: { bench: BenchStatus }) {
  const t = useText();
  const { send, isWaiting } = useBench();
  return (
    <section>
      <h2>{t(texts.benchReaders)}</h2>
      <ul class="drawer-readers">
        {readers.map(({ id, label }) => {
          const card = cards.find(({ where }) => where === id);
          return (
            <li key={id}>
              <span>
                <b>{t(label)}</b>
                {card ? t(card.label) : t(texts.benchEmpty)}
              </span>
              <button
                type="button"
                disabled={isWaiting || !card}
                onClick={() => send({ type: 'pull', reader: id })}
              >
                {t(texts.benchPull)}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Cards({ bench: { readers, cards } }: { bench: BenchStatus }) {
  const t = useText();
  const { send, isWaiting } = useBench();
  return (
    <section>
      <h2>{t(texts.benchCards)}</h2>
      <ul class="drawer-cards">
        {cards.map(({ id, label, where }) => (
          <li key={id}>
            <span>{t(label)}</span>
            {readers.map((reader) => (
              <button
                key={reader.id}
                type="button"
                aria-pressed={where === reader.id}
                aria-label={t(layOn(label, reader.label))}
                disabled={isWaiting || where === reader.id}
                onClick={() => send({ type: 'lay', card: id, reader: reader.id })}
              >
                {t(reader.label)}
              </button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fingers({ bench: { fingers } }: { bench: BenchStatus }) {
  const t = useText();
  const { send, isWaiting } = useBench();
  return (
    <section>
      <h2>{t(texts.benchFingers)}</h2>
      <ul class="drawer-cards">
        {fingers.map(({ id, label, impressions }) => (
          <li key={id}>
            <span>{t(label)}</span>
            {Array.from({ length: impressions }, (_, index) => index + 1).map((impression) => (
              <button
                key={impression}
                type="button"
                aria-label={t(pressImpression(label, impression))}
                disabled={isWaiting}
                onClick={() => send({ type: 'press', finger: id, impression })}
              >
                {impression}
              </button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
