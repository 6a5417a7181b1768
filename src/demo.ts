/**
 * `npm run demo`: a resident, an officer and two cards, headless, on the bench: a recording from the invitation to the
 * sealed packet; verification, activation and comparison of a new and an old card on the new and the old reader. Of each
 * step the time is told, and how much of it the kiosk itself was at work. Exit status 0 only when all of it worked.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compose, EVERYTHING, type Kiosk } from './compose.ts';
import { checkConfiguration, loadConfiguration } from './config.ts';
import { measureOwnTime } from './demo-own-time.ts';
import { INVITATION, RECORDING_DEVICES, RecordingFailure, recordResident } from './demo-recording.ts';
import { catalogue } from './failures/catalogue.ts';
import type { Failure, Result } from './failures/failure.ts';
import type { Desk } from './flows/desk.ts';
import type { DeskEvent, DeskStatus, Work } from './flows/status.ts';
import type { Bench } from './virtual/client.ts';
import type { BenchCommand } from './virtual/commands.ts';

const BY = 'desk';
const NEW_CARD = 'b-new';
const OLD_CARD = 'b-old';
/** Longer than any step takes on a slow machine. */
const STEP_PATIENCE_MS = 30_000;

interface Step {
  readonly name: string;
  /** Wall time. */
  readonly ms: number;
  /** Of it, in which the kiosk was at work: neither a person nor a wire was waited for. */
  readonly ownMs: number;
  readonly ok: boolean;
}

class DemoFailure extends Error {}

async function main(): Promise<void> {
  const json = process.argv.includes('--json');
  const folder = await mkdtemp(path.join(tmpdir(), 'anjungan-demo-'));
  const steps: Step[] = [];
  const own = measureOwnTime();
  const step = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    const [begun, ownBefore] = [performance.now(), own.sofar()];
    const timed = (ok: boolean): Step => ({
      name,
      ms: Math.round(performance.now() - begun),
      ownMs: Math.round(own.sofar() - ownBefore),
      ok,
    });
    const passed = await act().catch((error: unknown) => {
      steps.push(timed(false));
      throw error;
    });
    const passing = timed(true);
    steps.push(passing);
    if (!json) process.stdout.write(`✓ ${name} (${passing.ms} ms, own ${passing.ownMs})\n`);
    return passed;
  };
  try {
    const kiosk = await step('start: readers, SAM, sensor, store', () => startKiosk(folder));
    try {
      await walkThrough(kiosk, step);
    } finally {
      await kiosk.close();
    }
  } catch (error) {
    if (!(error instanceof DemoFailure || error instanceof RecordingFailure)) throw error;
    process.stderr.write(`✗ ${error.message}\n`);
    process.exitCode = 1;
  } finally {
    own.stop();
    await rm(folder, { recursive: true, force: true });
    const [, ...served] = steps;
    const total = (of: 'ms' | 'ownMs') => served.reduce((sum, one) => sum + one[of], 0);
    const [ms, ownMs, besideCameraMs] = [total('ms'), total('ownMs'), Math.round(own.besideCamera())];
    process.stdout.write(
      json
        ? `${JSON.stringify({ steps, ownMs, besideCameraMs })}\n`
        : `The kiosk itself was at work for ${ownMs} of ${ms} ms since its start (aim: 3000), ` +
            `and for ${besideCameraMs} ms on pictures while a camera gave the next.\n`,
    );
  }
}

/** The bench's configuration with a data folder of its own and fresh cards. */
async function startKiosk(folder: string): Promise<Kiosk> {
  const configured = must(await loadConfiguration('config/bench.json'));
  const recording = RECORDING_DEVICES.filter(({ id }) => !configured.devices.some((one) => one.id === id));
  const devices = [...configured.devices, ...recording];
  const configuration = must(checkConfiguration({ ...configured, devices }, 'the demo'));
  const { stateFile: _, ...bench } = configuration.bench;
  return must(await compose({ ...configuration, dataDir: folder, bench: { ...bench, lay: {} } }, EVERYTHING));
}

