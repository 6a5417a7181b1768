/**
 * The technician's command line: `npm run -s kiosk -- COMMAND`. With --json one JSON object on stdout.
 * Exit status 0: done; 1: a coded failure (and `check` when not all are ready); 2: bad usage.
 */
import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { compose } from '../compose.ts';
import { loadConfiguration } from '../config.ts';
import type { Language } from '../failures/entry.ts';
import type { Result } from '../failures/failure.ts';
import { type DayReport, dayReportCsv } from '../rules/day-report.ts';
import type { CardCount } from '../store/device-log.ts';
import { explain } from './check.ts';
import { needOf, type Request, run } from './commands.ts';
import { askConsole } from './console-socket.ts';
import { fingerprintExtract, fingerprintMatch } from './fingerprint-commands.ts';
import { matrixCsv } from './matrix.ts';
import { packetInspect } from './packet-commands.ts';
import { readPin } from './staff-commands.ts';

interface Options {
  readonly config: string;
  readonly json?: boolean;
  readonly lang: Language;
}

const DONE = 0;
const FAILED = 1;
const BAD_USAGE = 2;

const program = new Command('kiosk').description('Perintah teknisi anjungan KTP-el · technician’s commands');
program.exitOverride().configureHelp({ showGlobalOptions: true });

/** A command with the options that all of them have. */
function command(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--config <file>', 'configuration file', 'config/bench.json')
    .option('--json', 'print one JSON object')
    .addOption(
      new Option('--lang <language>', 'language of causes and remedies').choices(['id', 'en']).default('id'),
    )
    .exitOverride();
}

const card = program.command('card').description('read, verify, activate, compare').exitOverride();
command(card, 'read', 'read the card on a reader')
  .requiredOption('--reader <id>')
  .action((options) =>
    onKiosk(options, { command: 'card read', reader: options.reader, language: options.lang }),
  );
for (const name of ['verify', 'activate'] as const) {
  command(card, name, `${name} the card on a reader with the holder's finger`)
    .requiredOption('--reader <id>')
    .option('--finger <file>', 'an image in the place of the live sensor', (file) => path.resolve(file))
    .action(({ reader, finger, ...options }) =>
      onKiosk(options, { command: `card ${name}`, reader, finger, language: options.lang }),
    );
}
command(card, 'compare', 'try the card on each reader in turn').action((options) =>
  onKiosk(options, { command: 'card compare', language: options.lang }),
);

command(program, 'check', 'test every device').action((options) =>
  onKiosk(options, { command: 'check', language: options.lang }),
);

command(
  program.command('sam').exitOverride(),
  'confirm',
  'accept another SAM than the one bound to the kiosk',
)
  .requiredOption('--reader <id>')
  .action((options) =>
    onKiosk(options, { command: 'sam confirm', reader: options.reader, language: options.lang }),
  );

command(program.command('audit').exitOverride(), 'verify', 'verify the audit chain').action((options) =>
  onKiosk(options, { command: 'audit verify', language: options.lang }),
);

command(program, 'matrix', 'which cards which readers could read')
  .option('--csv', 'as CSV')
  .action(({ csv, ...options }) =>
    onKiosk(options, { command: 'matrix', language: options.lang }, csv ? printMatrix : printJson),
  );

command(program, 'report', 'the report of a day')
  .requiredOption('--day <day>', 'YYYY-MM-DD', realDay)
  .option('--csv', 'as CSV')
  .action(({ day, csv, ...options }) =>
    onKiosk(options, { command: 'report', day, language: options.lang }, csv ? printReport : printJson),
  );

command(program.command('stick').exitOverride(), 'read', 'check and read what a USB stick brings')
  .argument('<device>', 'e.g. /dev/sda1')
  .action((device, options) => onKiosk(options, { command: 'stick read', device, language: options.lang }));

const uplink = program.command('uplink').description('send, receive, status').exitOverride();
command(uplink, 'send', 'write what is to go to the centre')
  .option('--again', 'also what was sent and has no receipt')
  .action(({ again, ...options }) =>
    onKiosk(options, { command: again ? 'uplink send again' : 'uplink send', language: options.lang }),
  );
for (const act of ['receive', 'status'] as const) {
  command(uplink, act, act === 'receive' ? 'read what the centre sent' : 'sent, received, unknown').action(
    (options) => onKiosk(options, { command: `uplink ${act}`, language: options.lang }),
  );
}

