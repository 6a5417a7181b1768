/**
 * Canonical JSON (RFC 8785): one text for one value, so that a hash over it means the value. Members are sorted by
 * UTF-16 code units, no white space, numbers and strings as ECMAScript writes them.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** Members that are `undefined` are left out, as JSON.stringify does. Throws a TypeError on NaN and ±Infinity. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as Readonly<Record<string, Json>>)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is not JSON`);
  return JSON.stringify(value);
}
