/** Comparison: the same card on each configured reader in turn; each answers readable, or why not. */
import { assign, fromPromise, setup } from 'xstate';
import { type Failure, ok, type Result } from '../failures/failure.ts';
import { type CardKind, countCard, UNKNOWN_CARD } from './card-matrix.ts';
import { awaitCard } from './card-watch.ts';
import type { DeskParts } from './parts.ts';
import { readCase } from './reading.ts';
import type { ComparisonRow, ComparisonStatus } from './status.ts';

export interface ComparisonInput {
  readonly caseId: string;
  readonly by: string;
}

interface Context extends ComparisonInput {
  readonly rows: readonly ComparisonRow[];
  /** The reader at work, an index into `rows`. */
  readonly at: number;
  /** The card, as far as one of the readers could tell. */
  readonly card: CardKind;
}

type Event = { type: 'card' };

export function createComparison(parts: DeskParts) {
  const { policy, store } = parts;

  return setup({
    types: {
      context: {} as Context,
      input: {} as ComparisonInput,
      output: {} as readonly ComparisonRow[],
      events: {} as Event,
    },
    delays: { cardPatience: policy.patience.card * 1000, readPatience: policy.patience.read * 1000 },
    actors: {
      tryReader: fromPromise<Result<CardKind | undefined>, Context & { onCard: () => void }>(
        ({ input, signal }) => tryReader(parts, input, signal, input.onCard),
      ),
      record: fromPromise<Result, Context>(async ({ input: { rows, by, card } }) => {
        // The others count by themselves; of the card a sealed reader tells nothing, but another one may have.
        for (const { reader, failure } of rows.filter(({ reader }) => parts.sealedReader(reader).ok)) {
          await countCard(store, reader, card, failure ? { ok: false, failure } : ok());
        }
        return store.audit.append('comparison-made', by, {
          readers: rows.map(({ reader, readable, failure }) => ({
            reader,
            readable: readable === true,
            code: failure?.code ?? null,
          })),
        });
      }),
    },
    guards: {
      allTried: ({ context }) => context.at >= context.rows.length,
    },
    actions: {
      showReading: assign({ rows: ({ context }) => withRow(context, { step: 'reading' }) }),
      keepAnswer: assign(({ context }, failure: Failure | null) => ({
        rows: withRow(context, { step: 'done', readable: failure === null, failure }),
        at: context.at + 1,
      })),
      keepCard: assign(({ context }, read: Result<CardKind | undefined>) =>
        read.ok ? { card: read.value ?? context.card } : {},
      ),
      showNext: assign({ rows: ({ context }) => withRow(context, { step: 'awaiting-card' }) }),
    },
  }).createMachine({
    id: 'comparison',
    context: ({ input }) => ({
      ...input,
      at: 0,
      card: UNKNOWN_CARD,
      rows: parts.readers.map(({ id, generation }) => ({
        reader: id,
        generation,
        step: 'waiting',
        readable: null,
        failure: null,
      })),
    }),
    initial: 'choosing',
    states: {
      choosing: {
        always: [
          { guard: 'allTried', target: 'recording' },
          { target: 'trying', actions: 'showNext' },
        ],
      },
      trying: {
        invoke: {
          src: 'tryReader',
          input: ({ context, self }) => ({ ...context, onCard: () => self.send({ type: 'card' }) }),
          onDone: {
            target: 'choosing',
            actions: [
              { type: 'keepCard', params: ({ event }) => event.output },
              {
                type: 'keepAnswer',
                params: ({ event }) => (event.output.ok ? null : event.output.failure),
              },
            ],
          },
        },
        initial: 'awaitingCard',
        states: {
          awaitingCard: {
            on: { card: { target: 'reading', actions: 'showReading' } },
            after: {
              cardPatience: {
                target: '#comparison.choosing',
                actions: { type: 'keepAnswer', params: { code: 'DESK-NO-CARD' } },
              },
            },
          },
          reading: {
            after: {
              readPatience: {
                target: '#comparison.choosing',
                actions: { type: 'keepAnswer', params: { code: 'DESK-READ-TOO-LONG' } },
              },
            },
          },
        },
      },
      recording: {
        // The rows stand even where the audit entry could not be written; the store's failure shows by itself.
        invoke: { src: 'record', input: ({ context }) => context, onDone: 'compared' },
      },
      compared: { type: 'final' },
    },
    output: ({ context }) => context.rows,
  });
}

function withRow({ rows, at }: Context, change: Partial<ComparisonRow>): readonly ComparisonRow[] {
  return rows.map((row, index) => (index === at ? { ...row, ...change } : row));
}

/** Readable: an APDU reader reads the whole card; a sealed reader answers which fingers it holds. */
async function tryReader(
  parts: DeskParts,
  { rows, at, caseId, by }: Context,
  signal: AbortSignal,
  onCard: () => void,
): Promise<Result<CardKind | undefined>> {
  const reader = parts.readers.find(({ id }) => id === rows[at]?.reader);
  if (!reader) throw new Error('a row stands for a configured reader');
  if (reader.kind === 'sealed') {
    const fingers = await reader.awaitCard(signal);
    return fingers.ok ? ok(undefined) : fingers;
  }
  const there = await awaitCard(reader, signal);
  if (!there.ok) return there;
  onCard();
  const read = await readCase(parts, { reader: reader.id, caseId, by }, signal);
  return read.ok ? ok({ cardType: read.value.cardType, cardGeneration: read.value.cardGeneration }) : read;
}

/** The public status of a comparison at work, or of one that ended. */
export function comparisonStatus(
  step: ComparisonStatus['step'],
  rows: readonly ComparisonRow[],
): ComparisonStatus {
  return { at: 'comparison', step, rows };
}