const device = program.command('device').description('restart, disable, enable, calibrated').exitOverride();
for (const act of ['restart', 'disable', 'enable'] as const) {
  command(device, act, `${act} a device of the running kiosk`)
    .argument('<id>', 'as check lists it')
    .action((id, options) =>
      onKiosk(options, { command: `device ${act}`, device: id, language: options.lang }),
    );
}
command(device, 'calibrated', 'a device was calibrated now, by the maker’s means')
  .argument('<id>', 'as check lists it')
  .action((id, options) =>
    onKiosk(options, { command: 'device calibrated', device: id, language: options.lang }),
  );

command(
  program.command('staff').exitOverride(),
  'enrol',
  'enrol a supervisor, who enrols the others; the PIN is read from standard input',
)
  .argument('<id>')
  .requiredOption('--name <name>')
  .requiredOption('--appointment <number>', 'number of the appointment (SK)')
  .requiredOption('--until <day>', 'last day of appointment and training, YYYY-MM-DD')
  .action(async (id, { name, appointment, until, ...options }) => {
    const member = {
      id,
      name,
      appointment,
      appointedUntil: until,
      trainedUntil: until,
      pin: await readPin(),
    };
    await onKiosk(options, { command: 'staff enrol', member, language: options.lang });
  });

const fingerprint = program.command('fingerprint').description('extract, match').exitOverride();
const FINGER = 'PNG, JPEG, JPEG 2000, WSQ, ISO/IEC 19794-4 or 19794-2';
command(fingerprint, 'extract', 'the minutiae of a finger')
  .argument('<file>', FINGER)
  .requiredOption('--out <file>', 'ISO/IEC 19794-2 record to write')
  .action(async (file, options) => answer(await fingerprintExtract(file, options.out), options));
command(fingerprint, 'match', 'compare two fingers')
  .argument('<a>', FINGER)
  .argument('<b>', FINGER)
  .action(async (a, b, options) => answer(await fingerprintMatch(a, b), options));

command(program.command('packet').exitOverride(), 'inspect', 'open a sealed packet and check all of it')
  .argument('<file>', 'a packet of this kiosk')
  .option('--key <file>', "a centre's private key; without it the test centre's of the bench")
  .action(async (file, options) => {
    const configuration = await loadConfiguration(options.config);
    answer(
      configuration.ok ? await packetInspect(configuration.value, file, options.key) : configuration,
      options,
    );
  });

/** A day of the calendar, or the command is not understood. */
function realDay(text: string): string {
  if (z.iso.date().safeParse(text).success) return text;
  throw new InvalidArgumentError('YYYY-MM-DD');
}

/** Asks the running kiosk, or composes what the command needs and runs it here. */
async function onKiosk(options: Options, asked: Request, print: Print = printJson): Promise<void> {
  const configuration = await loadConfiguration(options.config);
  if (!configuration.ok) return answer(configuration, options);
  const running = await askConsole(configuration.value.dataDir, asked);
  const answerAsked = (result: Result<object>) => {
    answer(result, options, print);
    if (asked.command === 'check' && result.ok && !allReady(result.value)) process.exitCode = FAILED;
  };
  if (running) return answerAsked(running);
  const kiosk = await compose(configuration.value, needOf(asked));
  if (!kiosk.ok) return answer(kiosk, options);
  const end = endOnSignal(kiosk.value.close);
  const result = await run(kiosk.value, asked);
  await kiosk.value.close();
  end();
  answerAsked(result);
}

/** Ctrl-C in the middle of a command still ends what was started. */
function endOnSignal(close: () => Promise<void>): () => void {
  const stop = () => void close().then(() => process.exit(FAILED));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return () => process.off('SIGINT', stop).off('SIGTERM', stop);
}

/** What a command that was done prints. */
type Print = (value: object, options: Options) => string;

const printJson: Print = (value, { json }) => `${JSON.stringify(value, null, json ? undefined : 2)}\n`;
const printReport: Print = (value) => dayReportCsv(value as DayReport);
const printMatrix: Print = (value) => matrixCsv((value as { cards: CardCount[] }).cards);

function answer(result: Result<object>, options: Options, print = printJson): void {
  process.stdout.write(
    result.ok
      ? print(result.value, options)
      : printJson({ error: explain(result.failure, options.lang) }, options),
  );
  process.exitCode = result.ok ? DONE : FAILED;
}

/** What `check` prints. */
function allReady(value: object): boolean {
  return 'devices' in value && (value.devices as { state: string }[]).every(({ state }) => state === 'ready');
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? DONE : BAD_USAGE;
}
