/** A desk that shows what the test says and notes what it is asked: the server's input, as compose.ts gives it. */
import { type Failure, ok, type Result } from '../../src/failures/failure.ts';
import type { DeskEvent, DeskStatus, Work } from '../../src/flows/status.ts';
import type { BenchCommand, BenchStatus } from '../../src/ui/contract/bench.ts';
import type { Desk } from '../../src/ui/server/desk-door.ts';
import type { Bench } from '../../src/ui/server/perform-on-bench.ts';
import { idle } from './statuses.ts';

function changes() {
  const listeners = new Set<() => void>();
  return {
    listeners,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell() {
      for (const listener of listeners) listener();
    },
  };
}

export interface ScriptedDesk extends Desk {
  readonly asked: DeskEvent[];
  /** Whose cards it was asked to list, and by whom. */
  readonly listed: { readonly village: string | null; readonly by: string }[];
  readonly listeners: ReadonlySet<() => void>;
  show(status: DeskStatus): void;
  showWork(work: Work): void;
  /** What it answers from now on. */
  refuse(failure: Failure | null): void;
}

export function scriptDesk(): ScriptedDesk {
  const { listeners, subscribe, tell } = changes();
  const asked: DeskEvent[] = [];
  const listed: { village: string | null; by: string }[] = [];
  let status = idle;
  let refusal: Failure | null = null;
  return {
    asked,
    listed,
    listeners,
    subscribe,
    status: () => status,
    send(event): Result {
      asked.push(event);
      return refusal ? { ok: false, failure: refusal } : ok();
    },
    show(next) {
      status = next;
      tell();
    },
    async showCards(village, by) {
      listed.push({ village, by });
      return refusal ? { ok: false, failure: refusal } : ok();
    },
    refuse(failure) {
      refusal = failure;
    },
    showWork(work) {
      this.show({ ...idle, work });
    },
  };
}

const deck: BenchStatus = {
  readers: [
    { id: 'new', label: { id: 'Pembaca baru', en: 'New reader' } },
    { id: 'old', label: { id: 'Pembaca lama', en: 'Old reader' } },
  ],
  cards: [
    {
      id: 'b-new',
      label: { id: 'Tipe B, generasi baru', en: 'Type B, new generation' },
      person: 'endah',
      where: null,
    },
    {
      id: 'a-old',
      label: { id: 'Tipe A, generasi lama', en: 'Type A, old generation' },
      person: 'endah',
      where: null,
    },
    {
      id: 'forged',
      label: { id: 'Palsu: foto diubah', en: 'Forged: photo changed' },
      person: 'endah',
      where: null,
    },
    { id: 'not-ktp', label: { id: 'Kartu lain', en: 'Another card' }, person: null, where: null },
  ],
  fingers: [
    { id: 'endah-2', person: 'endah', position: 2, impressions: 3 },
    { id: 'endah-7', person: 'endah', position: 7, impressions: 3 },
    { id: 'karto-2', person: 'karto', position: 2, impressions: 3 },
  ],
};

export interface ScriptedBench extends Bench {
  readonly commands: BenchCommand[];
}

export function scriptBench(): ScriptedBench {
  const { subscribe, tell } = changes();
  const commands: BenchCommand[] = [];
  let status = deck;
  return {
    commands,
    subscribe,
    status: () => status,
    async send(command) {
      commands.push(command);
      if (command.command === 'lay') {
        status = {
          ...status,
          cards: status.cards.map((card) =>
            card.id === command.card ? { ...card, where: command.reader } : card,
          ),
        };
        tell();
      }
      return ok();
    },
  };
}
