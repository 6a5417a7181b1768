/** The biodata text of a KTP-el, as the chip's file 6FF1 and the old reader's `demog` answer carry it. */
import { BIODATA_FIELDS, type Biodata } from './biodata.ts';

/** Issue data stands before the last field: not documented and not kept. */
const ISSUE_DATA = { at: BIODATA_FIELDS.length - 1, fields: 3 };

/**
 * Reads `"a","b",…`: one opening and one closing quote, fields split on `","`, exactly 20 of them. Quotes and
 * commas inside a field are not escaped (`SRI "ENDAH" WAHYUNI` occurs), so this is not RFC 4180; a field that
 * itself holds `","` cannot be told from two and makes the text unreadable.
 * Bytes are UTF-8, without a byte order mark. Fields come back as written, neither trimmed nor checked.
 * undefined: not such a text, or not UTF-8.
 */
export function parseBiodata(source: Uint8Array | string): Biodata | undefined {
  const text = typeof source === 'string' ? source : decodeUtf8(source);
  if (text === undefined || text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return undefined;
  const fields = text.slice(1, -1).split('","');
  if (fields.length !== BIODATA_FIELDS.length + ISSUE_DATA.fields) return undefined;
  const kept = fields.toSpliced(ISSUE_DATA.at, ISSUE_DATA.fields);
  return Object.fromEntries(
    BIODATA_FIELDS.map((field, index) => [field, kept[index]!]),
  ) as unknown as Biodata;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
