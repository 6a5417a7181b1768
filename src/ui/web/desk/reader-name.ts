import type { Text } from '../../../failures/entry.ts';
import type { ReaderView } from '../../contract/desk-view.ts';
import { numbered, texts } from '../texts.ts';

/** A reader in words: by its generation, and by its id only where there are several of a generation. */
export function readerName(id: string, readers: readonly ReaderView[]): Text {
  const generation = readers.find((reader) => reader.id === id)?.generation;
  if (!generation) return { id, en: id };
  const name = generation === 'new' ? texts.newReader : texts.oldReader;
  const isAlone = readers.filter((reader) => reader.generation === generation).length === 1;
  return isAlone ? name : numbered(name, id);
}
