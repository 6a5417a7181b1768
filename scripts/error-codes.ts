/**
 * Writes docs/error-codes.md from the catalogue: a code's cause and what residents and staff can do about it, in both
 * languages. With --check it writes nothing and fails when the file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { catalogue } from '../src/failures/catalogue.ts';
import type { Entry, Text } from '../src/failures/entry.ts';

const file = 'docs/error-codes.md';

const byRoom = Map.groupBy(Object.entries(catalogue), ([code]) => code.split('-')[0]!);
const rooms = [...byRoom].sort(([a], [b]) => a.localeCompare(b));

const text = `# What went wrong, and what to do

Every failure that the kiosk can name, as its screens, its commands and its logs show it. Written by
\`npm run error-codes\` from [the catalogue](../src/failures/catalogue.ts); codes are stable and never used again for
something else.

${rooms.map(([room, entries]) => `- [${room}](#${room.toLowerCase()}): ${entries.length}`).join('\n')}

${rooms.map(([room, entries]) => section(room, entries)).join('\n')}`;

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error(`${file} is out of date: npm run error-codes`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, text);
}

function section(room: string, entries: readonly (readonly [string, Entry])[]): string {
  const sorted = [...entries].sort(([a], [b]) => a.localeCompare(b));
  return `## ${room}\n\n${sorted.map(([code, entry]) => describe(code, entry)).join('\n')}`;
}

function describe(code: string, { cause, resident, staff }: Entry): string {
  const lines = [
    `### ${code}\n`,
    both(cause),
    ...(resident ? [`- Warga · resident: ${both(resident)}`] : []),
    `- Petugas · staff: ${both(staff)}`,
  ];
  return `${lines[0]}\n${lines[1]}\n\n${lines.slice(2).join('\n')}\n`;
}

function both({ id, en }: Text): string {
  return `${id} · *${en}*`;
}
