/** The same card on each reader in turn: readable, or why not. */
import type { Text } from '../../../failures/entry.ts';
import type { ComparisonView } from '../../contract/desk-view.ts';
import { NewReader, OldReader } from '../drawings/reader.tsx';
import { useText } from '../language.tsx';
import { AskButton } from '../parts/ask-button.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Stage } from '../parts/stage.tsx';
import { texts } from '../texts.ts';
import { useDesk } from './desk.tsx';
import { cardTexts } from './hand-over-texts.ts';
import { readerName } from './reader-name.ts';

type Row = ComparisonView['rows'][number];

export function Comparison({ work: { step, rows } }: { work: ComparisonView }) {
  const t = useText();
  const { view, can } = useDesk();
  const isDone = step === 'done';
  const verdict = rows.every(({ readable }) => readable) ? texts.readableEverywhere : texts.readableSome;
  return (
    <Stage
      scene={step}
      ways={
        <>
          {can('cancel') && <AskButton icon="x" label={texts.cancel} intent={{ type: 'cancel' }} />}
          {isDone && <AskButton icon="retry" label={texts.retry} intent={{ type: 'retry' }} />}
        </>
      }
      action={
        <>
          {isDone && (
            <AskButton
              kind={can('begin-hand-over') ? 'side' : 'main'}
              icon="check"
              label={texts.closeCase}
              intent={{ type: 'finish' }}
            />
          )}
          {can('begin-hand-over') && (
            <AskButton
              kind="main"
              icon="idCard"
              label={cardTexts.begin}
              intent={{ type: 'begin-hand-over' }}
            />
          )}
        </>
      }
    >
      <header class="comparison-head" aria-live="polite">
        <h1 tabIndex={-1}>{t(isDone ? texts.compared : texts.comparing)}</h1>
        <p>{t(isDone ? verdict : texts.comparingHelp)}</p>
      </header>
      <table class="comparison">
        <thead>
          <tr>
            <th scope="col">{t(texts.reader)}</th>
            <th scope="col">{t(texts.result)}</th>
            <th scope="col">{t(texts.reason)}</th>
          </tr>
        </thead>
        <tbody aria-live="polite">
          {rows.map((row) => (
            <ComparisonRow key={row.reader} row={row} name={readerName(row.reader, view.readers)} />
          ))}
        </tbody>
      </table>
    </Stage>
  );
}

function ComparisonRow({ row, name }: { row: Row; name: Text }) {
  const t = useText();
  const { tone, icon, word } = resultOf(row);
  const Reader = row.generation === 'new' ? NewReader : OldReader;
  const cards = { waiting: 'none', 'awaiting-card': 'coming', reading: 'lying', done: 'none' } as const;
  return (
    <tr class={tone}>
      <th scope="row">
        <span class="comparison-reader">
          <Reader card={cards[row.step]} />
          {t(name)}
        </span>
      </th>
      <td>
        <span class="comparison-result">
          <Icon name={icon} />
          {t(word)}
        </span>
      </td>
      <td>
        {row.readable && <p>{t(texts.rowReadableHelp)}</p>}
        {row.failure && (
          <>
            <p>
              <b>{t(row.failure.cause)}</b>
            </p>
            <p>{t(row.failure.remedy)}</p>
            <code>{row.failure.code}</code>
          </>
        )}
      </td>
    </tr>
  );
}

function resultOf({ step, readable }: Row): { tone: string; icon: IconName; word: Text } {
  switch (step) {
    case 'waiting':
      return { tone: 'waiting', icon: 'clock', word: texts.rowWaiting };
    case 'awaiting-card':
      return { tone: 'now', icon: 'arrowRight', word: texts.rowAwaitingCard };
    case 'reading':
      return { tone: 'now', icon: 'loader', word: texts.rowReading };
    case 'done':
      return readable
        ? { tone: 'good', icon: 'check', word: texts.readable }
        : { tone: 'bad', icon: 'x', word: texts.unreadable };
  }
}