async function walkThrough(
  kiosk: Kiosk,
  step: <T>(name: string, act: () => Promise<T>) => Promise<T>,
): Promise<void> {
  if (!kiosk.bench) throw new DemoFailure('the configuration has no virtual device');
  const { bench } = kiosk;
  must(await kiosk.parts.store.roster.import({ number: 1, invitations: [INVITATION] }, 'kiosk'));
  const onBug = (error: unknown) => {
    throw error;
  };
  const onFailure = ({ code }: Failure) => void process.stderr.write(`✗ ${code}\n`);
  await recordResident(must(await kiosk.openStation({ onBug, onFailure })), bench, step);
  const desk = must(await kiosk.openDesk(onBug));
  const officer = createOfficer(desk, bench);
  await officer.readersReady();
  for (const [card, words] of [
    [NEW_CARD, 'new card'],
    [OLD_CARD, 'old card'],
  ] as const) {
    await step(`${words} on the new reader: genuine, holder verified`, () => officer.verify('new', card));
    await step(`${words}: activated, read back, queued for the centre`, () => officer.activate());
  }
  await step('old card on the old reader: holder verified by the box', () => officer.verify('old', OLD_CARD));
  await officer.finish();
  await step('old card compared: both readers read it', async () => {
    const codes = await officer.compare(OLD_CARD);
    expect(codes.new === null && codes.old === null, codes);
  });
  await step('new card compared: the old firmware says why it does not read it', async () => {
    const codes = await officer.compare(NEW_CARD);
    expect(codes.new === null && codes.old === 'OLD-GENERATION-ONLY', codes);
  });
  await step('audit chain whole, packet and two activations queued', async () => {
    const audit = must(await kiosk.parts.store.audit.verify());
    const queued = must(await kiosk.parts.store.outbox.pending());
    // Beside them lies yesterday's commitment of the fee reports.
    const acts = queued.filter(({ kind }) => kind !== 'fee-report');
    expect(audit.ok && acts.length === 3, { audit, queued: acts.length });
  });
}

/** What an officer does with the desk, and a holder with card and finger. */
function createOfficer(desk: Desk, bench: Bench) {
  const hand = async (command: BenchCommand) => void must(await bench.send(command));
  const ask = (event: DeskEvent) => void must(desk.send(event));
  const until = (condition: (status: DeskStatus) => boolean) => waitFor(desk, condition);
  const at = (work: Work['at'], step: string) => (status: DeskStatus) =>
    status.work.at === work && 'step' in status.work && status.work.step === step;
  const finish = async () => {
    ask({ type: 'finish', by: BY });
    await until(({ work }) => work.at === 'idle');
  };

  return {
    finish,
    readersReady: () => until(({ readers }) => readers.every(({ state }) => state === 'ready')),
    async verify(reader: string, card: string) {
      if (desk.status().work.at !== 'idle') await finish();
      await hand({ command: 'lay', card, reader });
      ask({ type: 'verify', reader, by: BY });
      const { work } = await until(at('verification', 'awaiting-finger'));
      const finger = work.at === 'verification' ? work.fingers[0] : undefined;
      const { person } = bench.status().cards.find(({ id }) => id === card) ?? {};
      const pressed = bench.status().fingers.find((one) => one.person === person && one.position === finger);
      expect(pressed, { card, finger });
      await hand({
        command: 'press',
        sensor: reader === 'old' ? 'old' : 'finger',
        finger: pressed?.id ?? '',
        impression: 2,
      });
      await until(at('verification', 'verified'));
    },
    async activate() {
      ask({ type: 'activate', by: BY });
      const { work } = await until(at('activation', 'settled'));
      expect(work.at === 'activation' && work.outcome === 'done', work);
    },
    /** Moves the card from reader to reader; answers each one's refusal, null where it reads the card. */
    async compare(card: string): Promise<Record<string, string | null>> {
      ask({ type: 'compare', by: BY });
      for (const [index, { id }] of desk.status().readers.entries()) {
        await until(({ work }) => work.at === 'comparison' && work.rows[index]?.step !== 'waiting');
        await hand({ command: 'lay', card, reader: id });
      }
      const { work } = await until(at('comparison', 'done'));
      if (work.at !== 'comparison') throw new DemoFailure('the comparison is gone');
      await finish();
      return Object.fromEntries(work.rows.map(({ reader, failure }) => [reader, failure?.code ?? null]));
    },
  };
}

function waitFor(desk: Desk, condition: (status: DeskStatus) => boolean): Promise<DeskStatus> {
  return new Promise((resolve, reject) => {
    const look = (status: DeskStatus) => {
      const broken = failureOf(status.work);
      if (!broken && !condition(status)) return;
      clearTimeout(timer);
      unsubscribe();
      if (broken) reject(new DemoFailure(inWords(broken)));
      else resolve(status);
    };
    const timer = setTimeout(() => {
      unsubscribe();
      reject(new DemoFailure(`nothing happened; the desk is at ${JSON.stringify(desk.status())}`));
    }, STEP_PATIENCE_MS);
    const unsubscribe = desk.subscribe(look);
    look(desk.status());
  });
}

/** A case that failed will not come to what is waited for. */
function failureOf(work: Work): Failure | null {
  return work.at === 'verification' && (work.step === 'failed' || work.step === 'refused')
    ? work.failure
    : null;
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new DemoFailure(inWords(result.failure));
}

function expect(condition: unknown, found: unknown): void {
  if (!condition) throw new DemoFailure(`found ${JSON.stringify(found)}`);
}

function inWords({ code, detail }: Failure): string {
  const { cause, staff } = catalogue[code];
  return `${code}: ${cause.en} ${staff.en}${detail ? ` (${detail})` : ''}`;
}

await main();
