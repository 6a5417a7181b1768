/**
 * Starts the kiosk and keeps it up until it is told to end. Prints the addresses of its screens on stdout, the desk's
 * first; under systemd it writes a page for each instead, since stdout is the journal there.
 */
import { flushCompileCache } from 'node:module';
import pino from 'pino';
import project from '../package.json' with { type: 'json' };
import { inviteBenchPeople, shipBenchCards } from './bench-roster.ts';
import { enrolBenchStaff } from './bench-staff.ts';
import { run } from './cli/commands.ts';
import { serveConsole } from './cli/console-socket.ts';
import { compose, configurationHash, EVERYTHING, type Kiosk } from './compose.ts';
import { composeFeeReports } from './compose-uplink.ts';
import { loadConfiguration } from './config.ts';
import { doorsOf } from './doors.ts';
import { catalogue } from './failures/catalogue.ts';
import type { Failure } from './failures/failure.ts';
import { writeScreenPages } from './screen-pages.ts';
import { connectSystemd } from './systemd.ts';
import { createRefusals } from './ui/server/refusals.ts';
import { startServer } from './ui/server/server.ts';

const log = pino({ base: null }, pino.destination(2));

async function main(): Promise<void> {
  const { config } = parseArguments();
  const configuration = await loadConfiguration(config);
  if (!configuration.ok) return refuse(configuration.failure);
  const composed = await compose(configuration.value, EVERYTHING);
  if (!composed.ok) return refuse(composed.failure);
  const kiosk = composed.value;
  const { audit } = kiosk.parts.store;
  const endings: (() => Promise<unknown>)[] = [
    kiosk.close,
    () => audit.append('kiosk-stopped', 'kiosk', { code: null }),
  ];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);

  await audit.append('kiosk-started', 'kiosk', { version: project.version });
  await audit.append('configuration-loaded', 'kiosk', { sha256: configurationHash(configuration.value) });
  const served = await serve(kiosk, endings);
  if (served) {
    await stop();
    return refuse(served);
  }
  const systemd = connectSystemd(process.env, () => audit.latest());
  if (!systemd) return;
  endings.push(async () => systemd.close());
  systemd.ready();
}

/** Opens the desk, its screen and the console; the failure when one of them does not open. */
async function serve(kiosk: Kiosk, endings: (() => Promise<unknown>)[]): Promise<Failure | undefined> {
  const { configuration } = kiosk;
  const desk = await kiosk.openDesk((error) =>
    log.error({ error }, 'a flow broke off on a bug; the desk started anew'),
  );
  if (!desk.ok) return desk.failure;
  const onCommandBug = (error: unknown) => log.error({ error }, 'a console command broke off on a bug');
  endings.push(await serveConsole(configuration.dataDir, (asked) => run(kiosk, asked), onCommandBug));
  if (kiosk.bench) {
    const enrolled = await enrolBenchStaff(kiosk.parts.store);
    if (!enrolled.ok) return enrolled.failure;
    const invited = await inviteBenchPeople(kiosk.parts.store);
    if (!invited.ok) return invited.failure;
    const shipped = await shipBenchCards(kiosk.parts.store);
    if (!shipped.ok) return shipped.failure;
    await desk.value.refresh();
  }
  const station = await kiosk.openStation({
    onFailure: (failure) => log.error({ failure }, 'what is due by the day could not be done'),
    onBug: (error) =>
      log.error({ error }, 'a flow broke off on a bug; the session goes on from what it stored'),
  });
  if (!station.ok) return station.failure;
  const keepFeeReport = await composeFeeReports(configuration, kiosk.parts.store);
  if (!keepFeeReport.ok) return keepFeeReport.failure;
  const { audit } = kiosk.parts.store;
  const refusals = createRefusals(
    (code, count) => void audit.append('screen-refused', 'kiosk', { code, count }),
  );
  endings.push(async () => refusals.close());
  const screens = await startServer({
    ...configuration.screens,
    onRefusal: refusals.note,
    doors: doorsOf(kiosk, desk.value, station.value, keepFeeReport.value),
    log,
  });
  if (!screens.ok) return screens.failure;
  endings.push(() => screens.value.close());
  const folder = process.env.RUNTIME_DIRECTORY;
  if (folder) await writeScreenPages(folder, screens.value.addresses);
  else for (const address of screens.value.addresses) process.stdout.write(`${address}\n`);
  return undefined;
}

function parseArguments(): { config: string } {
  const at = process.argv.indexOf('--config');
  return { config: (at > 0 && process.argv[at + 1]) || 'config/bench.json' };
}

function refuse({ code, detail }: Failure): void {
  const { cause, staff } = catalogue[code];
  process.stderr.write(
    `${code}: ${cause.id} ${staff.id}\n  ${cause.en} ${staff.en}\n${detail ? `  ${detail}\n` : ''}`,
  );
  process.exitCode = 1;
}

// A bug in one place must not take the kiosk down; whoever waits there gives up by its own patience.
process.on('unhandledRejection', (error) => log.error({ error }, 'a rejected promise that nobody handled'));

await main();
// A kiosk may be switched off without an end: what the next start needs is on the disk by now.
flushCompileCache();
