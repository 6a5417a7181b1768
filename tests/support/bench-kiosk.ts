/** A kiosk on the bench, composed as the command line composes it: real pcscd, real drivers, a data folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compose, EVERYTHING, type Kiosk, type Need } from '../../src/compose.ts';
import { type Configuration, checkConfiguration } from '../../src/config.ts';
import type { ReaderStatus } from '../../src/devices/card-reader/port.ts';
import type { Result } from '../../src/failures/failure.ts';
import type { Bench } from '../../src/virtual/client.ts';
import type { BenchCommand, BenchLogEntry } from '../../src/virtual/commands.ts';
import { benchIn } from './bench-in.ts';

export interface BenchKiosk extends Kiosk {
  readonly bench: Bench;
  readonly folder: string;
  /** Does it, or throws. */
  hand(command: BenchCommand): Promise<void>;
  /** Resolves once the reader's status satisfies the condition. */
  until(readerId: string, condition: (status: ReaderStatus) => boolean): Promise<void>;
  /** The APDUs of `act`, in their order. */
  apdusOf(act: () => Promise<unknown>): Promise<readonly BenchLogEntry[]>;
  /** Path of a picture of the holder's finger, another impression than the one on the chip. */
  fingerOf(card: string): string;
}

type Change = (configuration: Configuration) => Configuration;

/** config/bench.json with everything it writes in `folder`, nothing on the readers, of the devices the sensor and panel. */
export async function benchConfiguration(folder: string): Promise<Configuration> {
  return value(checkConfiguration(await benchIn(folder), 'config/bench.json, changed'));
}

export function temporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'anjungan-'));
}

export async function openBenchKiosk({
  change = (configuration) => configuration,
  need = EVERYTHING,
}: {
  change?: Change;
  need?: Need;
} = {}): Promise<BenchKiosk> {
  const folder = temporaryFolder();
  const kiosk = value(await compose(change(await benchConfiguration(folder)), need));
  const { bench } = kiosk;
  if (!bench) throw new Error('the bench configuration has virtual devices');
  const hand = async (command: BenchCommand) => void value(await bench.send(command));
  return {
    ...kiosk,
    bench,
    folder,
    hand,
    until(readerId, condition) {
      const reader = kiosk.parts.readers.find(({ id }) => id === readerId);
      if (!reader) throw new Error(`no reader ${readerId}`);
      return new Promise((resolve) => {
        let unsubscribe = () => {};
        const look = (status: ReaderStatus) => {
          if (!condition(status)) return;
          unsubscribe();
          resolve();
        };
        unsubscribe = reader.subscribe(look);
        look(reader.status());
      });
    },
    async apdusOf(act) {
      await hand({ command: 'log', on: true });
      await act();
      const log = value(await bench.send({ command: 'read-log' })) as BenchLogEntry[];
      await hand({ command: 'log', on: false });
      return log;
    },
    fingerOf(card) {
      const { person } = bench.status().cards.find(({ id }) => id === card) ?? {};
      return path.join(folder, 'bench', 'fingers', `${person}-right-index_2.png`);
    },
    async close() {
      await kiosk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail ?? ''}`);
  return result.value;
}

export function codeOf(result: Result<unknown>): string | null {
  return result.ok ? null : result.failure.code;
}
