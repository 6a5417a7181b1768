/**
 * Makes a spoken clip of every sentence that a resident's screen says, with espeak-ng: dist/speech/⟨language⟩/⟨name⟩.ogg,
 * and index.json beside them, which tells the sentence of each name. Clips that are there are left alone, so recorded
 * ones may stand in their place. Run by `npm start`; quick when nothing is to do.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Language, Text } from '../src/failures/entry.ts';
import { meaningOf, nextStepForAnybody, RECORD_STATUSES } from '../src/rules/record-status.ts';
import { clipName } from '../src/ui/contract/clip-name.ts';
import * as resident from '../src/ui/web/resident/texts.ts';

const folder = 'dist/speech';
/** Words a minute: slower than espeak-ng's 175, for people who hear it once. */
const PACE = 145;
const voices: Readonly<Record<Language, string>> = { id: 'id', en: 'en-gb' };
/** Clips that one ffmpeg encodes: to start it takes longer than to encode one. */
const BATCH = 25;

const texts = new Set([
  ...textsIn(resident),
  ...RECORD_STATUSES.flatMap((status) => [
    meaningOf(status).means,
    meaningOf(status).nextStep,
    nextStepForAnybody(status),
  ]),
]);

for (const language of ['id', 'en'] as const) {
  mkdirSync(path.join(folder, language), { recursive: true });
  const index: Record<string, string> = {};
  for (const text of texts) index[await clipName(text[language])] = text[language];
  writeFileSync(path.join(folder, language, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
  const missing = Object.entries(index).filter(([name]) => !existsSync(clip(language, name)));
  while (missing.length > 0) await make(language, missing.splice(0, BATCH));
}

/** Every text in what a module exports, however deep. */
function textsIn(value: unknown): Text[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('id' in value && 'en' in value && typeof value.id === 'string') return [value as Text];
  return Object.values(value).flatMap(textsIn);
}

function clip(language: Language, name: string): string {
  return path.join(folder, language, `${name}.ogg`);
}

/** Half a clip never stands under its name. */
async function make(language: Language, sentences: readonly (readonly [name: string, text: string])[]) {
  const half = mkdtempSync(path.join(folder, 'half-'));
  const file = (name: string, kind: string) => path.join(half, `${name}.${kind}`);
  for (const [name, text] of sentences)
    await run('espeak-ng', ['-v', voices[language], '-s', `${PACE}`, '-w', file(name, 'wav'), text]);
  await run('ffmpeg', [
    ...['-loglevel', 'error', '-y'],
    ...sentences.flatMap(([name]) => ['-i', file(name, 'wav')]),
    ...sentences.flatMap(([name], at) => [
      ...['-map', `${at}`, '-c:a', 'libopus', '-b:a', '24k', file(name, 'ogg')],
    ]),
  ]);
  for (const [name] of sentences) renameSync(file(name, 'ogg'), clip(language, name));
  rmSync(half, { recursive: true });
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program}: status ${code}`))));
  });
}
