/**
 * Our own pcscd with nothing but the virtual readers (and whatever is on USB), through Debian's serial CCID driver.
 * It lives on a leash: a shell ends it when our end of the shell's input closes, so also after SIGKILL of the bench.
 * pcscd is one a machine; a foreign one is never touched.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '../failures/failure.ts';

/** Debian's libccid; other systems keep libraries in a folder by architecture. */
const DRIVERS = '/usr/lib{,64,/*}/pcsc/drivers/serial/libccidtwin.so';
const RUN = '/run/pcscd';
const SOCKET = join(RUN, 'pcscd.comm');
const PID_FILE = join(RUN, 'pcscd.pid');

/** Ordinary users need not have the system's programs on their path. */
const ENVIRONMENT = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };

const POLL_MS = 20;
const START_PATIENCE_MS = 10_000;
/** How many of its last outputs are kept for a failure's detail. */
const SAID = 20;
/** pcscd waits for its threads at SIGTERM; one that hangs in the driver would hold it for ever. */
const LEASH = `
exec 3<&0
"$@" & daemon=$!
{ while read -r signal <&3; do kill -s "$signal" "$daemon"; done
  kill "$daemon"; sleep 2; kill -s KILL "$daemon"; } >/dev/null 2>&1 & watcher=$!
wait "$daemon"; status=$?
kill "$watcher" 2>/dev/null
exit $status
`;

export interface ReaderEntry {
  /** FRIENDLYNAME; pcscd appends its own numbers: `Anjungan Virtual Chip new 00 00`. */
  readonly name: string;
  /** The serial line of the emulated reader; without blanks. */
  readonly device: string;
}

export class Pcscd {
  readonly #readers: readonly ReaderEntry[];
  readonly #configDir: string;
  #shell: ChildProcess | null = null;
  #exit: Promise<void> = Promise.resolve();

  /** @param folder Where reader.conf is written. */
  constructor(folder: string, readers: readonly ReaderEntry[]) {
    this.#readers = readers;
    this.#configDir = join(folder, 'reader.conf.d');
  }

  get running(): boolean {
    return this.#shell !== null;
  }

  /** Resolves when pcscd accepts clients and has asked its readers for their cards. */
  async start(): Promise<Result> {
    if (this.running) return ok();
    const [driver] = globSync(DRIVERS);
    if (!driver) return fail('BENCH-PCSCD-START', `no ${DRIVERS}`);
    if (await accepts(SOCKET)) return fail('BENCH-PCSCD-RUNNING', `pid ${pidOfForeign()}`);
    const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
    const cleared = await clearStale(root);
    if (!cleared.ok) return cleared;
    mkdirSync(this.#configDir, { recursive: true });
    writeFileSync(join(this.#configDir, 'anjungan.conf'), readerConf(driver, this.#readers));
    const daemon = ['pcscd', '--foreground', '--config', this.#configDir, ...(await flagsOfThisVersion())];
    const said = this.#launch([...root, 'sh', '-c', LEASH, 'pcscd-leash', ...daemon]);
    for (let waited = 0; waited < START_PATIENCE_MS && this.running; waited += POLL_MS) {
      if (await accepts(SOCKET)) return ok();
      await delay(POLL_MS);
    }
    await this.stop();
    return fail('BENCH-PCSCD-START', said.join('').trim().slice(-400) || 'it did not start');
  }

  /** The last that it says goes into the list that is returned. */
  #launch(commandLine: readonly string[]): readonly string[] {
    const [command, args] = split(commandLine);
    const shell = spawn(command, args, { stdio: 'pipe', env: ENVIRONMENT });
    const said: string[] = [];
    for (const stream of [shell.stdout, shell.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said.push(text);
        said.splice(0, said.length - SAID);
      });
    }
    shell.stdin.on('error', () => {}); // told by `exit`
    this.#shell = shell;
    this.#exit = new Promise<void>((resolve) => {
      shell.once('error', () => resolve());
      shell.once('exit', () => resolve());
    }).then(() => {
      this.#shell = null;
    });
    return said;
  }

  /** SIGKILL, as a crash would do it. */
  async kill(): Promise<void> {
    this.#shell?.stdin?.write('KILL\n');
    await this.#exit;
  }

  async stop(): Promise<void> {
    this.#shell?.stdin?.end();
    await this.#exit;
  }
}

function readerConf(driver: string, readers: readonly ReaderEntry[]): string {
  return readers
    .map(
      ({ name, device }, channel) =>
        `FRIENDLYNAME "${name}"\nDEVICENAME ${device}:GemPCTwin\nLIBPATH ${driver}\nCHANNELID ${channel}\n`,
    )
    .join('\n');
}

function split([command, ...args]: readonly string[]): [string, string[]] {
  return [command!, args];
}

/** Does somebody listen at this unix socket? */
function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** For the technician; systemd may hold the socket of a pcscd that does not run yet. */
function pidOfForeign(): string {
  try {
    return readFileSync(PID_FILE, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

/** A killed pcscd leaves its socket and pid file behind, and the next may take a stranger's pid for it. */
async function clearStale(root: readonly string[]): Promise<Result> {
  if (!existsSync(SOCKET) && !existsSync(PID_FILE)) return ok();
  const [command, args] = split([...root, 'rm', '-f', SOCKET, PID_FILE]);
  try {
    await promisify(execFile)(command, args);
    return ok();
  } catch (error) {
    return fail('BENCH-PCSCD-START', `cannot remove ${SOCKET}: ${String(error)}`);
  }
}

/** From 2.0 pcscd may ask polkit, which refuses users without a session, such as a kiosk's service. */
async function flagsOfThisVersion(): Promise<string[]> {
  try {
    const { stdout } = await promisify(execFile)('pcscd', ['--help'], { env: ENVIRONMENT });
    return stdout.includes('--disable-polkit') ? ['--disable-polkit'] : [];
  } catch {
    return []; // not installed: starting it will say so
  }
}
