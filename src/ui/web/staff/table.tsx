/** A table that sorts by the column whose head is pressed. */
import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import type { Text } from '../../../failures/entry.ts';
import { useText } from '../language.tsx';

interface Props {
  readonly name: Text;
  readonly columns: readonly Text[];
  readonly rows: readonly (readonly ComponentChild[])[];
  /** What to say when there is no row. */
  readonly empty: Text;
}

export function Table({ name, columns, rows, empty }: Props) {
  const t = useText();
  const [sorted, setSorted] = useState<{ column: number; down: boolean } | null>(null);
  if (rows.length === 0) return <p>{t(empty)}</p>;
  const inOrder = sorted ? rows.toSorted((one, other) => compare(one, other, sorted)) : rows;
  return (
    <table class="table" aria-label={t(name)}>
      <thead>
        <tr>
          {columns.map((column, index) => {
            const down = sorted?.column === index ? sorted.down : undefined;
            return (
              <th
                key={column.id}
                scope="col"
                aria-sort={down === undefined ? 'none' : down ? 'descending' : 'ascending'}
              >
                <button type="button" onClick={() => setSorted({ column: index, down: down === false })}>
                  {t(column)}
                </button>
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {inOrder.map((cells, row) => (
          <tr key={row}>
            {cells.map((cell, index) => (
              <td key={columns[index]?.id}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function compare(
  one: readonly ComponentChild[],
  other: readonly ComponentChild[],
  { column, down }: { column: number; down: boolean },
): number {
  const [a, b] = [one[column], other[column]];
  const order =
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a ?? '').localeCompare(String(b ?? ''));
  return down ? -order : order;
}
