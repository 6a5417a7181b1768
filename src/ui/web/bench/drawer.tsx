/**
 * The bench drawer: virtual people do what the screen asks of them, cards are laid on readers and pulled, fingers
 * pressed. Never there on real devices.
 */
import { useEffect, useState } from 'preact/hooks';
import { fingerName } from '../../../rules/finger-position.ts';
import type { BenchCommand, BenchStatus, Deed } from '../../contract/bench.ts';
import type { StageView } from '../../contract/resident-view.ts';
import { useKiosk } from '../kiosk.tsx';
import { useText } from '../language.tsx';
import { Icon } from '../parts/icon.tsx';
import { doesWhatIsAsked, layOn, pressImpression, texts } from '../texts.ts';
import { askedAnew, askedOf } from './asked.ts';

/** Whose cards and fingers are shown; null: cards that are nobody's. */
type Person = string | null;

interface Props {
  readonly bench: BenchStatus;
  /** What is shown to the person before the screen, where it is one. */
  readonly stage?: StageView | undefined;
}

export function Drawer({ bench, stage }: Props) {
  const t = useText();
  const [isOpen, setOpen] = useState(true);
  const [chosen, setChosen] = useState<Person | undefined>(undefined);
  const people = [...new Set([...bench.fingers.map(({ person }) => person), null])];
  const lying = bench.cards.find(({ where }) => where !== null);
  const person = chosen !== undefined ? chosen : (lying?.person ?? people[0] ?? null);

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
        <p>{t(texts.benchHelp)}</p>
        <Readers bench={bench} />
        <section>
          <h2>{t(texts.benchPeople)}</h2>
          <p class="drawer-people">
            {people.map((each) => (
              <button key={each} type="button" aria-pressed={each === person} onClick={() => setChosen(each)}>
                {each ?? t(texts.benchNobody)}
              </button>
            ))}
          </p>
        </section>
        {person !== null && <Person id={person} stage={stage} />}
        <Fingers bench={bench} person={person} />
        <Cards bench={bench} person={person} />
      </div>
    </aside>
  );
}

function useBench(): { isWaiting: boolean; send(command: BenchCommand): void } {
  const { ask, isWaiting } = useKiosk();
  return { isWaiting, send: (command) => ask({ type: 'bench', command }) };
}

function Person({ id, stage }: { id: string; stage: StageView | undefined }) {
  const t = useText();
  const { send, isWaiting } = useBench();
  /** What was asked for when they did it last: a finger too many would be there for the next question. */
  const [done, setDone] = useState('');
  useEffect(() => {
    // A deed that the bench refused, or that did not help, may be done again.
    const timer = setTimeout(() => setDone(''), 4000);
    return () => clearTimeout(timer);
  }, [done]);
  const deed = stage && askedOf(stage);
  const asked = stage ? askedAnew(stage) : '';
  const act = (does: Deed, at: string) => {
    send({ command: 'person', person: id, deed: does });
    setDone(at);
  };
  return (
    <p class="drawer-person">
      {deed && (
        <button
          type="button"
          class="drawer-asked"
          disabled={isWaiting || done === asked}
          onClick={() => act(deed, asked)}
        >
          {t(doesWhatIsAsked(id))}
        </button>
      )}
      <button type="button" disabled={isWaiting} onClick={() => act({ does: 'leave' }, '')}>
        {t(texts.benchLeave)}
      </button>
    </p>
  );
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
                {card?.person && <i>{card.person}</i>}
                {card ? t(card.label) : t(texts.benchEmpty)}
              </span>
              <button
                type="button"
                disabled={isWaiting || !card}
                onClick={() => send({ command: 'pull', reader: id })}
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

function Cards({ bench: { readers, cards }, person }: { bench: BenchStatus; person: Person }) {
  const t = useText();
  const { send, isWaiting } = useBench();
  return (
    <section>
      <h2>{t(texts.benchCards)}</h2>
      <ul class="drawer-cards">
        {cards
          .filter((card) => card.person === person)
          .map(({ id, label, where }) => (
            <li key={id}>
              <span>{t(label)}</span>
              {readers.map((reader) => (
                <button
                  key={reader.id}
                  type="button"
                  aria-pressed={where === reader.id}
                  aria-label={t(layOn(label, reader.label))}
                  disabled={isWaiting || where === reader.id}
                  onClick={() => send({ command: 'lay', card: id, reader: reader.id })}
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

function Fingers({ bench: { fingers }, person }: { bench: BenchStatus; person: Person }) {
  const t = useText();
  const { send, isWaiting } = useBench();
  const theirs = fingers.filter((finger) => finger.person === person);
  if (theirs.length === 0) return null;
  return (
    <section>
      <h2>{t(texts.benchFingers)}</h2>
      <ul class="drawer-fingers">
        {theirs.map((finger) => (
          <li key={finger.id}>
            <span>{t(fingerName(finger.position))}</span>
            {Array.from({ length: finger.impressions }, (_, index) => index + 1).map((impression) => (
              <button
                key={impression}
                type="button"
                aria-label={t(pressImpression(finger.person, fingerName(finger.position), impression))}
                disabled={isWaiting}
                onClick={() => send({ command: 'press', finger: finger.id, impression })}
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
