/** `npm run bench -- NAME [arguments]`: runs ./NAME.ts, which exports `run(args)` and answers the exit code. */
import { readdirSync, readFileSync } from 'node:fs';

const HERE = new URL('.', import.meta.url);

/** The files of this folder that are benches: they export `run`. */
const names = readdirSync(HERE)
  .filter((file) => /\bexport async function run\(/.test(readFileSync(new URL(file, HERE), 'utf8')))
  .map((file) => file.replace(/\.ts$/, ''));

const [name, ...args] = process.argv.slice(2);
if (name !== undefined && names.includes(name)) {
  const bench: { run(args: readonly string[]): Promise<number> } = await import(
    new URL(`${name}.ts`, HERE).href
  );
  process.exitCode = await bench.run(args);
} else {
  process.stderr.write(`usage: npm run bench -- ${names.join('|')} [arguments]\n`);
  process.exitCode = 2;
}
