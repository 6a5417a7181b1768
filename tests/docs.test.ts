import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogue } from '../src/failures/catalogue.ts';

test('the statecharts in docs/architecture.md are those of the machines (npm run statecharts)', () => {
  execFileSync('node', ['scripts/statecharts.ts', '--check'], { stdio: 'pipe' });
});

test('docs/error-codes.md is what the catalogue says (npm run error-codes)', () => {
  execFileSync('node', ['scripts/error-codes.ts', '--check'], { stdio: 'pipe' });
});

test('every failure speaks both languages', () => {
  for (const [code, { cause, resident, staff }] of Object.entries(catalogue)) {
    for (const text of [cause, staff, ...(resident ? [resident] : [])]) {
      expect(text.id.trim(), code).toMatch(/[.!]$/);
      expect(text.en.trim(), code).toMatch(/[.!]$/);
    }
  }
});

test('every failure of the catalogue is returned somewhere', () => {
  const sources = execFileSync('git', ['ls-files', 'src'], { encoding: 'utf8' })
    .split('\n')
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('src/failures/'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const unused = Object.keys(catalogue).filter((code) => !sources.includes(`'${code}'`));
  expect(unused).toEqual([]);
});
